/// A TensorFlow Lite model: what of its tables an import reads.
///
/// Source: numbers of fields and operators as in TensorFlow Lite's public schema, version 3.
struct TFLiteModel {
    struct Tensor {
        let name: String
        let shape: [Int]
        let type: Int
        let data: ArraySlice<UInt8>
        let scales: [Float]
        let zeroPoints: [Int]
        /// Dimension that the scales belong to where there are several.
        let quantizedDimension: Int

        static let int32 = 2
        static let int8 = 9
    }

    struct Operation {
        let code: Int
        let inputs: [Int]
        let outputs: [Int]
        let options: FlatBuffer.Table?
    }

    let tensors: [Tensor]
    let operations: [Operation]
    let inputs: [Int]
    let outputs: [Int]

    init(bytes: [UInt8], fileName: String) throws(NetworkImportError) {
        let buffer = FlatBuffer(bytes: bytes)
        guard buffer.hasIdentifier("TFL3") else { throw .notAModel(file: fileName) }
        let subgraphs: Int
        do {
            let root = try buffer.root()
            let codes = try root.tables(1).map { max(try $0.byte(0), try $0.integer(3)) }
            let buffers = try root.tables(4)
            let graphs = try root.tables(2)
            subgraphs = graphs.count
            guard let graph = graphs.first else { throw FlatBuffer.Damage() }
            tensors = try graph.tables(0).map { try Self.tensor($0, buffers) }
            (inputs, outputs) = (try graph.integers(1), try graph.integers(2))
            operations = try graph.tables(3).map { table in
                let index = try table.integer(0)
                guard codes.indices.contains(index) else { throw FlatBuffer.Damage() }
                return Operation(
                    code: codes[index], inputs: try table.integers(1), outputs: try table.integers(2),
                    options: try table.table(4))
            }
            // An operand that is left out is −1.
            let operands = operations.flatMap { $0.inputs + $0.outputs }.filter { $0 != -1 }
            for number in inputs + outputs + operands where !tensors.indices.contains(number) {
                throw FlatBuffer.Damage()
            }
        } catch {
            throw .damaged(file: fileName)
        }
        guard subgraphs == 1 else { throw .model(file: fileName, reason: "has \(subgraphs) subgraphs; allowed is 1") }
        guard inputs.count == 1, outputs.count == 1 else {
            throw .model(
                file: fileName,
                reason: "has \(inputs.count) inputs and \(outputs.count) outputs; allowed is one of each")
        }
    }

    private static func tensor(_ table: FlatBuffer.Table, _ buffers: [FlatBuffer.Table]) throws -> Tensor {
        let number = try table.integer(2)
        guard buffers.indices.contains(number) else { throw FlatBuffer.Damage() }
        let quantization = try table.table(4)
        let shape = try table.integers(0)
        guard shape.count <= 8 else { throw FlatBuffer.Damage() }
        return Tensor(
            name: try table.string(3), shape: shape, type: try table.byte(1),
            data: try buffers[number].bytes(0), scales: try quantization?.floats(2) ?? [],
            zeroPoints: try quantization?.longIntegers(3) ?? [], quantizedDimension: try quantization?.integer(6) ?? 0)
    }
}
