public import Engine
import Golden
public import Network

extension Engine.NetworkEngine {
    /// The engine with its sizes made just large enough for a network.
    ///
    /// - Parameters:
    ///   - skipsRows: rows without a set cell are not stored.
    ///   - fixed: names of parameters that stay as they are.
    ///
    /// Throws `MappingError` for a network that does not fit the fixed ones, or no engine at all.
    public func fitting(
        _ network: QuantizedNetwork, skipsRows: Bool = true, fixed: Set<String> = []
    ) throws(MappingError) -> Self {
        var engine = self
        func size(_ name: String, _ path: WritableKeyPath<Self, Int>, _ value: Int) {
            guard !fixed.contains(name), let parameter = Self.parameters.first(where: { $0.name == name }) else {
                return
            }
            engine[keyPath: path] = min(max(value, parameter.range.lowerBound), parameter.range.upperBound)
        }
        let formats = [network.input] + network.formats.compactMap { $0 }
        size("activation-bits", \.activationBits, formats.map(\.bits).max() ?? 1)
        size("plane-lanes", \.planeLanes, min(planeLanes, engine.activationBits))
        size("weight-bits", \.weightBits, network.layers.map(\.weightBits).max() ?? 2)
        // Mapped once with all sizes at their largest, a network says what it needs.
        size("rows", \.rows, .max)
        size("depth", \.depth, .max)
        size("chunks", \.chunks, .max)
        size("entries", \.entries, .max)
        size("channels", \.channels, .max)
        size("layers", \.layers, network.layers.count)
        size("pool-area", \.poolArea, network.layers.map(\.poolArea).max() ?? 1)
        let needs = try NetworkMapping(network, Golden.NetworkEngine.Parameters(engine), skipsRows: skipsRows)
        let granule = engine.cellKind == .nandSpin ? Engine.CellKind.stringRows : 1
        size("rows", \.rows, (max(2, needs.bankRows) + granule - 1) / granule * granule * banks)
        size("depth", \.depth, needs.activationDepth)
        size("chunks", \.chunks, needs.layers.map(\.chunks).max() ?? 1)
        size("entries", \.entries, needs.entries.count)
        size("channels", \.channels, needs.channels.count)
        return engine
    }
}

extension QuantizedNetwork.Layer {
    /// Pixels under a pool's window.
    fileprivate var poolArea: Int {
        if case .pooling(let layer) = self { layer.window.size.height * layer.window.size.width } else { 1 }
    }

    /// Bits of a weight, its sign included; 0 where there are none.
    fileprivate var weightBits: Int {
        switch self {
        case .fullyConnected(let layer): layer.weightBits
        case .convolution(let layer): layer.weightBits
        case .pooling, .addition: 0
        }
    }
}
