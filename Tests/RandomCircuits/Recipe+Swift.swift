import BitVectors
import HDL

extension Recipe {
    /// The circuit as Swift source that compiles: a module of its own, and the leaf that it instances, if any.
    public var swift: String {
        var printer = RecipePrinter(self)
        return printer.text()
    }
}

private struct RecipePrinter {
    let recipe: Recipe
    let widths: [Int: Int]
    private var lines: [String] = []
    private var depth = 2
    private var inputs: [Int: Int] = [:]
    private var memories: [Int: (depth: Int, lanes: Int, width: Int, domain: Int)] = [:]
    private var domain = 0

    init(_ recipe: Recipe) {
        self.recipe = recipe
        widths = recipe.signalWidths
    }

    mutating func text() -> String {
        let hasOther = recipe.clockings.count > 1
        var header = [
            "import BitVectors", "import HDL", "", "struct Shrunk: Module {", "    struct Ports: SignalBundle {",
        ]
        if hasOther { header.append("        let other = ClockPort(\(clocking(1)))") }
        var ports = (input: [String](), output: [String]())
        for step in recipe.steps {
            let domain = step.domain == 0 ? "" : ", \"other\""
            switch step.kind {
            case .input(let width):
                inputs[step.id] = ports.input.count
                ports.input.append("Input(\(width)\(domain))")
            case .output(_, let width): ports.output.append("Output(\(width)\(domain))")
            default: break
            }
        }
        header.append("        let input: [Input] = [\(ports.input.joined(separator: ", "))]")
        header.append("        let output: [Output] = [\(ports.output.joined(separator: ", "))]")
        header += ["    }", "    var moduleName: String { \"\(recipe.name)\" }"]
        header += ["    var clocking: Clocking { \(clocking(0)) }", "    func ports() -> Ports { Ports() }", ""]
        header.append("    func build(_ m: Builder<Ports>) {")
        if hasOther { header.append("        let other = m.clocked(by: m.other)") }
        var outputCount = 0
        for step in recipe.steps { add(step, &outputCount) }
        let isLeafUsed = recipe.steps.contains { if case .instance = $0.kind { true } else { false } }
        return (header + lines + ["    }", "}"] + (isLeafUsed ? ["", leaf] : []) + [""]).joined(separator: "\n")
    }

    private func clocking(_ domain: Int) -> String {
        let one = recipe.clocking(domain)
        let level = one.resetLevel.map { $0 == .high ? "(.high)" : "(.low)" } ?? ""
        let reset = one.reset == .none ? ".none" : one.isAsynchronous ? ".asynchronous" : ".synchronous"
        return "Clocking(edge: .\(one.edge), reset: \(one.reset == .none ? "Clocking.Reset.none" : reset + level))"
    }

    private mutating func line(_ text: String) { lines.append(String(repeating: "    ", count: depth) + text) }

    private func name(_ id: Int) -> String { inputs[id].map { "m.input[\($0)]" } ?? "s\(id)" }

    private func text(_ operand: Operand, _ width: Int) -> String { operand.swift(width, widths, name: name) }

    private mutating func add(_ step: Step, _ outputCount: inout Int) {
        let id = step.id
        domain = step.domain
        let m = step.domain == 0 ? "m" : "other"
        switch step.kind {
        case .input: break
        case .register(let width, let reset, let powerUp):
            let reset = reset.map(String.init) ?? "nil"
            let powerUp = powerUp.map { ", powerUp: \($0)" } ?? ""
            line("let s\(id) = \(m).register(\"register_\(id)\", \(width), reset: \(reset)\(powerUp))")
        case .crossing(let width, let reset, let value):
            let reset = reset.map(String.init) ?? "nil"
            line("let s\(id) = \(m).crossingRegister(\"crossing_\(id)\", \(width), reset: \(reset))")
            line("s\(id).next(\(text(value, width)))")
        case .computation(let computation, let isNamed):
            let value = computation.swift(zip(computation.operands, computation.widths).map { text($0, $1) })
            line("let s\(id) = \(isNamed ? "(\(value)).named(\"value_\(id)\")" : value)")
        case .word(let call, let isNamed):
            let value = call.swift(zip(call.operands, call.widths).map { text($0, $1) })
            line("let s\(id) = \(isNamed ? "(\(value)).named(\"value_\(id)\")" : value)")
        case .memory(let depth, let lanes, let laneWidth, let contents):
            memories[id] = (depth, lanes, lanes * laneWidth, step.domain)
            let words = contents.map { word in
                let words = word.words.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
                return "BitVector(words: [\(words)], width: \(word.width))"
            }
            let list = "[\(words.joined(separator: ", "))]"
            line(
                "let s\(id) = \(m).memory(\"memory_\(id)\", depth: \(depth), width: \(lanes * laneWidth), contents: \(list))"
            )
        case .read(let memory, let address, let enable, let forwards):
            let address = text(address, addressWidth(memories[memory]?.depth ?? 1))
            if let enable {
                let arguments =
                    "\"read_\(id)\", \(address), enable: \(text(enable, 1))\(forwards ? ", underWrite: .new" : "")"
                line("let s\(id) = \(port(of: memory)).readSynchronous(\(arguments))")
            } else {
                let isOwn = memories[memory]?.domain == domain
                line("let s\(id) = \(port(of: memory)).\(isOwn ? "read" : "crossingRead")(\(address))")
            }
        case .instance(let width, let enable, let value):
            let label = recipe.leafName(width, step.domain)
            line("let leaf\(id) = \(m).instance(")
            line("    \"leaf_\(id)\",")
            line("    Leaf(width: \(width), clocking: \(clocking(step.domain)), moduleName: \"\(label)\"))")
            line("leaf\(id).enable.drive(\(text(enable, 1)))")
            line("leaf\(id).value.drive(\(text(value, width)))")
            line("let (s\(id), s\(id + 1)) = (leaf\(id).total, leaf\(id).mixed)")
        case .wire(let width, let byDefault, let actions):
            line("let s\(id) = \(m).wire(\"wire_\(id)\", \(width)\(byDefault.map { ", default: \($0)" } ?? ""))")
            add(actions, verb: "drive")
        case .actions(let actions): add(actions, verb: "next")
        case .check(let condition): line("\(m).assert(\"check_\(id)\", \(text(condition, 1)))")
        case .output(let value, let width):
            line("m.output[\(outputCount)].drive(\(text(value, width)))")
            outputCount += 1
        }
    }

    private mutating func add(_ actions: [Action], verb: String) {
        for action in actions {
            switch action {
            case .assign(let target, let low, let count, let value):
                guard let width = widths[target] else { continue }
                let part = Action.part(low: low, count: count, of: width)
                let bits = part.count == width ? "" : "[\(part.lowerBound)..<\(part.upperBound)]"
                line("s\(target)\(bits).\(verb)(\(text(value, part.count)))")
            case .write(let number, let address, let value, let mask):
                guard let memory = memories[number] else { continue }
                let address = text(address, addressWidth(memory.depth))
                let mask = mask.map { ", mask: \(text($0, memory.lanes))" } ?? ""
                line("\(port(of: number)).write(\(address), \(text(value, memory.width))\(mask))")
            case .when(let arms, let otherwise):
                for (index, arm) in arms.enumerated() {
                    let condition = text(arm.condition, 1)
                    line(index == 0 ? "when(\(condition)) {" : "}.elseWhen(\(condition)) {")
                    block(arm.body, verb)
                }
                if !arms.isEmpty, let otherwise {
                    line("}.otherwise {")
                    block(otherwise, verb)
                }
                if !arms.isEmpty { line("}") }
            case .choose(let subject, let width, let cases, let otherwise):
                line("choose(\(text(subject, width))) { on in")
                depth += 1
                for one in cases {
                    line("on.case(\(one.patterns.map { "\"\($0)\"" }.joined(separator: ", "))) {")
                    block(one.body, verb)
                    line("}")
                }
                if let otherwise {
                    line("on.default {")
                    block(otherwise, verb)
                    line("}")
                }
                depth -= 1
                line("}")
            }
        }
    }

    /// A memory with ports in the domain of the step.
    private func port(of memory: Int) -> String {
        memories[memory]?.domain == domain
            ? "s\(memory)" : "s\(memory).clocked(by: \(domain == 0 ? "m" : "other").domain)"
    }

    private mutating func block(_ body: [Action], _ verb: String) {
        depth += 1
        add(body, verb: verb)
        depth -= 1
    }

    private var leaf: String {
        """
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
        """
    }
}
