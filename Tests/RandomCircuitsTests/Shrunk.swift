// swift-format-ignore-file
import BitVectors
import HDL

struct Shrunk: Module {
    struct Ports: SignalBundle {
        let other = ClockPort(Clocking(edge: .falling, reset: .synchronous(.low)))
        let input: [Input] = [Input(9), Input(3, "other")]
        let output: [Output] = [Output(8, "other"), Output(8, "other"), Output(3, "other"), Output(9), Output(3, "other"), Output(8), Output(5, "other"), Output(70)]
    }
    var moduleName: String { "random_printed" }
    var clocking: Clocking { Clocking(edge: .rising, reset: .asynchronous(.high)) }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let other = m.clocked(by: m.other)
        let s2 = m.register("register_2", 4, reset: 1)
        let s3 = other.register("register_3", 2, reset: nil, powerUp: 1)
        let s4 = (m.input[0] + s2.signExtended(to: 9)).named("value_4")
        let s5 = (s4.replicated(8).truncated(to: 70).signed >> s2).bits
        let s6 = select(s3, [m.input[1].zeroExtended(to: 5), m.constant(19, 5)])
        let s7 = m.memory("memory_7", depth: 5, width: 8, contents: [BitVector(words: [0x4d], width: 8)])
        let s8 = s7.read(m.input[0][2..<5])
        let s9 = s7.readSynchronous("read_9", s4[0..<3], enable: m.input[0][8..<9], underWrite: .new)
        let leaf10 = m.instance(
            "leaf_10",
            Leaf(width: 8, clocking: Clocking(edge: .rising, reset: .asynchronous(.high)), moduleName: "leaf_8_3"))
        leaf10.enable.drive(m.input[0][0..<1])
        leaf10.value.drive(s8)
        let (s10, s11) = (leaf10.total, leaf10.mixed)
        let s12 = m.wire("wire_12", 6, default: 1)
        when(m.input[0][0..<1]) {
            s12.drive(s11[0..<6])
        }.elseWhen(s4[0..<1]) {
            s12[2..<5].drive(s9[0..<3])
        }.otherwise {
            s12[0..<1].drive(m.constant(1, 1))
        }
        choose(m.input[0][0..<3]) { on in
            on.case("1?0", "011") {
                s7.write(m.constant(1, 3), s5[0..<8], mask: s4[0..<2])
            }
            on.default {
                s2.next(s12[0..<4])
            }
        }
        s3.next(s6[1..<3])
        let s19 = (min(m.input[0], concatenate([s2, m.constant(0, 5)]))).named("value_19")
        let s20 = m.input[1].rotatedLeft(by: s3)
        let s21 = saturatingAdd(s19.signed, s4.signed).bits
        let s24 = other.crossingRegister("crossing_24", 9, reset: 1)
        s24.next(m.input[0])
        let s25 = s7.clocked(by: other.domain).crossingRead(m.input[1])
        let s26 = s7.clocked(by: other.domain).readSynchronous("read_26", m.input[1], enable: s24[0..<1])
        let s27 = m.memory("memory_27", depth: 4, width: 3, contents: [])
        s27.clocked(by: other.domain).write(s3, m.input[1])
        let s29 = s27.clocked(by: other.domain).readSynchronous("read_29", m.input[1][0..<2], enable: m.constant(1, 1), underWrite: .new)
        m.output[0].drive(s25)
        m.output[1].drive(s26)
        m.output[2].drive(s29)
        m.output[3].drive(s21)
        m.output[4].drive(s20)
        m.output[5].drive(s10)
        m.output[6].drive(s6)
        m.output[7].drive(s5)
        m.assert("check_18", s12[0..<1])
    }
}

struct Leaf: Module {
    struct Ports: SignalBundle {
        let enable = Input()
        let value: Input
        let total: Output
        let mixed: Output
    }
    let width: Int
    let clocking: Clocking
    let moduleName: String

    func ports() -> Ports { Ports(value: Input(width), total: Output(width), mixed: Output(width)) }

    func build(_ m: Builder<Ports>) {
        let total = m.register("total", width, reset: 1)
        when(m.enable) { total.next(total + m.value) }
        m.total.drive(total)
        m.mixed.drive(total ^ m.value)
    }
}
