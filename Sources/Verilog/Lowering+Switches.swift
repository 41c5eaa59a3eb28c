import BitVectors
import HDL

extension Lowering {
    /// A switch as `case`, as `casez` when bits may be anything, or as `if` when such patterns overlap.
    mutating func choice(
        _ body: SwitchBody, _ arms: [[BlockPlan.Step]], _ otherwise: [BlockPlan.Step]?
    ) -> VerilogModule.Statement {
        var lowered = zip(body.arms, arms).map { arm, steps in
            (arm: arm, body: lower(steps))
        }
        var last: [VerilogModule.Statement] = otherwise.map { lower($0) } ?? []
        var comment: String?
        if body.otherwise == nil, let final = lowered.popLast() {
            // The arms cover every value, so the last one needs no condition.
            last = final.body
            comment = final.arm.names.isEmpty ? nil : final.arm.names.joined(separator: ", ")
        }
        if last.isEmpty {
            // What is left out is more than the last arm, so no name would say it.
            comment = nil
            while let final = lowered.last, final.body.isEmpty { lowered.removeLast() }
        }
        if body.needsChain { return chain(body.subject, lowered.map { ($0.arm.patterns, $0.body) }, last) }
        let isDontCare = lowered.contains { $0.arm.patterns.contains { !$0.isExact } }
        let labelled = lowered.map { arm, statements in
            VerilogModule.Arm(labels: arm.patterns.map { label($0, body, isDontCare) }, body: statements)
        }
        return .choose(
            operand(body.subject), isDontCare: isDontCare, arms: labelled, otherwise: last, comment: comment)
    }

    private mutating func lower(_ steps: [BlockPlan.Step]) -> [VerilogModule.Statement] {
        steps.compactMap { $0.isEmpty ? nil : statement($0) }
    }

    /// Beside labels in which bits may be anything, all are written bit by bit.
    private mutating func label(
        _ pattern: SwitchBody.Pattern, _ body: SwitchBody, _ isDontCare: Bool
    ) -> VerilogModule.Label {
        guard pattern.isExact, !isDontCare else { return .pattern(value: pattern.value, care: pattern.care) }
        if let enumeration = body.enumeration,
            let name = parameters.name(of: pattern.value, in: enumeration, of: circuit, &namer)
        {
            return .identifier(name)
        }
        return .literal(pattern.value)
    }

    private func chain(
        _ subject: Int32, _ arms: [(patterns: [SwitchBody.Pattern], body: [VerilogModule.Statement])],
        _ last: [VerilogModule.Statement]
    ) -> VerilogModule.Statement {
        var branches = arms.map { arm -> (condition: Expression?, body: [VerilogModule.Statement]) in
            let matches = arm.patterns.map { isMatch(subject, $0) }
            let any = matches.dropFirst().reduce(matches.first ?? .literal(.zeros(1))) { .binary($0, "|", $1) }
            return (any, arm.body)
        }
        if !last.isEmpty { branches.append((nil, last)) }
        return .branch(branches)
    }

    private func isMatch(_ subject: Int32, _ pattern: SwitchBody.Pattern) -> Expression {
        let value = operand(subject)
        if pattern.isExact { return .binary(value, "==", .literal(pattern.value)) }
        return .binary(
            .binary(value, "&", .literal(pattern.care)), "==", .literal(pattern.value & pattern.care))
    }
}
