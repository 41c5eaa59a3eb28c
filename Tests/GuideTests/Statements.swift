import BitVectors
import HDL
import Simulation
import Testing
import Verilog

struct Decoder: Module {
    struct Ports: SignalBundle {
        let opcode = Input(3), a = Input(8), b = Input(8)
        let result = Output(8)
    }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        // guide: choose
        choose(m.opcode) { on in
            on.case(0, 1) { m.result.drive(m.a + m.b) }
            on.case("1?0") { m.result.drive(m.a & m.b) }
            on.default { m.result.drive(0) }
        }
        // end
    }
}

struct Gate: Module {
    struct Ports: SignalBundle {
        let open = Input(), hold = Input(), value = Input(8)
        let out = Output(8)
    }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        // guide: when
        let out = m.wire("out_value", 8, default: 0)
        when(m.open) { out.drive(m.value) }
            .elseWhen(m.hold) { out.drive(255) }
        m.out.drive(out)
        // end
    }
}

// guide: enum
enum Light: HardwareEnum {
    case red, green, amber
    static let encoding = EnumEncoding.oneHot
}

struct TrafficLight: Module {
    struct Ports: SignalBundle {
        let tick = Input()
        let lamps = Output(3)
    }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let light = m.stateMachine("light", reset: Light.red) { light, on in
            on.case(.red) { when(m.tick) { light.next(.green) } }
            on.case(.green) { when(m.tick) { light.next(.amber) } }
            on.case(.amber) { when(m.tick) { light.next(.red) } }
        }
        m.lamps.drive(light.bits)
    }
}
// end

// guide: codes
enum Opcode: Int, HardwareEnum {
    case load = 0b0101
    case store = 0b0110
    static let encoding = EnumEncoding.rawValues(width: 4)
}

struct AccessCheck: Module {
    struct Ports: SignalBundle {
        let opcode = EnumInput(Opcode.self)
        let isWrite = Output()
    }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) { m.isWrite.drive(m.opcode == .store) }
}
// end

@Suite("Guide: statements")
struct StatementTests {
    @Test func theFirstMatchingArmIsTaken() throws {
        let simulator = try Simulator(elaborate(Decoder()))
        simulator.set("a", 12)
        simulator.set("b", 10)
        for (opcode, result) in [(0, 22), (1, 22), (4, 8), (6, 8), (5, 0), (2, 0)] {
            simulator.set("opcode", opcode)
            simulator.settle()
            #expect(simulator.get("result").intValue == result)
        }
    }

    @Test func aLaterAssignmentWins() throws {
        let simulator = try Simulator(elaborate(Gate()))
        simulator.set("value", 7)
        for (open, hold, out) in [(0, 0, 0), (1, 0, 7), (1, 1, 7), (0, 1, 255)] {
            simulator.set("open", open)
            simulator.set("hold", hold)
            simulator.settle()
            #expect(simulator.get("out").intValue == out)
        }
    }

    @Test func aCaseHasTheCodeThatItIsWrittenWith() throws {
        let simulator = try Simulator(elaborate(AccessCheck()))
        for code in 0..<16 {
            simulator.set("opcode", code)
            #expect(simulator.get("is_write").intValue == (code == 6 ? 1 : 0))
        }
    }

    @Test func aStateMachineHasNamedStates() throws {
        let text = String(decoding: try emit(elaborate(TrafficLight())).modules[0].bytes, as: UTF8.self)
        #expect(text.contains("localparam [2:0] LIGHT_GREEN = 3'd2;"))
        #expect(text.contains("case (light)"))
        let simulator = try Simulator(elaborate(TrafficLight()))
        simulator.set("tick", 1)
        simulator.step(2)
        #expect(simulator.get("lamps").intValue == 4)
    }
}
