import CCoSim

/// Drives all inputs of a model from records and compares all outputs with expected records.
///
/// The ports are typed pointers into the model's storage, grouped by size; nothing is looked up, counted or allocated
/// in a cycle. Bits of a record above the storage of a port are not looked at.
public final class PortPlan {
    public let model: Model
    /// For slot records, which a cycle at a time is driven from.
    @usableFromInline let inputs: MoveProgram
    @usableFromInline let outputs: MoveProgram
    /// For packed records, of prepared vectors.
    let packedInputs: MoveProgram
    let packedOutputs: MoveProgram
    /// Outputs one by one, to name the first that differs.
    private let outputPorts: [(slot: RecordLayout.Slot, storage: UnsafeMutableRawPointer)]

    public init(_ model: Model) throws(CoSimError) {
        self.model = model
        func ports(
            _ layout: RecordLayout
        ) throws(CoSimError) -> [(slot: RecordLayout.Slot, storage: UnsafeMutableRawPointer)] {
            var result: [(slot: RecordLayout.Slot, storage: UnsafeMutableRawPointer)] = []
            for slot in layout.slots { result.append((slot, try model.storage(slot.index))) }
            return result
        }
        let inputPorts = try ports(model.library.inputs)
        outputPorts = try ports(model.library.outputs)
        inputs = MoveProgram(inputPorts.map { ($0.storage, $0.slot.word * 8, $0.slot.port.storageBytes) })
        outputs = MoveProgram(outputPorts.map { ($0.storage, $0.slot.word * 8, $0.slot.port.storageBytes) })
        packedInputs = MoveProgram(inputPorts.map { ($0.storage, $0.slot.packedOffset, $0.slot.port.storageBytes) })
        packedOutputs = MoveProgram(outputPorts.map { ($0.storage, $0.slot.packedOffset, $0.slot.port.storageBytes) })
    }

    deinit {
        for program in [inputs, outputs, packedInputs, packedOutputs] { program.deallocate() }
    }

    /// Sets every input from a slot record of `library.inputs.words` words.
    @inlinable @inline(__always)
    public func drive(_ record: UnsafePointer<UInt64>) { inputs.load(from: UnsafeRawPointer(record)) }

    /// The index among all ports of the first output that differs from a slot record of `library.outputs.words` words.
    @inlinable @inline(__always)
    public func compare(_ record: UnsafePointer<UInt64>) -> Int? {
        outputs.differs(from: UnsafeRawPointer(record)) ? firstDifference(record) : nil
    }

    @usableFromInline
    func firstDifference(_ record: UnsafePointer<UInt64>) -> Int? { firstDifference(record) { $0.word * 8 } }

    func firstPackedDifference(_ record: UnsafePointer<UInt64>) -> Int? { firstDifference(record, \.packedOffset) }

    /// In declaration order.
    private func firstDifference(_ record: UnsafePointer<UInt64>, _ place: (RecordLayout.Slot) -> Int) -> Int? {
        let bytes = UnsafeRawPointer(record)
        for (slot, storage) in outputPorts {
            for byte in 0..<slot.port.storageBytes {
                let found = storage.load(fromByteOffset: byte, as: UInt8.self)
                if found != bytes.load(fromByteOffset: place(slot) + byte, as: UInt8.self) { return slot.index }
            }
        }
        return nil
    }
}
