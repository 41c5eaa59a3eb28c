/// A junction and its access transistor in a netlist, two resistors in series.
public struct SpiceCell: Hashable, Sendable {
    public var junctionOhms: Double
    public var accessOhms: Double

    public init(junctionOhms: Double, accessOhms: Double = 0) {
        self.junctionOhms = junctionOhms
        self.accessOhms = accessOhms
    }
}

/// The cells of both branches of a sense; the cells of a branch are in parallel.
public struct SpiceSense: Hashable, Sendable {
    public var left: [SpiceCell]
    public var right: [SpiceCell]

    public init(left: [SpiceCell], right: [SpiceCell]) {
        self.left = left
        self.right = right
    }

    /// Two junctions without access transistor.
    public init(leftOhms: Double, rightOhms: Double) {
        self.init(left: [SpiceCell(junctionOhms: leftOhms)], right: [SpiceCell(junctionOhms: rightOhms)])
    }
}

extension SenseCells {
    private func spiceCell(_ bit: Bool) -> SpiceCell {
        SpiceCell(junctionOhms: bit ? lowOhms : highOhms, accessOhms: accessOhms)
    }

    /// The netlist's view of `complementary(storing:)`.
    public func spiceComplementary(storing bit: Bool) -> SpiceSense {
        SpiceSense(left: [spiceCell(bit)], right: [spiceCell(!bit)])
    }

    /// The netlist's view of `midReference(storing:)`.
    public func spiceMidReference(storing bit: Bool, referenceOhms: Double? = nil) -> SpiceSense {
        let reference = midReference(storing: bit, referenceOhms: referenceOhms).right.ohms
        return SpiceSense(left: [spiceCell(bit)], right: [SpiceCell(junctionOhms: reference)])
    }

    /// The netlist's view of `dualRow(_:storing:_:)`.
    public func spiceDualRow(
        _ function: DualRowFunction, storing first: Bool, _ second: Bool, referenceOhms: Double? = nil
    ) -> SpiceSense {
        let reference = dualRow(function, storing: first, second, referenceOhms: referenceOhms).right.ohms
        return SpiceSense(left: [spiceCell(first), spiceCell(second)], right: [SpiceCell(junctionOhms: reference)])
    }
}
