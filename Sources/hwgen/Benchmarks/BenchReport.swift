import CoSim

/// What `hwgen bench` measured.
struct BenchReport: Encodable {
    let benches: [Bench]

    /// Whether every bar is reached.
    var holds: Bool { benches.allSatisfy(\.holds) }
}

/// One figure of ours beside its reference. A ratio above 1 says that ours is better, except for a growth, which says
/// how many times as long the larger of two tasks takes.
struct Bench: Encodable {
    /// What a ratio has to be.
    enum Bar {
        case atLeast(Double)
        case atMost(Double)
    }

    let name: String
    /// Medians.
    let ours, reference, ratio: Double
    let reference_name, unit: String
    /// Smallest and largest of the repeats.
    let ours_range, reference_range, ratio_range: [Double]
    let nodes: Int?
    let at_least, at_most: Double?
    let holds: Bool

    init(
        _ name: String, ours: LoopBenchmark.Spread, reference: LoopBenchmark.Spread, _ referenceName: String,
        ratio: LoopBenchmark.Spread, unit: String, nodes: Int? = nil, bar: Bar? = nil
    ) {
        self.name = name
        self.ours = ours.median
        self.reference = reference.median
        self.ratio = ratio.median
        self.unit = unit
        self.nodes = nodes
        reference_name = referenceName
        ours_range = [ours.smallest, ours.largest]
        reference_range = [reference.smallest, reference.largest]
        ratio_range = [ratio.smallest, ratio.largest]
        switch bar {
        case .atLeast(let least): (at_least, at_most, holds) = (least, nil, ratio.median >= least)
        case .atMost(let most): (at_least, at_most, holds) = (nil, most, ratio.median <= most)
        case nil: (at_least, at_most, holds) = (nil, nil, true)
        }
    }

    /// Ours and a reference measured in turns; the ratio is formed turn by turn.
    init(
        _ name: String, ours: [Double], reference: [Double], _ referenceName: String, unit: String, nodes: Int? = nil,
        bar: Bar? = nil, ratio: (_ ours: Double, _ reference: Double) -> Double
    ) {
        self.init(
            name, ours: .init(ours), reference: .init(reference), referenceName,
            ratio: .init(zip(ours, reference).map { ratio($0, $1) }), unit: unit, nodes: nodes, bar: bar)
    }

    /// A line for a person.
    var text: String {
        let range = "\(significant(ratio_range[0])) to \(significant(ratio_range[1]))"
        let bar =
            at_least.map { ", bar: at least \(significant($0))" } ?? at_most.map { ", bar: at most \(significant($0))" }
        return "\(name.padding(to: 32)) \(significant(ours)) \(unit), \(reference_name): \(significant(reference)), "
            + "ratio \(significant(ratio)) (\(range))\(bar ?? "")\(holds ? "" : "  MISSED")"
    }
}

/// A number with three significant digits.
private func significant(_ value: Double) -> String {
    if value >= 1e5 { return "\(ProgressLine.rate(Int(value), 1) ?? "0")" }
    let digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : value >= 0.1 ? 3 : 4
    return decimal(value, digits)
}
