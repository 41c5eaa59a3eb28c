import BitVectors
import HDL

/// A function of the language on words: what it makes of several operators, and operators with integers.
public enum WordFunction: String, CaseIterable, Hashable, Sendable {
    // Of one word.
    case reversedBits, highestSet, leadingZeroCount, trailingZeroCount, findFirstSet, findLastSet
    case grayEncoded, grayDecoded, negative, magnitude
    // Of one word and an integer.
    case rotatedLeftByInteger, rotatedRightByInteger, shiftLeftByInteger, shiftRightByInteger
    case shiftRightSignedByInteger, isOneOfIntegers, plusInteger, belowInteger, aboveInteger, belowIntegerSigned
    // Of one word and an amount or a number of a bit, of any width.
    case rotatedLeft, rotatedRight, bitsAt, oneHot, withBit, withBitOfInteger
    // Of two words of one width.
    case min, max, absoluteDifference, saturatingAdd, saturatingSubtract, above, aboveOrEqual
    case minSigned, maxSigned, absoluteDifferenceSigned, saturatingAddSigned, saturatingSubtractSigned
    case aboveSigned, aboveOrEqualSigned
    // Of two words of any widths.
    case addGrowing, subtractGrowing, multiplyGrowing, addGrowingSigned, subtractGrowingSigned, multiplyGrowingSigned
    // Of selectors and as many words of one width.
    case selectOneHot, prioritySelect
    // Of conditions.
    case allOf, anyOf
}

/// A call of a word function, with operands that are brought to given widths.
public struct WordCall: Hashable, Sendable {
    public var function: WordFunction
    /// Width of each operand.
    public var widths: [Int]
    public var operands: [Operand]
    /// The integer that the function takes besides.
    public let number: Int

    /// - Parameter number: the integer, which is brought to what the function allows.
    public init(_ function: WordFunction, _ widths: [Int], _ operands: [Operand], number: Int = 0) {
        self.function = function
        self.widths = widths
        self.operands = operands
        let width = widths[0]
        self.number =
            switch function {
            case .rotatedLeftByInteger, .rotatedRightByInteger: number % (2 * width + 1)
            case .shiftLeftByInteger, .shiftRightByInteger, .shiftRightSignedByInteger: number % (width + 2)
            case .isOneOfIntegers, .plusInteger, .belowInteger, .aboveInteger: number % (1 << Swift.min(width, 20))
            case .belowIntegerSigned: number % (1 << Swift.min(width - 1, 20))
            case .bitsAt: Swift.max(Swift.min(number, width), 1)
            case .oneHot: Swift.max(number, 1)
            case .withBitOfInteger: number % width
            default: 0
            }
    }

    /// Number of bits of the result.
    public var resultWidth: Int {
        switch function {
        case .leadingZeroCount, .trailingZeroCount: BitVector.popcountWidth(of: widths[0])
        case .findFirstSet, .findLastSet: addressWidth(widths[0])
        case .isOneOfIntegers, .belowInteger, .aboveInteger, .belowIntegerSigned, .above, .aboveOrEqual, .aboveSigned,
            .aboveOrEqualSigned, .allOf, .anyOf:
            1
        case .bitsAt, .oneHot: number
        case .addGrowing, .subtractGrowing, .addGrowingSigned, .subtractGrowingSigned:
            Swift.max(widths[0], widths[1]) + 1
        case .multiplyGrowing, .multiplyGrowingSigned: widths[0] + widths[1]
        case .selectOneHot, .prioritySelect: widths[1]
        default: widths[0]
        }
    }

    /// The width that the table of functions counts the call under.
    public var coveredWidth: Int {
        switch function {
        case .oneHot: number
        case .selectOneHot, .prioritySelect: widths[1]
        case .allOf, .anyOf: widths.count
        default: widths[0]
        }
    }
}

/// What a call is as hardware, as Swift text and as a value: side by side, so that they stay alike.
extension WordCall {
    private var integers: [Int] { [number, number / 2] }

    func hardware(_ x: [Bits]) -> Bits {
        switch function {
        case .reversedBits: x[0].reversedBits
        case .highestSet: x[0].highestSet
        case .leadingZeroCount: x[0].leadingZeroCount
        case .trailingZeroCount: x[0].trailingZeroCount
        case .findFirstSet: HDL.findFirstSet(x[0])
        case .findLastSet: HDL.findLastSet(x[0])
        case .grayEncoded: x[0].grayEncoded
        case .grayDecoded: x[0].grayDecoded
        case .negative: -x[0]
        case .magnitude: x[0].signed.magnitude
        case .rotatedLeftByInteger: x[0].rotatedLeft(by: number)
        case .rotatedRightByInteger: x[0].rotatedRight(by: number)
        case .shiftLeftByInteger: x[0] << number
        case .shiftRightByInteger: x[0] >> number
        case .shiftRightSignedByInteger: (x[0].signed >> number).bits
        case .isOneOfIntegers: x[0].isOne(in: integers)
        case .plusInteger: x[0] + number
        case .belowInteger: x[0] < number
        case .aboveInteger: x[0] > number
        case .belowIntegerSigned: x[0].signed < -number
        case .rotatedLeft: x[0].rotatedLeft(by: x[1])
        case .rotatedRight: x[0].rotatedRight(by: x[1])
        case .bitsAt: x[0].bits(at: x[1], count: number)
        case .oneHot: x[0].oneHot(number)
        case .withBit: x[0].with(bit: x[1], x[2])
        case .withBitOfInteger: x[0].with(bit: number, x[1])
        case .min: HDL.min(x[0], x[1])
        case .max: HDL.max(x[0], x[1])
        case .absoluteDifference: HDL.absoluteDifference(x[0], x[1])
        case .saturatingAdd: HDL.saturatingAdd(x[0], x[1])
        case .saturatingSubtract: HDL.saturatingSubtract(x[0], x[1])
        case .above: x[0] > x[1]
        case .aboveOrEqual: x[0] >= x[1]
        case .minSigned: HDL.min(x[0].signed, x[1].signed).bits
        case .maxSigned: HDL.max(x[0].signed, x[1].signed).bits
        case .absoluteDifferenceSigned: HDL.absoluteDifference(x[0].signed, x[1].signed)
        case .saturatingAddSigned: HDL.saturatingAdd(x[0].signed, x[1].signed).bits
        case .saturatingSubtractSigned: HDL.saturatingSubtract(x[0].signed, x[1].signed).bits
        case .aboveSigned: x[0].signed > x[1].signed
        case .aboveOrEqualSigned: x[0].signed >= x[1].signed
        case .addGrowing: x[0] +^ x[1]
        case .subtractGrowing: (x[0] -^ x[1]).bits
        case .multiplyGrowing: x[0] *^ x[1]
        case .addGrowingSigned: (x[0].signed +^ x[1].signed).bits
        case .subtractGrowingSigned: (x[0].signed -^ x[1].signed).bits
        case .multiplyGrowingSigned: (x[0].signed *^ x[1].signed).bits
        case .selectOneHot: HDL.selectOneHot(x[0], Array(x.dropFirst()))
        case .prioritySelect: HDL.prioritySelect(x[0], Array(x.dropFirst()))
        case .allOf: x.count > 1 ? all(of: x[0], x[1]) : all(of: x[0])
        case .anyOf: x.count > 1 ? any(of: x[0], x[1]) : any(of: x[0])
        }
    }

    func swift(_ x: [String]) -> String {
        let list = x.joined(separator: ", ")
        let signed = x.map { "\($0).signed" }
        let signedList = signed.joined(separator: ", ")
        return switch function {
        case .findFirstSet, .findLastSet, .min, .max, .absoluteDifference, .saturatingAdd, .saturatingSubtract:
            "\(function)(\(list))"
        case .negative: "-\(x[0])"
        case .magnitude: "\(x[0]).signed.magnitude"
        case .rotatedLeftByInteger: "\(x[0]).rotatedLeft(by: \(number))"
        case .rotatedRightByInteger: "\(x[0]).rotatedRight(by: \(number))"
        case .shiftLeftByInteger: "\(x[0]) << \(number)"
        case .shiftRightByInteger: "\(x[0]) >> \(number)"
        case .shiftRightSignedByInteger: "(\(signed[0]) >> \(number)).bits"
        case .isOneOfIntegers: "\(x[0]).isOne(in: \(integers))"
        case .plusInteger: "\(x[0]) + \(number)"
        case .belowInteger: "\(x[0]) < \(number)"
        case .aboveInteger: "\(x[0]) > \(number)"
        case .belowIntegerSigned: "\(signed[0]) < \(-number)"
        case .rotatedLeft, .rotatedRight: "\(x[0]).\(function)(by: \(x[1]))"
        case .bitsAt: "\(x[0]).bits(at: \(x[1]), count: \(number))"
        case .oneHot: "\(x[0]).oneHot(\(number))"
        case .withBit: "\(x[0]).with(bit: \(x[1]), \(x[2]))"
        case .withBitOfInteger: "\(x[0]).with(bit: \(number), \(x[1]))"
        case .above: "\(x[0]) > \(x[1])"
        case .aboveOrEqual: "\(x[0]) >= \(x[1])"
        case .minSigned: "min(\(signedList)).bits"
        case .maxSigned: "max(\(signedList)).bits"
        case .absoluteDifferenceSigned: "absoluteDifference(\(signedList))"
        case .saturatingAddSigned: "saturatingAdd(\(signedList)).bits"
        case .saturatingSubtractSigned: "saturatingSubtract(\(signedList)).bits"
        case .aboveSigned: "\(signed[0]) > \(signed[1])"
        case .aboveOrEqualSigned: "\(signed[0]) >= \(signed[1])"
        case .addGrowing: "\(x[0]) +^ \(x[1])"
        case .subtractGrowing: "(\(x[0]) -^ \(x[1])).bits"
        case .multiplyGrowing: "\(x[0]) *^ \(x[1])"
        case .addGrowingSigned: "(\(signed[0]) +^ \(signed[1])).bits"
        case .subtractGrowingSigned: "(\(signed[0]) -^ \(signed[1])).bits"
        case .multiplyGrowingSigned: "(\(signed[0]) *^ \(signed[1])).bits"
        case .selectOneHot, .prioritySelect: "\(function)(\(x[0]), [\(x.dropFirst().joined(separator: ", "))])"
        case .allOf: "all(of: \(list))"
        case .anyOf: "any(of: \(list))"
        default: "\(x[0]).\(function)"
        }
    }

    func value(_ x: [BitVector]) -> BitVector {
        func number(_ value: Int) -> BitVector { BitVector(value, width: resultWidth) }
        func bit(_ value: Bool) -> BitVector { ReferenceValues.bit(value) }
        func constant(_ value: Int) -> BitVector { BitVector(value, width: x[0].width) }
        let integer = self.number
        switch function {
        case .reversedBits: return x[0].reversedBits
        case .highestSet: return x[0].isolatedHighestSet
        case .leadingZeroCount: return number(x[0].leadingZeroCount)
        case .trailingZeroCount: return number(x[0].trailingZeroCount)
        case .findFirstSet: return number(x[0].firstSetIndex ?? 0)
        case .findLastSet: return number(x[0].lastSetIndex ?? 0)
        case .grayEncoded: return x[0].grayEncoded
        case .grayDecoded: return x[0].grayDecoded
        case .negative: return -x[0]
        case .magnitude: return x[0].magnitude
        case .rotatedLeftByInteger: return x[0].rotatedLeft(by: integer)
        case .rotatedRightByInteger: return x[0].rotatedRight(by: integer)
        case .shiftLeftByInteger: return x[0] << integer
        case .shiftRightByInteger: return x[0] >> integer
        case .shiftRightSignedByInteger: return x[0].shiftedRightSigned(by: integer)
        case .isOneOfIntegers: return bit(integers.contains { x[0] == constant($0) })
        case .plusInteger: return x[0] + constant(integer)
        case .belowInteger: return bit(x[0] < constant(integer))
        case .aboveInteger: return bit(x[0] > constant(integer))
        case .belowIntegerSigned: return bit(x[0].isLessSigned(than: constant(-integer)))
        case .rotatedLeft: return x[0].rotatedLeft(by: WordCall.remainder(of: x[1], by: x[0].width))
        case .rotatedRight: return x[0].rotatedRight(by: WordCall.remainder(of: x[1], by: x[0].width))
        case .bitsAt: return ReferenceValues.amount(x[1]).map { x[0].bits(at: $0, count: integer) } ?? .zeros(integer)
        case .oneHot: return ReferenceValues.amount(x[0]).map { constantOneHot($0) } ?? .zeros(integer)
        case .withBit: return ReferenceValues.amount(x[1]).map { x[0].with(bit: $0, x[2][0]) } ?? x[0]
        case .withBitOfInteger: return x[0].with(bit: integer, x[1][0])
        case .min: return BitVectors.min(x[0], x[1])
        case .max: return BitVectors.max(x[0], x[1])
        case .absoluteDifference: return BitVectors.absoluteDifference(x[0], x[1])
        case .saturatingAdd: return BitVectors.saturatingAdd(x[0], x[1])
        case .saturatingSubtract: return BitVectors.saturatingSubtract(x[0], x[1])
        case .above: return bit(x[0] > x[1])
        case .aboveOrEqual: return bit(x[0] >= x[1])
        case .minSigned: return BitVectors.minSigned(x[0], x[1])
        case .maxSigned: return BitVectors.maxSigned(x[0], x[1])
        case .absoluteDifferenceSigned: return BitVectors.absoluteDifferenceSigned(x[0], x[1])
        case .saturatingAddSigned: return BitVectors.saturatingAddSigned(x[0], x[1])
        case .saturatingSubtractSigned: return BitVectors.saturatingSubtractSigned(x[0], x[1])
        case .aboveSigned: return bit(x[1].isLessSigned(than: x[0]))
        case .aboveOrEqualSigned: return bit(x[1].isLessOrEqualSigned(than: x[0]))
        case .addGrowing: return x[0].addingGrowing(x[1])
        case .subtractGrowing: return x[0].subtractingGrowing(x[1])
        case .multiplyGrowing: return x[0].multipliedGrowing(by: x[1])
        case .addGrowingSigned: return signExtended(x[0]) + signExtended(x[1])
        case .subtractGrowingSigned: return signExtended(x[0]) - signExtended(x[1])
        case .multiplyGrowingSigned: return signExtended(x[0]) * signExtended(x[1])
        case .selectOneHot:
            return x.dropFirst().enumerated().filter { x[0][$0.offset] }.map(\.element).reduce(.zeros(resultWidth), |)
        case .prioritySelect: return (0..<x[0].width).first { x[0][$0] }.map { x[$0 + 1] } ?? .zeros(resultWidth)
        case .allOf: return bit(x.allSatisfy { $0[0] })
        case .anyOf: return bit(x.contains { $0[0] })
        }
    }

    private func constantOneHot(_ place: Int) -> BitVector { BitVector(1, width: number) << place }

    private func signExtended(_ value: BitVector) -> BitVector { value.signExtended(to: resultWidth) }

    /// The rest of a value of any width, by Horner's rule.
    private static func remainder(of value: BitVector, by divisor: Int) -> Int {
        (0..<value.width).reversed().reduce(0) { ($0 * 2 + (value[$1] ? 1 : 0)) % divisor }
    }
}
