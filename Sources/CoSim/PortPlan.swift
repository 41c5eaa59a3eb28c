import CCoSim

/// Drives all inputs of a model from packed records and compares all outputs with expected records.
///
/// The ports are typed pointers into the model's storage, grouped by size; nothing is looked up, counted or allocated
/// in a cycle. Bits of a record above the storage of a port are not looked at.
public final class PortPlan {
    public let model: Model
    @usableFromInline let inputs: MoveProgram
    @usableFromInline let outputs: MoveProgram
    /// Outputs one by one, to name the first that differs.
    let outputSlots: [(index: Int, storage: UnsafeMutableRawPointer, record: Int, bytes: Int)]

    public init(_ model: Model) throws(CoSimError) {
        self.model = model
        let library = model.library
        func slots(
            _ layout: RecordLayout
        ) throws(CoSimError) -> [(index: Int, storage: UnsafeMutableRawPointer, record: Int, bytes: Int)] {
            var result: [(index: Int, storage: UnsafeMutableRawPointer, record: Int, bytes: Int)] = []
            for slot in layout.slots {
                result.append((slot.index, try model.storage(slot.index), slot.word * 8, slot.port.storageBytes))
            }
            return result
        }
        outputSlots = try slots(library.outputs)
        outputs = MoveProgram(outputSlots.map { ($0.storage, $0.record, $0.bytes) }, packed: false)
        inputs = MoveProgram(try slots(library.inputs).map { ($0.storage, $0.record, $0.bytes) }, packed: true)
    }

    deinit {
        inputs.deallocate()
        outputs.deallocate()
    }

    /// Sets every input from a record of `library.inputs.words` words.
    @inlinable @inline(__always)
    public func drive(_ record: UnsafePointer<UInt64>) { inputs.load(from: UnsafeRawPointer(record)) }

    /// The index among all ports of the first output that differs from a record of `library.outputs.words` words.
    @inlinable @inline(__always)
    public func compare(_ record: UnsafePointer<UInt64>) -> Int? {
        outputs.differs(from: UnsafeRawPointer(record)) ? firstDifference(record) : nil
    }

    @usableFromInline
    func firstDifference(_ record: UnsafePointer<UInt64>) -> Int? {
        let bytes = UnsafeRawPointer(record)
        for slot in outputSlots {
            for byte in 0..<slot.bytes {
                let found = slot.storage.load(fromByteOffset: byte, as: UInt8.self)
                if found != bytes.load(fromByteOffset: slot.record + byte, as: UInt8.self) { return slot.index }
            }
        }
        return nil
    }
}
