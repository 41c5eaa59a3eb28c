import BitVectors

extension Printer {
    mutating func print(_ statements: [VerilogModule.Statement], level: Int, operator assign: String) {
        for statement in statements {
            switch statement {
            case .assign(let target, let value, let place):
                putIndent(level)
                putAssignment(target, assign, value)
                endLine(place)
            case .branch(let arms):
                if arms.count == 1, arms[0].condition == nil {
                    print(arms[0].body, level: level, operator: assign)
                } else {
                    printBranch(arms, level: level, operator: assign)
                }
            case .choose(let selector, let isDontCare, let arms, let otherwise, let comment):
                putIndent(level)
                put(isDontCare ? "casez (" : "case (")
                putTop(selector)
                put(")\n")
                for arm in arms {
                    putIndent(level + 1)
                    for (index, label) in arm.labels.enumerated() {
                        if index > 0 { putSeparator(level: level + 1) }
                        putLabel(label)
                    }
                    put(":")
                    printArm(arm.body, level: level + 1, operator: assign)
                }
                if let otherwise {
                    putIndent(level + 1)
                    put("default:")
                    if let comment { put("  // ", comment, "\n") }
                    printArm(otherwise, level: level + 1, operator: assign, isOnNewLine: comment != nil)
                }
                putIndent(level)
                put("endcase\n")
            case .loop(let index, let from, let to, let body):
                putIndent(level)
                put("for (\(index) = \(from); \(index) < \(to); \(index) = \(index) + 1)\n")
                print([body], level: level + 1, operator: assign)
            case .check(let kind, let condition):
                putIndent(level)
                put(kind, "(")
                putTop(condition)
                put(");\n")
            }
        }
    }

    private mutating func putAssignment(
        _ target: VerilogModule.Target, _ assign: String, _ value: VerilogModule.Expression
    ) {
        put(target.name)
        if let element = target.element {
            put("[")
            putTop(element)
            put("]")
        }
        if let bits = target.bits {
            put("[\(bits.upperBound - 1)")
            if bits.count > 1 {
                put(":\(bits.lowerBound)")
            }
            put("]")
        }
        put(assign)
        putTop(value)
    }

    private mutating func putLabel(_ label: VerilogModule.Label) {
        switch label {
        case .literal(let value): putLiteral(value)
        case .identifier(let name): put(name)
        case .pattern(let value, let care):
            put("\(value.width)'b")
            for bit in (0..<value.width).reversed() { put(care[bit] ? (value[bit] ? "1" : "0") : "?") }
        }
    }

    private mutating func printBranch(
        _ arms: [(condition: VerilogModule.Expression?, body: [VerilogModule.Statement])], level: Int,
        operator assign: String
    ) {
        for (index, arm) in arms.enumerated() {
            if index == 0 { putIndent(level) } else { put(" else ") }
            if let condition = arm.condition {
                put("if (")
                putTop(condition)
                put(") ")
            }
            put("begin\n")
            print(arm.body, level: level + 1, operator: assign)
            putIndent(level)
            put("end")
        }
        put("\n")
    }

    /// One assignment stands on the arm's line, more in a block.
    private mutating func printArm(
        _ body: [VerilogModule.Statement], level: Int, operator assign: String, isOnNewLine: Bool = false
    ) {
        if body.isEmpty {
            if isOnNewLine { putIndent(level + 1) }
            put(isOnNewLine ? ";\n" : " ;\n")
        } else if body.count == 1, case .assign(let target, let value, let place) = body[0] {
            if isOnNewLine { putIndent(level + 1) } else { put(" ") }
            putAssignment(target, assign, value)
            endLine(place)
        } else {
            if isOnNewLine { putIndent(level) } else { put(" ") }
            put("begin\n")
            print(body, level: level + 1, operator: assign)
            putIndent(level)
            put("end\n")
        }
    }
}
