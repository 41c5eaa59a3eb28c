import Components
import Foundation
import HDL
import Testing

/// Law: parameters that make no sense are one line that says what was found and what is allowed.
@Suite("Parameters that make no sense")
struct ParameterFindingTests {
    @Test("modules name what they cannot be built with")
    func modules() {
        expect(StreamFIFO(width: 8, depth: 0), "a FIFO of 0 items; at least 1")
        expect(RoundRobinArbiter(count: 0, width: 8), "an arbiter of 0 inputs; at least 1")
        expect(PriorityArbiter(count: 0, width: 8), "an arbiter of 0 inputs; at least 1")
        expect(StreamDemultiplexer(count: 0, width: 8), "a demultiplexer of 0 outputs; at least 1")
        expect(WidthConverter(inputWidth: 8, outputWidth: 12), "words of 8 bits to 12; one is a multiple of the other")
        expect(Synchronizer(stages: 1), "a synchroniser of 1 flip-flops; at least 2")
        expect(ResetSynchronizer(stages: 0), "a reset synchroniser of 0 flip-flops; at least 2")
        expect(PulseSynchronizer(stages: 1), "a pulse synchroniser of 1 flip-flops; at least 2")
        for depth in [-4, 0, 1, 3, 12] {
            let message = "an asynchronous FIFO of \(depth) items; a power of two, at least 2"
            expect(AsynchronousFIFO(width: 8, depth: depth), message)
        }
        expect(
            AsynchronousFIFO(width: 8, depth: 4, stages: 1),
            "an asynchronous FIFO with synchronisers of 1 flip-flops; at least 2")
    }

    private func expect(_ module: some Module, _ message: String, line: UInt = #line) {
        let error = #expect(throws: ElaborationError.self) { try elaborate(module, "here.swift", 7) }
        let text = "here.swift:7: error: \(message) (module '\(module.moduleName)')"
        #expect(error?.description == text)
    }

    static let banks: [(RegisterBankError, String)] = [
        (.dataWidth(16), "words of 16 bits; AXI4-Lite has 32 or 64"),
        (.noRegisters(bank: "b"), "register bank 'b' has no registers; at least 1"),
        (.name("Bad"), "the name 'Bad'; allowed are small letters, digits and underscores, a letter first"),
        (.offset(register: "r", offset: 6, wordBytes: 4), "register 'r' at offset 6; allowed are 0 and multiples of 4"),
        (
            .addressWidth(3, needed: 5),
            "addresses of 3 bits; these registers need 5, and allowed are at most 64"
        ),
        (.sharedOffset(first: "r", second: "s", offset: 4), "registers 'r' and 's' are both at offset 4"),
        (.noFields(register: "r"), "register 'r' has no fields; at least 1"),
        (
            .fieldBits(register: "r", field: "f", bits: 30...32, dataWidth: 32),
            "field 'r.f' has bits 30 to 32; allowed are 0 to 31"
        ),
        (.overlap(register: "r", first: "f", second: "g"), "fields 'f' and 'g' of register 'r' share bits"),
        (
            .reset(register: "r", field: "f", value: 4, width: 2),
            "field 'r.f' is reset to 4, which does not fit in its 2 bits"
        ),
        (
            .resetOfReadOnly(register: "r", field: "f"),
            "field 'r.f' is read only and has no reset value of its own"
        ),
        (.sharedName("a_b_c"), "two signals of the bank would be named 'a_b_c'"),
        (.sharedName("r"), "two signals of the bank would be named 'r'"),
    ]

    @Test("a register bank's description is checked, each fault with its own words", arguments: banks)
    func bank(_ expected: RegisterBankError, _ text: String) {
        func field(_ name: String, _ bits: ClosedRange<Int> = 0...0) -> RegisterDescription.Field {
            .init(name, bits, "A field.")
        }
        func register(
            _ name: String, _ offset: Int, _ fields: [RegisterDescription.Field]
        ) -> RegisterDescription { .init(name, offset: offset, "A register.", fields: fields) }
        let error = #expect(throws: RegisterBankError.self) {
            let one = register("r", 0, [field("f")])
            switch expected {
            case .dataWidth: _ = try RegisterBank("b", dataWidth: 16, registers: [one])
            case .noRegisters: _ = try RegisterBank("b", registers: [])
            case .name: _ = try RegisterBank("Bad", registers: [one])
            case .offset: _ = try RegisterBank("b", registers: [register("r", 6, [field("f")])])
            case .addressWidth:
                _ = try RegisterBank("b", addressWidth: 3, registers: [one, register("s", 28, [field("f")])])
            case .sharedOffset:
                _ = try RegisterBank("b", registers: [register("r", 4, [field("f")]), register("s", 4, [field("f")])])
            case .noFields: _ = try RegisterBank("b", registers: [register("r", 0, [])])
            case .fieldBits: _ = try RegisterBank("b", registers: [register("r", 0, [field("f", 30...32)])])
            case .overlap:
                _ = try RegisterBank("b", registers: [register("r", 0, [field("f", 0...4), field("g", 4...5)])])
            case .reset:
                _ = try RegisterBank("b", registers: [register("r", 0, [.init("f", 0...1, "A field.", reset: 4)])])
            case .resetOfReadOnly:
                let flawed = RegisterDescription.Field("f", 0, "A field.", access: .readOnly, reset: 1)
                _ = try RegisterBank("b", registers: [register("r", 0, [flawed])])
            case .sharedName("r"):
                _ = try RegisterBank("b", registers: [one, register("r", 4, [field("g")])])
            case .sharedName:
                let pair = [register("a_b", 0, [field("c")]), register("a", 4, [field("b_c")])]
                _ = try RegisterBank("b", registers: pair)
            }
        }
        #expect(error == expected)
        #expect(error?.description == text)
    }

    @Test("a field that is not there is named with those that are, and is the only finding")
    func unknownField() throws {
        struct Reader: Module {
            static let line: UInt = #line
            let bank: RegisterBank
            struct Ports: SignalBundle {
                let axi = Flipped(AXI4Lite(addressWidth: 6))
                let out = Output()
            }
            func ports() -> Ports { Ports() }
            func build(_ m: Builder<Ports>) {
                let bank = m.instance("bank", bank)
                bank.axi.connect(to: m.axi)
                m.out.drive(bank.value("control", "enabled"))
                bank.source("status", "buzy").drive(0)
                bank.source("status", "count").drive(0)
                bank.set("status", "events").drive(0)
                bank.source("nothing", "like_it").drive(1)
            }
        }
        let bank = try exampleBank()
        #expect(bank.addressWidth == 6)
        let outputs =
            "'control_enable', 'control_mode', 'control_level', 'status_events', 'command_code', 'command_code_written',"
            + " 'word_value'"
        let inputs = "'status_busy', 'status_count', 'status_events_set'"
        let texts = [
            (10, "output 'control_enabled'; there are: \(outputs)"), (11, "input 'status_buzy'; there are: \(inputs)"),
            (14, "input 'nothing_like_it'; there are: \(inputs)"),
        ]
        do {
            _ = try elaborate(Reader(bank: bank))
            Issue.record("elaborated without a finding")
        } catch {
            let expected = texts.map {
                "\(#fileID):\(Reader.line + UInt($0.0)): error: register bank 'example' has no \($0.1) (module"
            }
            let found = error.description.split(separator: "\n").map { $0.components(separatedBy: " 'reader")[0] }
            #expect(found == expected)
        }
    }
}
