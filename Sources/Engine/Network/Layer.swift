import HDL

/// The layer that runs: its start, and what its descriptor says.
struct Layer {
    let start: Bits
    let fields: [Bits]

    subscript(_ field: DescriptorField) -> Bits { fields[field.rawValue] }

    /// The layer, started only if it is of a kind.
    func only(_ kind: LayerKind) -> Layer {
        Layer(start: (start & (self[.kind] == kind.rawValue)).named("\(kind)_start"), fields: fields)
    }

    /// Gives a walker the layer's window and tensor.
    func drive<Access: BundleAccess>(_ shape: Access) where Access.Ports == LayerShape {
        for (port, field) in [
            (shape.base, DescriptorField.inputBase), (shape.height, .inputHeight), (shape.width, .inputWidth),
            (shape.pixelWords, .pixelWords), (shape.lastCodes, .lastCodes), (shape.windowHeight, .windowHeight),
            (shape.windowWidth, .windowWidth), (shape.strideX, .strideX), (shape.padTop, .padTop),
            (shape.padLeft, .padLeft), (shape.strideY, .strideY), (shape.strideLine, .strideLine),
            (shape.padLine, .padLine), (shape.outputWidth, .outputWidth), (shape.outputPixels, .outputPixels),
        ] {
            port.drive(self[field])
        }
    }
}
