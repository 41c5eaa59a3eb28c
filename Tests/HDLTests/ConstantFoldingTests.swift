import BitVectors
import Testing

@testable import HDL

/// The design that a module is before and after the phases that change circuits.
func designBeforePasses(of module: some Module) -> Design {
    let builder = DesignBuilder()
    _ = builder.definition(of: module, SourceLocation("Design.swift", 7))
    for phase in Phase.all {
        phase.run(builder)
        if phase.name == "unused" { break }
    }
    return Design(circuits: builder.circuits, warnings: [], nodeCount: 0)
}

/// Law: no output and no check changes in any cycle; what decides itself by constants is gone; names stay.
@Suite("Constant folding")
struct ConstantFoldingTests {
    struct Ports: SignalBundle { let a = Input(8), c = Input(), out = Output(8) }

    private func circuit(_ body: @escaping @Sendable (Builder<Ports>) -> Void) throws -> Circuit {
        try elaborate(Snippet("snippet", Ports.init, body)).top
    }

    @Test("random circuits compute the same before and after, with random inputs", arguments: [1, 2, 3, 4])
    func meaning(part: UInt64) throws {
        var folded = 0
        for seed in part * 100..<part * 100 + 60 {
            let before = designBeforePasses(of: FoldingCircuit(seed: seed))
            let after = try elaborate(FoldingCircuit(seed: seed), "Design.swift", 7)
            var random = SplitMix(state: seed ^ 0xF01D)
            let evaluators = [Evaluator(before.top, of: before), Evaluator(after.top, of: after)]
            for cycle in 0..<12 {
                let inputs = before.top.ports.filter(\.isInput).map {
                    BitVector(words: [random.next() & random.next()], width: $0.width)
                }
                for evaluator in evaluators { evaluator.set(inputs) }
                #expect(evaluators[0].outputs() == evaluators[1].outputs(), "seed \(seed), cycle \(cycle)")
                #expect(
                    evaluators[0].value(ofCheck: 0) == evaluators[1].value(ofCheck: 0), "seed \(seed), cycle \(cycle)")
                for evaluator in evaluators { evaluator.clockEdge(reset: cycle == 6) }
            }
            let constants = [before, after].map { $0.top.nodes.count { $0.operation == .constant } }
            folded += constants[1] - constants[0]
            // What is left has no operation on constants alone.
            for node in after.top.nodes where !node.operation.isSource && node.operation != .memoryRead {
                var hasVariable = false
                after.top.forEachOperand(of: node) {
                    if after.top.nodes[Int($0)].operation != .constant { hasVariable = true }
                }
                #expect(hasVariable, "seed \(seed): \(node.operation)")
            }
        }
        #expect(folded > 300, "\(folded)")
    }

    @Test("a named constant stays a named signal, and a named choice an alias")
    func names() throws {
        let text = try text(Ports.init) { m in
            let limit = (m.constant(3, 8) + 4).named("limit")
            let chosen = mux(m.constant(1, 1), m.a, m.a + 1).named("chosen")
            m.out.drive((chosen + limit) ^ m.c.replicated(8))
        }
        #expect(text.contains("wire [7:0] limit = 8'd7;"))
        #expect(text.contains("wire [7:0] chosen = a;"))
        #expect(text.contains("assign out = (chosen + limit) ^ {8{c}};"))
    }

    @Test("arms on constants: the one that is taken stands alone")
    func arms() throws {
        let circuit = try circuit { m in
            let r = m.register("r", 8)
            let zero = m.constant(0, 1)
            when(zero) { r.next(1) }.elseWhen(m.c) { r.next(2) }.elseWhen(~zero) { r.next(3) }.otherwise { r.next(4) }
            choose(m.constant(2, 2)) { on in
                on.case(0, 1) { m.out.drive(m.a) }
                on.case("1?") { m.out.drive(r) }
            }
            when(zero) { when(m.c) { r.next(m.a) } }
        }
        #expect(circuit.statements.count == 2)
        guard case .when(let index)? = circuit.statements.first else {
            Issue.record("\(circuit.statements)")
            return
        }
        let arms = circuit.whenChains[index].arms
        #expect(arms.map { $0.condition == nil } == [false, true])
        guard case .assign(_, let value, _)? = arms.last?.body.first else {
            Issue.record("\(arms)")
            return
        }
        #expect(circuit.value(ofConstant: value) == BitVector(3, width: 8))
    }

    @Test("a wire that is plainly driven by a constant decides, and stays where it is read")
    func constantWire() throws {
        let text = try text(Ports.init) { m in
            let offset = m.wire("offset", 8)
            offset.drive(3)
            m.out.drive(mux(offset == 3, m.a + offset, m.a) ^ m.c.replicated(8))
        }
        #expect(text.contains("assign offset = 8'd3;"))
        #expect(text.contains("assign out = (a + offset) ^ {8{c}};"))
    }

    @Test("a register and a memory whose assignments are never reached keep their first value")
    func neverAssigned() throws {
        let module = Snippet("snippet", Ports.init) { m in
            let off = m.constant(0, 1)
            let r = m.register("r", 8, reset: nil, powerUp: 9)
            let store = m.memory("store", depth: 2, width: 8, contents: [.ones(8)])
            when(off) {
                r.next(m.a)
                store.write(m.a[0], m.a)
            }
            m.out.drive(r ^ store.read(m.c))
        }
        let circuit = try elaborate(module).top
        #expect(circuit.statements.count == 1)
        let text = try verilog(of: module)["snippet.v"] ?? ""
        #expect(text.contains("r = 8'd9;"))
    }
}
