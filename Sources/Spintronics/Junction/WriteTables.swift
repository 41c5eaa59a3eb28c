/// The tables in which the writes of a die by one source are looked up, one for each direction.
///
/// Law: where a voltage writes, the current follows the resistance as the junction turns, and so it does with a torque
/// that depends on the angle. Each table is solved with the course over the angle that the nominal junction has at the
/// source; a cell's own course differs from it by little, its strength is in its own overdrive.
public struct WriteTables: Sendable {
    /// What the tables were made for.
    public let source: WriteSource
    private let parallelToAntiparallel: SwitchingTable
    private let antiparallelToParallel: SwitchingTable

    /// Tables for a die's nominal junction and a source of its writes, up to a time in τD.
    ///
    /// Throws `DeviceError.argument` for a junction without the path of the write, and for a source that drives nothing.
    public init(
        nominal junction: Junction, source: WriteSource, largestOverdrive: Double = 6, longestTime: Double = 16
    ) throws(DeviceError) {
        self.source = source
        func table(_ direction: Junction.Direction) throws(DeviceError) -> SwitchingTable {
            let drive = try junction.drive(source, direction)
            let atStart = drive.overdrive(1, 1)
            guard atStart > 0 else { throw .argument(name: "write: overdrive", found: atStart, allowed: "above 0") }
            return SwitchingTable(
                thermalStability: junction.layer.thermalStability, largestOverdrive: largestOverdrive,
                longestTime: longestTime, shape: { drive.overdrive($0, 1) / atStart })
        }
        parallelToAntiparallel = try table(.parallelToAntiparallel)
        // A current whose torque is the same at every angle does not know the direction.
        if case .current = source, junction.asymmetry == 1 {
            antiparallelToParallel = parallelToAntiparallel
        } else {
            antiparallelToParallel = try table(.antiparallelToParallel)
        }
    }

    public subscript(direction: Junction.Direction) -> SwitchingTable {
        switch direction {
        case .parallelToAntiparallel: parallelToAntiparallel
        case .antiparallelToParallel: antiparallelToParallel
        }
    }
}
