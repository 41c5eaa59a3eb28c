import Configuration
import Learning
import Network
import Testing

@testable import hwgen

@Suite struct RecipeFileTests {
    private func read(_ text: String) throws -> RecipeFile {
        try RecipeFile(ConfigurationFile.document(Array(text.utf8), named: "r.toml"), named: "r.toml")
    }

    private func message(_ text: String) -> String {
        do {
            _ = try read(text)
            return ""
        } catch { return "\(error)" }
    }

    private let conv = "[layers.conv]\nkind = \"convolution\"\n"

    @Test("every key goes where it says, layers in the order of the file")
    func keys() throws {
        let recipe = try read(
            """
            name = "net"
            data = "cifar10"
            seed = 7
            input-bits = 8
            weight-bits = 3
            activation-bits = 5
            clip = 2
            batch = 64
            validation-images = 100
            flips = false
            shift = 3
            real-epochs = 1
            quantized-epochs = 2
            pruning-epochs = 3
            pruned-epochs = 4
            real-rate = 0.1
            quantized-rate = 0.2
            pruned-rate = 0.3
            momentum = 0.8
            weight-decay = 1e-4
            sparsity = 0.5
            columns = 32
            word-codes = 8
            layers.z = { kind = "convolution", outputs = 6, window = 5, stride = 2, padding = 1, weight-bits = 2 }
            layers.a = { kind = "average-pool", window = 2 }
            [layers.classes]
            kind = "fully-connected"
            outputs = 10
            sparsity = 0.25
            """
        ).recipe
        var expected = NetworkRecipe(name: "net")
        (expected.data, expected.seed, expected.inputBits, expected.weightBits) = ("cifar10", 7, 8, 3)
        (expected.activationBits, expected.clip, expected.batch, expected.validationImages) = (5, 2, 64, 100)
        (expected.flips, expected.shift, expected.realEpochs, expected.quantizedEpochs) = (false, 3, 1, 2)
        (expected.pruningEpochs, expected.prunedEpochs, expected.realRate) = (3, 4, 0.1)
        (expected.quantizedRate, expected.prunedRate, expected.momentum, expected.weightDecay) = (0.2, 0.3, 0.8, 1e-4)
        (expected.sparsity, expected.columns, expected.wordCodes) = (0.5, 32, 8)
        expected.layers = [
            .init("z", .convolution, outputs: 6, window: 5, stride: 2, padding: 1, weightBits: 2),
            .init("a", .averagePool, window: 2), .init("classes", .fullyConnected, outputs: 10, sparsity: 0.25),
        ]
        #expect(recipe == expected)
    }

    /// Law: a trained network that is checked in was made by its recipe as it stands.
    @Test("the recipes are those of the trained networks", arguments: ["lenet5", "lenet5-pruned", "vgg-small"])
    func trainedNetworks(name: String) throws {
        let recipe = try RecipeFile.read("\(Executable.root)/recipes/\(name).toml").recipe
        let network = try QuantizedNetwork(contentsOf: "\(Executable.root)/golden/\(name).hwnet")
        #expect(recipe.name == name && network.name == name)
        #expect(network.training["recipe"] == recipe.text && network.training["seed"] == "\(recipe.seed)")
    }

    @Test("what a recipe has not is named with its place")
    func errors() {
        #expect(
            message("name = \"n\"\nbach = 3").hasPrefix(
                "r.toml:2:1: found key 'bach', allowed name, data, seed, flips, "))
        #expect(message("name = \"n\"\nbach = 3").hasSuffix("layers; did you mean 'batch'?"))
        #expect(
            message(conv + "windw = 3")
                == "r.toml:3:1: found key 'layers.conv.windw', allowed kind, weight-bits, sparsity, outputs, window, stride, "
                + "padding; did you mean 'window'?")
        #expect(message("[training]\nbatch = 3").hasPrefix("r.toml:1:2: found key 'training.batch', allowed name, "))
        #expect(message("batch = 1.5") == "r.toml:1:9: batch: found '1.5', allowed a whole number")
        #expect(message("seed = -1") == "r.toml:1:8: seed: found '-1', allowed a whole number from 0")
        #expect(message("clip = \"3\"") == "r.toml:1:8: clip: found '\"3\"', allowed a number")
        #expect(message("clip = inf") == "r.toml:1:8: clip: found 'inf', allowed a number")
        #expect(message("flips = 1") == "r.toml:1:9: flips: found '1', allowed true or false")
        #expect(
            message("data = \"mnist\"") == "r.toml:1:8: data: found '\"mnist\"', allowed \"fashion-mnist\", \"cifar10\""
        )
        for name in ["", "a b", "a/b", ".a"] {
            #expect(
                message("name = \"\(name)\"")
                    == "r.toml:1:8: name: found '\"\(name)\"', allowed a text of letters, digits and marks, without spaces "
                    + "and slashes")
        }
        #expect(
            message("[layers.conv]\nkind = \"conv\"")
                == "r.toml:2:8: layers.conv.kind: found '\"conv\"', allowed \"convolution\", \"fully-connected\", "
                + "\"max-pool\", \"average-pool\"")
        #expect(
            message("layers.conv = 3")
                == "r.toml:1:15: layers.conv: found '3', allowed a table [layers.NAME] with a kind")
        #expect(message(conv) == "r.toml: recipe: name is absent; allowed is the network's name")
        #expect(
            message("name = \"n\"\n[layers.conv]\noutputs = 3")
                == "r.toml: recipe: layers.conv.kind is absent; allowed is convolution, fully-connected, max-pool, "
                + "average-pool")
        #expect(
            message("layers.a.kind = \"max-pool\"\nlayers.b.kind = \"max-pool\"\nlayers.a.window = 2")
                == "r.toml:3:19: layers.a.window: found '2', allowed all keys of layer a in one place")
    }

    @Test("a value out of range is named with its place in the file, an absent one with the file")
    func located() throws {
        let file = try read("name = \"n\"\nbatch = 0\n" + conv + "outputs = 0\n")
        let value = RecipeError.value(key: "batch", found: "0", allowed: "1 to 4096")
        #expect("\(file.located(value))" == "r.toml:2:9: batch: found '0', allowed 1 to 4096")
        let layer = RecipeError.value(key: "layers.conv.outputs", found: "0", allowed: "1 to 4096")
        #expect("\(file.located(layer))" == "r.toml:5:11: layers.conv.outputs: found '0', allowed 1 to 4096")
        let absent = RecipeError.value(key: "clip", found: "0.0", allowed: "0.1 to 100.0")
        #expect("\(file.located(absent))" == "r.toml: recipe: clip is 0.0; allowed is 0.1 to 100.0")
    }
}
