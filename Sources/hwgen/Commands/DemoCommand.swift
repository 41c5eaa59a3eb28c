import Tools
import CoSim
import Engine
import Learning
import Network
import Verification

/// `hwgen demo`: the main job, real images through emitted RTL and golden model.
enum DemoCommand {
    static let specification = CommandSpecification(
        name: "demo", summary: "classify real images on emitted RTL, checked against the golden model every cycle",
        details: "Trains a row-sparse classifier on Fashion-MNIST, emits the dot-product engine for it, and runs test "
            + "images through Verilated RTL and golden model in step: dense and sparse, without and with junctions "
            + "that read wrong. Writes the network, the Verilog and the waves of the first image.",
        options: [
            OptionSpecification("images", .integer(1...10_000), default: "10000", help: "test images to classify"),
            OptionSpecification(
                "upset-rate", .real(0...1), default: "0.01", help: "probability of a sensed bit to read wrong"),
            OptionSpecification(
                "sparsity", .real(0...0.99), default: "0.8446", help: "share of empty rows to train for"),
            OptionSpecification(
                "network", .text, placeholder: "FILE", help: "a network file to use instead of training one"),
            OptionSpecification(
                "data", .text, placeholder: "DIR", defaultNote: "Debian's package", help: "folder of Fashion-MNIST"),
            OptionSpecification(
                "output", short: "o", .text, placeholder: "DIR", default: "out/demo", help: "folder of what is written"),
            .seed(),
        ] + DieArguments.options,
        examples: [
            "hwgen demo", "hwgen demo --device retention-stt --amplifier ptm45-pcsa --sigma-vth 0.03 --clock 1e-10",
            "hwgen demo --images 500 --upset-rate 0.03 --seed 3 --json",
        ])

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        try OptionConflict.refuse("sparsity", in: command, if: command.isGiven("network"), "with --network")
        let folder = try command.text("output")
        let seed = try command.unsigned("seed")
        let die = try DieArguments(command)
        let errors = try die.map { ArrayErrors.die($0.die) } ?? ArrayErrors(rate: try command.real("upset-rate"))
        // What cannot be written to is found out before the work, not after it.
        try checkWritable(folder)
        let network = try network(command, folder: folder, output: output)
        let images = try testImages(command, network)

        let demo = try Demo(network, seed: seed, errors: errors, phases: die?.phases ?? Engine.SensePhases())
        try demo.engine.files().write(to: "\(folder)/rtl")
        output.note("Building the model libraries with Verilator")
        let library = try ModelLibrary(source: demo.engine.source)
        let denseLibrary = try ModelLibrary(source: demo.denseEngine.source)
        let tracedLibrary = try ModelLibrary(source: demo.engine.source, options: BuildOptions(trace: true))

        let plan: [(Demo.Run.Kind, ArrayErrors, ModelLibrary)] = [
            (.sparse, .none, library), (.sparse, errors, library), (.dense, .none, library), (.dense, errors, library),
            (.sequencer, .none, denseLibrary),
        ]
        let progress = output.progress(
            "Images through RTL and golden model", total: plan.count * images.count, unit: "images")
        var results: [Demo.RunResult] = []
        for (kind, errors, library) in plan {
            results.append(
                try demo.run(Demo.Run(kind: kind, errors: errors), images, library: library) { _ in
                    progress.advance()
                    return !Interrupt.isRequested
                })
            if Interrupt.isRequested { throw Interrupted() }
        }
        progress.finish()
        let wave = "\(folder)/first_image.vcd"
        let view = "\(folder)/first_image.gtkw"
        try demo.writeWaves(images, library: tracedLibrary, path: wave, view: view)
        let report = DemoReport(
            demo: demo, results: results, singleImageCycles: try demo.singleImageCycles(images, library: library),
            folder: folder, wave: wave, waveView: view)
        try output.result(report, text: report.text)
        return report.mismatches == 0 ? .done : .checkFailed
    }

    /// The network of `--network`, or one trained now, which is written to the folder.
    private static func network(_ command: ParsedCommand, folder: String, output: Output) throws -> QuantizedNetwork {
        if let path = command.optionalText("network") { return try QuantizedNetwork(contentsOf: path) }
        let data = try FashionMNIST.load(directory: command.optionalText("data"))
        var recipe = Recipe()
        recipe.seed = try command.unsigned("seed")
        recipe.rowSparsity = try command.real("sparsity")
        let total = recipe.denseEpochs + recipe.quantizedEpochs + recipe.pruningSteps + recipe.sparseEpochs
        let progress = output.progress("Training on 60,000 images", total: total, unit: "epochs")
        let (network, log) = try RowSparseClassifier.train(data: data, recipe: recipe) { _ in progress.advance() }
        progress.finish()
        output.note(
            "Test accuracy \(percent(log.denseTestAccuracy)) with all rows, \(percent(log.testAccuracy)) with "
                + "\(log.survivors) of \(log.rows) rows")
        try network.write(to: "\(folder)/network.hwnet")
        return network
    }

    private static func testImages(_ command: ParsedCommand, _ network: QuantizedNetwork) throws -> ActivationSet {
        let images = try FashionMNIST.loadTest(directory: command.optionalText("data"))
            .prefix(try command.integer("images"))
        guard images.features == network.input.features else {
            throw DemoError.inputs(found: network.input.features, expected: images.features)
        }
        return ActivationSet(images, bits: network.input.bits)
    }
}

extension ActivationSet {
    /// Images as activation codes of a number of bits.
    init(_ images: ImageSet, bits: Int) {
        var codes: [UInt8] = []
        codes.reserveCapacity(images.count * images.features)
        for image in 0..<images.count { codes += images.activations(ofImage: image, bits: bits) }
        self.init(features: images.features, codes: codes, labels: images.labels)
    }
}
