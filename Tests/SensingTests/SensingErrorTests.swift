import Foundation
import Testing

@testable import Sensing

@Suite struct SensingErrorTests {
    private let amplifier = PrechargeSenseAmplifier(.ptm45)
    private let still = SenseSpread(sigmaThresholdVolts: 0)

    private func expectError(_ text: String, _ body: () throws -> Void, location: SourceLocation = #_sourceLocation) {
        do {
            try body()
            Issue.record("no error, expected: \(text)", sourceLocation: location)
        } catch {
            #expect("\(error)" == text, sourceLocation: location)
        }
    }

    @Test("a sense outside the domain is refused with the range that was checked")
    func domain() {
        expectError(
            "resistance of the faster branch in ohm is 1000.0; amplifier 'ptm45-pcsa' was checked from 2000.0 to 15000.0"
        ) { _ = try amplifier.delaySeconds(SenseBranches(1000, 2000)) }
        expectError("resistance ratio is 8.0; amplifier 'ptm45-pcsa' was checked from 1.02 to 4.0") {
            _ = try amplifier.evaluationJoules(SenseBranches(16000, 2000))
        }
        expectError("resistance ratio is 1.0; amplifier 'ptm45-pcsa' was checked from 1.02 to 4.0") {
            _ = try amplifier.read(SenseBranches(6000, 6000))
        }
        expectError("sigma of the threshold in volt is 0.1; amplifier 'ptm45-pcsa' was checked from 0.0 to 0.06") {
            _ = try amplifier.errorProbability(
                SenseBranches(6000, 9000), spread: SenseSpread(sigmaThresholdVolts: 0.1))
        }
        expectError("sigma of ln R is 0.5; amplifier 'ptm45-pcsa' was checked from 0.0 to 0.2") {
            _ = try DelayDistribution(amplifier, SenseBranches(6000, 9000, sigma: 0.5), spread: still)
        }
        expectError("left resistance in ohm is nan; needed is a finite number above 0") {
            _ = try amplifier.delaySeconds(SenseBranches(.nan, 6000))
        }
        expectError("right resistance in ohm is inf; needed is a finite number above 0") {
            _ = try amplifier.staticDecisions(
                SenseBranches(6000, .infinity), die: AmplifierDie(seed: 1), amplifiers: 1, spread: still)
        }
        expectError("sigma of the threshold in volt is -0.01; amplifier 'ptm45-pcsa' was checked from 0.0 to 0.06") {
            _ = try amplifier.staticDecisions(
                SenseBranches(6000, 9000), die: AmplifierDie(seed: 1), amplifiers: 1,
                spread: SenseSpread(sigmaThresholdVolts: -0.01))
        }
    }

    @Test("the ends of the domain are inside")
    func ends() throws {
        for technology in AmplifierTechnology.builtIn {
            let domain = technology.domain
            for low in [domain.lowOhms.lowerBound, domain.lowOhms.upperBound] {
                for ratio in [domain.ratio.lowerBound, domain.ratio.upperBound] {
                    #expect(try PrechargeSenseAmplifier(technology).delaySeconds(SenseBranches(low * ratio, low)) > 0)
                }
            }
        }
    }

    @Test("cells, tables and times that make no sense are refused")
    func input() throws {
        expectError("low resistance in ohm is -1.0; needed is a finite number above 0") {
            _ = try SenseCells(lowOhms: -1, highOhms: 2)
        }
        expectError("high resistance in ohm is 2.0; allowed is 3.0 to 1.7976931348623157e+308") {
            _ = try amplifier.rows([(3, 2)])
        }
        expectError("access resistance in ohm is -5.0; allowed is 0.0 to 1.7976931348623157e+308") {
            _ = try SenseCells(lowOhms: 1, highOhms: 2, accessOhms: -5)
        }
        expectError("sigma of ln R is 2.0; allowed is 0.0 to 1.0") {
            _ = try SenseCells(lowOhms: 1, highOhms: 2, sigmaLogResistance: 2)
        }
        expectError("residue of the pre-charge is 0.0001; allowed is 0.001 to 0.5") {
            _ = try amplifier.prechargeSeconds(residue: 1e-4)
        }
        let branches = SenseBranches(6000, 12000)
        expectError("quantile of the delay is 1.0; allowed is 1e-12 to 0.999999999999") {
            _ = try DelayDistribution(amplifier, branches, spread: still).delaySeconds(quantile: 1)
        }
        expectError("residue of the pre-charge in volt is -1.0; allowed is 0.0 to 1.0") {
            _ = try DelayDistribution(amplifier, branches, spread: still, residueVolts: -1)
        }
        expectError("time to the latch in second is 0.0; needed is a finite number above 0") {
            _ = try AmplifierRow(
                amplifier, branches, die: AmplifierDie(seed: 1), amplifiers: 1, spread: still, mode: .combined,
                limitSeconds: 0)
        }
        expectError("number of amplifiers is -1.0; allowed is 0.0 to 4294967296.0") {
            _ = try amplifier.staticDecisions(branches, die: AmplifierDie(seed: 1), amplifiers: -1, spread: still)
        }
        expectError("number of amplifiers is -1.0; allowed is 0.0 to 4294967296.0") {
            _ = try AmplifierRow(
                amplifier, branches, die: AmplifierDie(seed: 1), amplifiers: -1, spread: still, mode: .dynamic)
        }
        expectError("set-up time in second is -1.0; allowed is 0.0 to 1.0") {
            _ = try SenseTiming(amplifier, branches, spread: still, setupSeconds: -1)
        }
        let timing = try SenseTiming(amplifier, branches, spread: still)
        expectError("a clock period of 1e-18 s needs more than 4096 cycles in one phase of a sense") {
            _ = try timing.cycles(clockSeconds: 1e-18, quantile: 0.9)
        }
        expectError("clock period in second is 0.0; needed is a finite number above 0") {
            _ = try timing.cycles(clockSeconds: 0, quantile: 0.9)
        }
        expectError("cycles of evaluation is 0.0; needed is a finite number above 0") {
            _ = try timing.upsetProbability(.init(precharge: 1, evaluate: 0, latch: 1), clockSeconds: 1e-9)
        }
    }

    @Test("an unknown amplifier is answered with the known ones")
    func names() throws {
        expectError("there is no amplifier 'x'; known are ptm45-pcsa, sky130-pcsa") {
            _ = try AmplifierTechnology.named("x")
        }
        #expect(try AmplifierTechnology.named("sky130-pcsa") == .sky130)
    }

    @Test("a technology goes through its numbers and back, and each missing, stray or senseless one is named")
    func numbers() throws {
        for technology in AmplifierTechnology.builtIn {
            let numbers = Dictionary(
                uniqueKeysWithValues: AmplifierTechnology.parameters.map { ($0.name, technology[$0]) })
            func read(_ change: (inout [String: Double]) -> Void) throws -> AmplifierTechnology {
                var changed = numbers
                change(&changed)
                return try AmplifierTechnology(name: technology.name, source: technology.source, numbers: changed)
            }
            #expect(try read { _ in } == technology)
            for parameter in AmplifierTechnology.parameters {
                expectError("parameter '\(parameter.name)' of the amplifier is missing") {
                    _ = try read { $0[parameter.name] = nil }
                }
            }
            expectError("an amplifier has no parameter 'supply'") { _ = try read { $0["supply"] = 1 } }
            expectError("supply_v is 0.0; needed is a finite number above 0") { _ = try read { $0["supply_v"] = 0 } }
            expectError("ratio_maximum is 1.0; allowed is 1.02 to 1.7976931348623157e+308") {
                _ = try read { $0["ratio_maximum"] = 1 }
            }
            expectError("noise_v is nan; allowed is -1.7976931348623157e+308 to 1.7976931348623157e+308") {
                _ = try read { $0["noise_v"] = .nan }
            }
        }
    }

    @Test("as TOML a technology is its name, its source and one number a line")
    func toml() {
        var technology = AmplifierTechnology.ptm45
        technology.name = "a \"b\" \\ \n"
        let lines = technology.toml.split(separator: "\n").map(String.init)
        #expect(lines.count == 2 + AmplifierTechnology.parameters.count)
        #expect(lines[0] == #"name = "a \"b\" \\ \u000a""#)
        #expect(lines[2] == "supply_v = 1.0" && lines.last == "noise_v = 0.0028")
    }

    @Test("a fit needs more points than coefficients")
    func fit() {
        expectError("found 5 points to fit 5 coefficients; needed are at least 6") {
            var delay = AmplifierTechnology.ptm45.delay
            _ = try delay.fit((1...5).map { SensePoint(lowOhms: Double($0), highOhms: 9, value: 1) })
        }
    }
}
