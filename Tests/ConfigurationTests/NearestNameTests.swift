import TestSupport
import Testing

@testable import Configuration

/// The distance by its recursive definition: exponential, so for short words only.
private func distanceByDefinition(_ first: ArraySlice<Character>, _ second: ArraySlice<Character>) -> Int {
    guard let last = first.last, let other = second.last else { return first.count + second.count }
    let (shorter, otherShorter) = (first.dropLast(), second.dropLast())
    var options = [
        distanceByDefinition(shorter, second) + 1,
        distanceByDefinition(first, otherShorter) + 1,
        distanceByDefinition(shorter, otherShorter) + (last == other ? 0 : 1),
    ]
    if let before = shorter.last, let otherBefore = otherShorter.last, last == otherBefore, before == other {
        options.append(distanceByDefinition(shorter.dropLast(), otherShorter.dropLast()) + 1)
    }
    return options.min() ?? 0
}

@Suite struct EditDistanceTests {
    @Test("the distance is that of its recursive definition, and symmetric", arguments: [21, 22] as [UInt64])
    func definition(seed: UInt64) {
        var cases = SeededCases(seed: seed)
        func word() -> String {
            String((0..<Int.random(in: 0...5, using: &cases)).compactMap { _ in "abc".randomElement(using: &cases) })
        }
        for _ in 0..<150 {
            let (first, second) = (word(), word())
            let expected = distanceByDefinition(Array(first)[...], Array(second)[...])
            #expect(editDistance(first, second) == expected, "seed \(seed), '\(first)' '\(second)'")
            #expect(editDistance(second, first) == expected, "seed \(seed), '\(first)' '\(second)'")
        }
    }

    @Test("one slip of the finger counts once")
    func slips() {
        #expect(editDistance("demo", "demo") == 0)
        #expect(editDistance("dmeo", "demo") == 1)
        #expect(editDistance("dmo", "demo") == 1)
        #expect(editDistance("ddemo", "demo") == 1)
        #expect(editDistance("dem0", "demo") == 1)
    }

    @Test("only a near name, or the only one that begins so, is suggested")
    func nearest() {
        let names = ["--images", "--upset-rate", "--json", "--seed"]
        #expect(nearestName(to: "--imges", among: names) == "--images")
        #expect(nearestName(to: "--JSON", among: names) == "--json")
        #expect(nearestName(to: "--up", among: names) == "--upset-rate")
        #expect(nearestName(to: "--u", among: names) == nil)
        #expect(nearestName(to: "-x", among: ["-y"]) == nil)
        #expect(nearestName(to: "--output", among: names) == nil)
        #expect(nearestName(to: "", among: names) == nil)
        #expect(nearestName(to: "sub", among: ["sub-array", "sub-bank"]) == nil)
        #expect(nearestName(to: String(repeating: "a", count: 100_000), among: names) == nil)
    }
}
