public import HDL

/// An element of a systolic array: adds the product of what comes from the west and the north to its sum, and hands both
/// on, a cycle later, to the east and the south.
///
/// Law: the sum of all valid products up to a last one is shown, with `done`, in the cycle after it; then a new sum begins.
public struct ProcessingElement: Module {
    public var elementWidth: Int
    public var sumWidth: Int

    /// A factor that travels through a row of elements; `valid` and `last` say the same of the one that it meets there.
    public struct Factor: SignalBundle {
        public let value: Output
        public let valid = Output()
        public let last = Output()
    }

    public struct Ports: SignalBundle {
        public let advance: Input
        public let west: Flipped<Factor>
        public let north: Input
        public let east: Factor
        public let south: Output
        public let sum: Output
        public let done: Output
    }

    public func ports() -> Ports {
        Ports(
            advance: Input(), west: Flipped(Factor(value: Output(elementWidth))), north: Input(elementWidth),
            east: Factor(value: Output(elementWidth)), south: Output(elementWidth), sum: Output(sumWidth),
            done: Output())
    }

    public func build(_ m: Builder<Ports>) {
        let product = (m.west.value.signed *^ m.north.signed).named("product")
        let term = product.extended(to: max(product.width, sumWidth)).truncated(to: sumWidth).bits
        let sum = m.register("sum", sumWidth)
        let isFirst = m.register("is_first", reset: 1)
        let done = m.register("done")
        let east = m.registers("east", m.east.bundle)
        let south = m.register("south", elementWidth)

        when(m.advance) {
            when(m.west.valid) {
                sum.next(mux(isFirst, term, sum + term))
                isFirst.next(m.west.last)
            }
            done.next(m.west.valid & m.west.last)
            east.next(m.west)
            south.next(m.north)
        }

        m.east.drive(east)
        m.south.drive(south)
        m.sum.drive(sum)
        m.done.drive(done)
    }
}
