import BitVectors

extension Printer {
    /// An expression that stands alone: no parentheses around it.
    mutating func putTop(_ expression: VerilogModule.Expression) {
        switch expression {
        case .binary(let left, let symbol, let right):
            putOperand(left)
            put(" ", symbol, " ")
            putOperand(right)
        case .conditional(let condition, let whenTrue, let whenFalse):
            putOperand(condition)
            put(" ? ")
            putOperand(whenTrue)
            put(" : ")
            // A chain of choices reads on in the same line of thought.
            if case .conditional = whenFalse { putTop(whenFalse) } else { putOperand(whenFalse) }
        case .unary(let symbol, let operand):
            put(symbol)
            if case .unary = operand {
                // '^' beside '~' would be read as the one operator '^~'.
                put("(")
                putTop(operand)
                put(")")
            } else {
                putOperand(operand)
            }
        case .identifier(let name):
            put(name)
        case .literal(let value):
            putLiteral(value)
        case .concatenation(let parts):
            put("{")
            for (index, part) in parts.enumerated() {
                if index > 0 { putSeparator() }
                putTop(part)
            }
            put("}")
        case .replication(let count, let part):
            put("{\(count){")
            putTop(part)
            put("}}")
        case .element(let name, let index):
            put(name, "[")
            putTop(index)
            put("]")
        case .range(let name, let high, let low):
            put(name, "[")
            put(high)
            if high != low {
                put(":")
                put(low)
            }
            put("]")
        case .function(let name, let operand):
            put(name, "(")
            putTop(operand)
            put(")")
        }
    }

    /// An expression inside another: operators in parentheses, so that no reader needs a precedence table.
    private mutating func putOperand(_ expression: VerilogModule.Expression) {
        switch expression {
        case .binary, .conditional, .unary("|", _), .unary("&", _), .unary("^", _):
            put("(")
            putTop(expression)
            put(")")
        default:
            putTop(expression)
        }
    }

    /// Between the items of a list: a long one goes on in the next line.
    mutating func putSeparator(level: Int = 3) {
        if column > Printer.longLine {
            put(",\n")
            putIndent(level)
        } else {
            put(", ")
        }
    }

    /// `8'd12`; large wide ones in hexadecimal, single bits in binary.
    mutating func putLiteral(_ value: BitVector) {
        put(value.width)
        if value.width == 1 {
            put(value.isZero ? "'b0" : "'b1")
        } else if let number = value.intValue, value.width <= 32 || number < 1024 {
            put("'d")
            put(number)
        } else {
            put("'h", value.hexDigits)
        }
    }
}
