/// The failures of a bank's writes, as its controller makes the pulses.
///
/// Law: in the last cycle of each pulse it gives the masks that `WriteChance` has for the row, for the number of writes
/// that the row had before, and for the attempt; a write counts for each row of its strings, when it ends.
public struct WriteFailureEvents: Sendable {
    private var chance: WriteChance
    private let parameters: WriteController.Parameters
    /// Writes that each row has had.
    public private(set) var writes: [Int]
    /// Junctions that were to move and did not, so far.
    public private(set) var failures = 0

    public init(_ chance: WriteChance, parameters: WriteController.Parameters) {
        self.chance = chance
        self.parameters = parameters
        writes = Array(repeating: 0, count: parameters.rows)
    }

    /// The masks of the coming edge; nil when no pulse ends there. To be asked once a cycle.
    public mutating func masks(_ controller: WriteController, _ bank: Bank) -> WriteFailureMasks? {
        masks(controller) { bank.array.cells($0) }
    }

    /// The same for a controller of several banks; `cells` gives a row by the controller's address.
    public mutating func masks(
        _ controller: WriteController, cells: (_ address: Int) -> BitRow
    ) -> WriteFailureMasks? {
        let request = controller.request
        let isString = parameters.kind == .nandSpin
        let first = isString ? request.address - request.address % CellKind.stringRows : request.address
        let rows = first..<first + (isString ? CellKind.stringRows : 1)
        if controller.isDone {
            for row in rows where row < writes.count { writes[row] += 1 }
        }
        guard let pulse = request.pulse, pulse.isLastCycle else { return nil }
        guard request.address < writes.count else { return WriteFailureMasks() }
        let event = WriteChance.Event(
            address: request.address, plane: pulse.plane, write: writes[request.address], attempt: controller.attempt)
        let masks: WriteFailureMasks
        if isString && !pulse.junctions.towardsOne {
            let held = rows.map { cells($0) }
            masks = chance.failures(ofErasure: event, held: held)
            failures += masks.erasing.reduce(0) { $0 + ($1 & pulse.junctions.mask).onesCount }
        } else {
            masks = chance.failures(event, towardsOne: pulse.junctions.towardsOne)
            failures += (masks.first & pulse.junctions.mask).onesCount
            failures += (masks.second & pulse.junctions.complementMask).onesCount
        }
        return masks
    }
}
