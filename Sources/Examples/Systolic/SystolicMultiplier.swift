public import HDL

/// Multiplies matrices of `size` × `size` two's complement numbers in an array of as many processing elements.
///
/// Law: after `size` operands, the k-th of them column k of A and row k of B, come `size` results, the rows of A·B, each
/// sum modulo `2^sumWidth`. Matrices follow each other without a gap: while nobody stalls, one operand enters and one
/// row leaves in every cycle.
///
///                B, row k           element (i, j) gets A[i][k] from the west and B[k][j] from the north
///              ↓  ↓  ↓  ↓           in the same cycle, since both were delayed, by i and by j cycles;
///     A,     → ▢→ ▢→ ▢→ ▢           it keeps its sum, and hands both on to the east and to the south.
///     column → ▢→ ▢→ ▢→ ▢
///     k      → ▢→ ▢→ ▢→ ▢           In each column one element a cycle has finished. Column j waits for
///              ↓  ↓  ↓  ↓           the last one, size - 1 - j cycles, and a row is complete.
public struct SystolicMultiplier: Module {
    public var size: Int
    /// Bits of an element of A or B.
    public var elementWidth: Int
    /// Bits of an element of A·B.
    public var sumWidth: Int

    public init(size: Int = 8, elementWidth: Int = 8, sumWidth: Int = 32) {
        self.size = size
        self.elementWidth = elementWidth
        self.sumWidth = sumWidth
    }

    public struct Ports: SignalBundle {
        public let operand: Operand
        public let result: Result
    }

    /// A column of A and a row of B, taken in a cycle in which `valid` and `ready` are one.
    public struct Operand: SignalBundle {
        public let valid: Input
        public let column: [Input]
        public let row: [Input]
        public let ready: Output
    }

    /// A row of A·B, taken in a cycle in which `valid` and `ready` are one.
    public struct Result: SignalBundle {
        public let valid: Output
        public let row: [Output]
        public let ready: Input
    }

    public func ports() -> Ports {
        Ports(
            operand: Operand(
                valid: Input(), column: (0..<size).map { _ in Input(elementWidth) },
                row: (0..<size).map { _ in Input(elementWidth) }, ready: Output()),
            result: Result(valid: Output(), row: (0..<size).map { _ in Output(sumWidth) }, ready: Input()))
    }

    public func build(_ m: Builder<Ports>) {
        // The array moves as a whole, unless a result waits.
        let advance = m.wire("advance")
        func delays(_ value: Bits, _ cycles: Int, _ name: String) -> [Bits] {
            (0..<cycles).reduce(into: [value]) { values, cycle in
                let register = m.register("\(name)_late_\(cycle + 1)", value.width)
                when(advance) { register.next(values[cycle]) }
                values.append(register)
            }
        }

        // Which operand of a matrix this is.
        let step = m.register("step", addressWidth(size))
        let isLast = (step == size - 1).named("is_last")
        when(advance & m.operand.valid) { step.next(mux(isLast, 0, step + 1)) }

        // The elements, and what enters them from the west and the north.
        let element = ProcessingElement(elementWidth: elementWidth, sumWidth: sumWidth)
        let elements = (0..<size).map { i in
            (0..<size).map { j in m.instance("element_\(i)_\(j)", element) }
        }
        let valid = delays(m.operand.valid, size - 1, "valid")
        let last = delays(isLast, size - 1, "last")
        for i in 0..<size {
            elements[i][0].west.valid.drive(valid[i])
            elements[i][0].west.last.drive(last[i])
            elements[i][0].west.value.drive(delays(m.operand.column[i], i, "west_\(i)")[i])
            elements[0][i].north.drive(delays(m.operand.row[i], i, "north_\(i)")[i])
        }
        for i in 0..<size {
            for j in 0..<size {
                elements[i][j].advance.drive(advance)
                if j > 0 { elements[i][j].west.connect(to: elements[i][j - 1].east) }
                if i > 0 { elements[i][j].north.drive(elements[i - 1][j].south) }
            }
        }

        // In each column the sum of the element that has finished; the columns side by side.
        let done = (0..<size).map { j in
            SignalVector(elements.map { $0[j].done }).asBits.named("done_\(j)")
        }
        for j in 0..<size {
            let wait = size - 1 - j
            let finished = selectOneHot(done[j], elements.map { $0[j].sum }).named("finished_\(j)")
            m.result.row[j].drive(delays(finished, wait, "south_\(j)")[wait])
        }
        let isComplete = delays(done[0].anySet, size - 1, "complete")[size - 1]

        advance.drive(~isComplete | m.result.ready)
        m.operand.ready.drive(advance)
        m.result.valid.drive(isComplete)
    }
}
