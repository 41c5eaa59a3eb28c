import Engine
import Golden
import Network
import Verification

/// A network as a command names it, and the engine that it is to run on.
struct NetworkArguments {
    let path: String
    let network: QuantizedNetwork
    let engine: Engine.NetworkEngine
    let mapping: NetworkMapping

    static let positional = PositionalSpecification("NET", help: "a network file")

    static let options = [
        OptionSpecification(
            "set", .keyValue, occurrence: .repeated,
            help: "a parameter of 'network-engine', one of 'hwgen list'; sizes that are not set are made to fit"),
        OptionSpecification("dense", .flag, help: "store and sense rows without a set cell too"),
        OptionSpecification(
            "skip-zeros", .flag, help: "leave out the steps of a row in which all activations are zero"),
    ]

    init(_ command: ParsedCommand) throws {
        path = try command.text("NET")
        network = try QuantizedNetwork(contentsOf: path)
        let pairs = command.pairs("set")
        let base = try DesignArguments(name: NetworkEnginePair.name, pairs: pairs).parameters(
            of: Engine.NetworkEngine.self)
        let skipsRows = !command.isGiven("dense")
        engine = try base.fitting(network, skipsRows: skipsRows, fixed: Set(pairs.map(\.key)))
        try engine.validate()
        mapping = try NetworkMapping(
            network, Golden.NetworkEngine.Parameters(engine), skipsRows: skipsRows,
            skipsZeros: command.isGiven("skip-zeros"))
    }
}
