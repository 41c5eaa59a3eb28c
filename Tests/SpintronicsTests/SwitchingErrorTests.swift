import Spintronics
import Testing

/// Law: a question that makes no sense, or that a method cannot answer, gets one line; one beside it is answered.
struct SwitchingErrorTests {
    private let junction = Junction(layer: .reference(), polarization: 0.6)

    private enum Method: CaseIterable { case equation, monteCarlo, closedForm }

    private func complaint(
        _ method: Method, overdrive: Double = 2, _ pulses: PulseTrain, change: (inout Junction) -> Void = { _ in }
    ) -> String? {
        var junction = junction
        change(&junction)
        do {
            switch method {
            case .equation: _ = try junction.fokkerPlanckSwitching(overdrives: [overdrive], pulses: pulses)
            case .monteCarlo:
                _ = try junction.monteCarloSwitching(
                    overdrives: [overdrive], pulses: pulses, torque: .throughJunction(assist: 0), TrialPlan(trials: 64))
            case .closedForm: _ = try junction.closedFormSwitching(overdrives: [overdrive], pulses: pulses)
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    private let pulse = PulseTrain(widthsSeconds: [1e-9])

    @Test func everyMethodChecksTheSameNumbers() {
        for method in Method.allCases {
            #expect(complaint(method, pulse) == nil)
            for (overdrive, found) in [(-1, "-1.0"), (1001, "1001.0"), (.nan, "nan")] as [(Double, String)] {
                #expect(
                    complaint(method, overdrive: overdrive, pulse) == "overdrive: found \(found), allowed 0 to 1000")
            }
            var train = pulse
            train.riseSeconds = -1e-9
            #expect(complaint(method, train) == "rise: found -1e-09, allowed 0 s or more")
            train = pulse
            train.fallSeconds = .infinity
            #expect(complaint(method, train) == "fall: found inf, allowed 0 s or more")
            train = pulse
            train.widthsSeconds = [1e-9, -1e-9]
            #expect(complaint(method, train) == "pulse: found -1e-09, allowed 0 s or more")
            train = pulse
            (train.riseSeconds, train.fallSeconds) = (2e-9, 2e-9)
            #expect(
                complaint(method, train)
                    == "pulse: found 1e-09, allowed half of rise and fall together, 2e-09 s, or more")
            train = pulse
            train.criterion = .relaxed(seconds: -1)
            #expect(complaint(method, train) == "relaxation: found -1.0, allowed 0 s or more")
        }
    }

    @Test func closedFormTakesPlainPulsesAlone() {
        var train = pulse
        train.riseSeconds = 1e-10
        #expect(complaint(.closedForm, train) == "closed form: rise: found 1e-10, allowed 0")
        train = pulse
        train.fallSeconds = 1e-10
        #expect(complaint(.closedForm, train) == "closed form: fall: found 1e-10, allowed 0")
        train = pulse
        train.criterion = .relaxed(seconds: 1e-9)
        #expect(complaint(.closedForm, train) == "closed form: relaxation: found 1e-09, allowed 0")
        #expect(
            complaint(.closedForm, pulse) { $0.asymmetry = 1.5 }
                == "closed form: slonczewski_lambda: found 1.5, allowed 1")
        #expect(
            complaint(.monteCarlo, pulse) { $0.asymmetry = 1.5 }
                == "method llg: slonczewski_lambda: found 1.5, allowed 1")
        #expect(complaint(.equation, pulse) { $0.asymmetry = 1.5 } == nil)
    }

    @Test func fieldAcrossTheAxisIsForMonteCarloAlone() {
        for method in Method.allCases {
            let found = complaint(method, pulse) {
                $0.strip = HeavyMetalStrip(fieldLikeRatio: 0, inPlaneFieldOverAnisotropy: 0.1)
            }
            #expect(
                found
                    == (method == .monteCarlo
                        ? nil
                        : "methods fp and closed: in_plane_field_over_hk: found 0.1, allowed 0; method 'llg' takes any")
            )
        }
    }

    @Test func methodThatDoesNotHoldIsNamed() {
        #expect(
            DeviceError.method(.closedForm, device: "mine", kind: .sot).description
                == "device 'mine': found method 'closed', allowed 'llg' for devices of kind 'sot', which are not symmetric "
                + "about their axis")
    }

    @Test func pulseOfAStringThatItsEdgesDoNotFit() throws {
        var string = NandSpinString(
            dynamics: MacrospinDynamics(layer: .reference()), junctions: 1, erase: Pulse(widthSeconds: 1e-9),
            eraseDrive: .none, settleSeconds: 0, program: Pulse(widthSeconds: 1e-9, riseSeconds: 3e-9),
            programOverdrive: 1)
        let message = "pulse of 1e-09 s has edges of 3e-09 s and 0.0 s; allowed is half their sum up to the width"
        // An erased bit needs no programming pulse.
        _ = try string.schedule(of: 0, storing: [false])
        do {
            _ = try string.schedule(of: 0, storing: [true])
            Issue.record("a pulse shorter than its edges is scheduled")
        } catch {
            #expect(error.description == message)
        }
        (string.erase, string.program) = (string.program, string.erase)
        do {
            _ = try string.schedule(of: 0, storing: [false])
            Issue.record("an erasing pulse shorter than its edges is scheduled")
        } catch {
            #expect(error.description == message)
        }
    }
}
