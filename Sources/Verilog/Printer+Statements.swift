import BitVectors

extension Printer {
    mutating func print(_ statements: [VerilogModule.Statement], level: Int, operator assign: String) {
        for statement in statements {
            switch statement {
            case .assign(let target, let value):
                putIndent(level)
                put(target, assign)
                putTop(value)
                put(";\n")
            case .assignMemory(let memory, let address, let value):
                putIndent(level)
                put(memory, "[")
                putTop(address)
                put("]", assign)
                putTop(value)
                put(";\n")
            case .branch(let arms):
                printBranch(arms, level: level, operator: assign)
            case .choose(let selector, let arms, let otherwise):
                putIndent(level)
                put("case (")
                putTop(selector)
                put(")\n")
                for arm in arms {
                    putIndent(level + 1)
                    putLiteral(arm.value)
                    put(":")
                    printArm(arm.body, level: level + 1, operator: assign)
                }
                if !otherwise.isEmpty {
                    putIndent(level + 1)
                    put("default:")
                    printArm(otherwise, level: level + 1, operator: assign)
                }
                putIndent(level)
                put("endcase\n")
            }
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
    private mutating func printArm(_ body: [VerilogModule.Statement], level: Int, operator assign: String) {
        if body.count == 1, case .assign(let target, let value) = body[0] {
            put(" ", target, assign)
            putTop(value)
            put(";\n")
        } else {
            put(" begin\n")
            print(body, level: level + 1, operator: assign)
            putIndent(level)
            put("end\n")
        }
    }
}
