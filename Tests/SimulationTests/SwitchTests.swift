import BitVectors
import HDL
import Simulation
import Testing

/// Law: the first arm that matches is taken; what no arm names takes the default, and without one the last arm.
@Suite("Switches")
struct SwitchTests {
    enum Colour: HardwareEnum {
        case red
        case green
        case blue
    }
    struct Ports: SignalBundle {
        let code = Input(2)
        let number = Output(4)
    }

    @Test("a code that is no case's takes the last arm, or the default")
    func uncovered() throws {
        let withoutDefault = try Simulator({ Ports() }) { m in
            m.number.drive(0)
            choose(EnumSignal(m.code, Colour.self)) { on in
                on.case(.blue) { m.number.drive(1) }
                on.case(.red) { m.number.drive(2) }
                on.case(.green) { m.number.drive(3) }
            }
        }
        let withDefault = try Simulator({ Ports() }) { m in
            m.number.drive(0)
            choose(EnumSignal(m.code, Colour.self)) { on in
                on.case(.blue) { m.number.drive(1) }
                on.default { m.number.drive(9) }
            }
        }
        let results = (0..<4).map { code -> [Int?] in
            withoutDefault.set("code", code)
            withDefault.set("code", code)
            return [withoutDefault.int("number"), withDefault.int("number")]
        }
        #expect(results == [[2, 9], [3, 9], [1, 1], [3, 9]])
    }

    struct WidePorts: SignalBundle {
        let code = Input(70)
        let number = Output(4)
    }

    @Test("patterns of wide subjects match bit by bit, the first one winning")
    func wide() throws {
        let simulator = try Simulator({ WidePorts() }) { m in
            m.number.drive(0)
            choose(m.code) { on in
                on.case("1" + String(repeating: "?", count: 68) + "1") { m.number.drive(1) }
                on.case(5, 7) { m.number.drive(2) }
                on.case("1" + String(repeating: "?", count: 69)) { m.number.drive(3) }
                on.default { m.number.drive(4) }
            }
        }
        let top = BitVector(1, width: 70) << 69
        for (value, arm) in [(top | BitVector(1, width: 70), 1), (BitVector(5, width: 70), 2), (top, 3), (top >> 1, 4)]
        {
            simulator.set("code", value)
            #expect(simulator.int("number") == arm)
        }
    }
}
