import BitVectors
import HDL
import Simulation
import Testing
import Verilog

private enum Kind: Int, HardwareEnum {
    case load = 0b0101
    case store = 0b0110
    case none = 0
    static let encoding = EnumEncoding.rawValues()
}

private struct Decoder: Module {
    struct Ports: SignalBundle {
        let kind = EnumInput(Kind.self)
        let valid = Input()
        let seen = EnumOutput(Kind.self)
        let isAccess = Output()
    }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        let seen = m.register("seen", Kind.self, reset: .none)
        when(m.valid) { seen.next(m.kind) }
        m.seen.drive(seen)
        m.isAccess.drive(m.kind.isOne(of: .load, .store))
    }
}

/// Law: a port of an enum is a signal of the enum inside and outside, and a case's code is the one that it is written with.
@Suite("Ports of enums")
struct EnumPortTests {
    @Test("codes are the raw values, in as few bits as the largest needs or as said")
    func codes() {
        #expect(Kind.width == 3)
        #expect([Kind.load, .store, .none].map { $0.code.intValue } == [5, 6, 0])
        enum Wide: Int, HardwareEnum {
            case one = 1, nine = 9
            static let encoding = EnumEncoding.rawValues(width: 8)
        }
        #expect(Wide.width == 8)
        #expect(Wide.nine.code == BitVector(9, width: 8))
        enum Single: UInt8, HardwareEnum {
            case only = 0
            static let encoding = EnumEncoding.rawValues()
        }
        #expect(Single.width == 1)
    }

    @Test("the ports of a module and of its instance are signals of the enum; the text has the names")
    func ports() throws {
        struct Outside: SignalBundle { let next = Input(), out = Output(), code = Output(3) }
        let design = try elaborate(
            Snippet("snippet", Outside.init) { m in
                let decoder = m.instance("decoder", Decoder())
                decoder.valid.drive(1)
                when(m.next) { decoder.kind.drive(.store) }.otherwise { decoder.kind.drive(.none) }
                m.out.drive(decoder.isAccess & (decoder.seen == .store))
                m.code.drive(decoder.seen.bits)
            })
        let simulator = try Simulator(design)
        simulator.step()
        #expect(simulator.get("code") == BitVector(0, width: 3))
        simulator.set("next", 1)
        simulator.step()
        #expect(simulator.get("code") == BitVector(6, width: 3))
        #expect(simulator.get("out") == BitVector(1, width: 1))
        let emission = try emit(design)
        let text = emission.modules.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        #expect(text.contains("localparam [2:0] KIND_STORE = 3'd6;"))
        #expect(text.contains("input wire [2:0] kind"))
        let typed = emission.names.filter { $0.enumeration?.name == "Kind" }.map { "\($0.module).\($0.signal)" }
        #expect(
            Set(typed).isSuperset(of: ["decoder.kind", "decoder.seen", "snippet.decoder_kind", "snippet.decoder_seen"]))
    }

    @Test("a field of an enum in a word, as wires and as registers that begin with the first case")
    func fields() throws {
        struct Word: SignalBundle { let kind = EnumField(Kind.self), count = Field(5) }
        struct Outside: SignalBundle { let word = Input(8), isLoad = Output(), kept = Output(8) }
        let simulator = try Simulator(
            elaborate(
                Snippet("snippet", Outside.init) { m in
                    let word = m.word.cast(to: Word())
                    m.isLoad.drive(word.kind == .load)
                    let kept = m.registers("kept_word", Word())
                    kept.next(word)
                    m.kept.drive(kept.asBits)
                }))
        #expect(simulator.get("kept") == BitVector(5 << 5, width: 8))
        for kind in 0..<8 {
            simulator.set("word", kind << 5 | 9)
            #expect(simulator.get("is_load") == BitVector(kind == 5 ? 1 : 0, width: 1))
            simulator.step()
            #expect(simulator.get("kept").intValue == kind << 5 | 9)
        }
    }

    private enum Negative: Int, HardwareEnum {
        case good = 0, bad = -1
        static let encoding = EnumEncoding.rawValues()
    }
    private enum Large: Int, HardwareEnum {
        case good = 0, bad = 17
        static let encoding = EnumEncoding.rawValues(width: 4)
    }
    private enum Text: String, HardwareEnum {
        case good, bad
        static let encoding = EnumEncoding.rawValues()
    }

    static let faults: [FindingCase] = [
        FindingCase("case 'bad' of 'Negative' has code -1; codes are 0 or more") { m in
            _ = m.wire("w", Negative.self, default: .good)
        },
        FindingCase("case 'bad' of 'Large' has code 17, which does not fit in 4 bits") { m in
            _ = m.register("r", Large.self, reset: .good)
        },
        FindingCase("'Text' is coded by raw values, which are no integers") { m in
            _ = EnumSignal(m.c ^ 1, Text.self).named("w")
        },
    ]

    @Test("codes that are none", arguments: faults)
    func codesFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}
