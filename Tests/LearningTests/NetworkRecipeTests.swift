import Foundation
import Testing

@testable import Learning

@Suite("Recipes of networks")
struct NetworkRecipeTests {
    private let images = separable(classes: 4, rows: 8, columns: 10, count: 300, seed: 1)

    private func recipe(_ change: (inout NetworkRecipe) -> Void = { _ in }) -> NetworkRecipe {
        var recipe = NetworkRecipe(name: "recipe")
        (recipe.batch, recipe.validationImages) = (40, 100)
        recipe.layers = [
            .init("conv", .convolution, outputs: 6, window: 3), .init("pool", .maxPool, window: 2, stride: 2),
            .init("classes", .fullyConnected, outputs: 4),
        ]
        change(&recipe)
        return recipe
    }

    private func message(_ recipe: NetworkRecipe, _ images: ImageSet? = nil) -> String {
        do {
            try recipe.validate(for: images ?? self.images)
            return ""
        } catch { return "\(error)" }
    }

    @Test("each key out of range is named")
    func ranges() {
        let cases: [((inout NetworkRecipe) -> Void, String)] = [
            ({ $0.inputBits = 9 }, "input-bits is 9; allowed is 1 to 8"),
            ({ $0.weightBits = 0 }, "weight-bits is 0; allowed is 1 to 8"),
            ({ $0.activationBits = 9 }, "activation-bits is 9; allowed is 1 to 8"),
            ({ $0.clip = 0 }, "clip is 0.0; allowed is 0.1 to 100.0"),
            ({ $0.batch = 0 }, "batch is 0; allowed is 1 to 4096"),
            ({ $0.validationImages = 0 }, "validation-images is 0; allowed is 1 to 1000000"),
            ({ $0.shift = 33 }, "shift is 33; allowed is 0 to 32"),
            ({ $0.realEpochs = -1 }, "real-epochs is -1; allowed is 0 to 1000"),
            ({ $0.quantizedEpochs = 0 }, "quantized-epochs is 0; allowed is 1 to 1000"),
            ({ $0.pruningEpochs = 1001 }, "pruning-epochs is 1001; allowed is 0 to 1000"),
            ({ $0.prunedEpochs = -1 }, "pruned-epochs is -1; allowed is 0 to 1000"),
            ({ $0.realRate = 0 }, "real-rate is 0.0; allowed is 1e-06 to 10.0"),
            ({ $0.quantizedRate = .nan }, "quantized-rate is nan; allowed is 1e-06 to 10.0"),
            ({ $0.prunedRate = 11 }, "pruned-rate is 11.0; allowed is 1e-06 to 10.0"),
            ({ $0.momentum = 1 }, "momentum is 1.0; allowed is 0.0 to 0.999"),
            ({ $0.weightDecay = 1 }, "weight-decay is 1.0; allowed is 0.0 to 0.1"),
            ({ $0.sparsity = 1 }, "sparsity is 1.0; allowed is 0.0 to 0.99"),
            ({ $0.columns = 0 }, "columns is 0; allowed is 1 to 512"),
            ({ $0.wordCodes = 65 }, "word-codes is 65; allowed is 1 to 64"),
            ({ $0.layers[0].outputs = 0 }, "layers.conv.outputs is 0; allowed is 1 to 4096"),
            ({ $0.layers[0].window = 65 }, "layers.conv.window is 65; allowed is 1 to 64"),
            ({ $0.layers[0].stride = 0 }, "layers.conv.stride is 0; allowed is 1 to 64"),
            ({ $0.layers[0].padding = 3 }, "layers.conv.padding is 3; allowed is 0 to 2"),
            ({ $0.layers[0].weightBits = 9 }, "layers.conv.weight-bits is 9; allowed is 1 to 8"),
            ({ $0.layers[0].sparsity = 1 }, "layers.conv.sparsity is 1.0; allowed is 0.0 to 0.99"),
            (
                { ($0.layers[0].sparsity, $0.weightBits, $0.pruningEpochs) = (0.5, 1, 1) },
                "layers.conv.sparsity is 0.5; allowed is 0 with weights of one bit, as layer conv has"
            ),
            (
                { ($0.sparsity, $0.layers[2].weightBits, $0.pruningEpochs) = (0.5, 1, 1) },
                "sparsity is 0.5; allowed is 0 with weights of one bit, as layer classes has"
            ),
            ({ $0.sparsity = 0.5 }, "sparsity is 0.5; allowed is 0 without pruning-epochs"),
            ({ $0.layers[2].sparsity = 0.5 }, "layers.classes.sparsity is 0.5; allowed is 0 without pruning-epochs"),
            (
                { $0.layers[1].window = 9 },
                "layers.pool.window is 9; allowed is one that fits the 6 x 8 pixels and their padding"
            ),
            ({ $0.layers[2].outputs = 5 }, "layers.classes.outputs is 5; allowed is 4, the number of classes"),
            ({ $0.layers = [] }, "layers is empty; allowed is one or more layers, the last of them fully-connected"),
            (
                { $0.layers.removeLast() },
                "layers is one that ends in a max-pool; allowed is one or more layers, the last of them fully-connected"
            ),
        ]
        #expect(message(recipe()) == "")
        for (change, expected) in cases { #expect(message(recipe(change)) == "recipe: " + expected) }
    }

    @Test("data that does not suit is named")
    func data() {
        let many = ImageSet(rows: 1, columns: 1, classes: 17, pixels: [0], labels: [0])
        #expect(message(recipe(), many) == "training data: number of classes is 17; allowed is 2 to 16")
        #expect(
            message(recipe(), images.prefix(139))
                == "training data: number of training images is 139; allowed is batch + validation-images = 140 or more"
        )
    }

    @Test("recipes that differ have texts that differ")
    func texts() {
        let changes: [(inout NetworkRecipe) -> Void] = [
            { $0.inputBits = 5 }, { $0.weightBits = 5 }, { $0.clip = 2 }, { $0.shift = 1 }, { $0.flips = false },
            { $0.prunedEpochs = 1 }, { $0.momentum = 0.8 }, { $0.wordCodes = 8 }, { $0.layers[0].padding = 1 },
            { $0.layers[0].weightBits = 2 }, { $0.layers[0].sparsity = 0.1 }, { $0.layers[1].kind = .averagePool },
        ]
        let texts = [recipe().text] + changes.map { recipe($0).text }
        #expect(Set(texts).count == texts.count)
    }

    /// Law: half a cosine from the peak to zero, to the last place of a Float's neighbours.
    @Test("learning rates fall along half a cosine")
    func schedule() {
        for steps in [1, 7, 1000] {
            let schedule = CosineSchedule(peak: 0.05, steps: steps)
            for step in 0..<steps {
                let exact = 0.05 * 0.5 * (1 + cos(Double.pi * (Double(step) + 0.5) / Double(steps)))
                #expect(abs(Double(schedule.rate(step: step)) - exact) < 1e-8)
            }
        }
    }

    @Test("momentum and decay follow their law, and masked values stay zero")
    func descent() {
        let parameter = Parameter(count: 2, decays: true)
        parameter.values.values = [2, 3]
        parameter.mask.values = [1, 0]
        parameter.gradient.values = [0.5, 0.5]
        let descent = MomentumDescent(momentum: 0.5, decay: 0.25)
        descent.step([parameter], rate: 0.1)
        #expect(parameter.velocity[0] == 1 && abs(parameter.values[0] - 1.9) < 1e-6 && parameter.values[1] == 0)
        descent.step([parameter], rate: 0.1)
        #expect(abs(parameter.velocity[0] - (0.5 + 0.5 + 0.25 * 1.9)) < 1e-6 && parameter.values[1] == 0)
    }

    /// Law: an image is mirrored or not, moved by at most the shift, black coming in; the same again for the same epoch.
    @Test("images are mirrored and moved")
    func augmentation() {
        var random = SplitMix(state: 3)
        let set = ImageSet(
            rows: 5, columns: 6, channels: 2, classes: 2,
            pixels: (0..<60 * 40).map { _ in UInt8.random(in: 1...255, using: &random) },
            labels: Array(repeating: 0, count: 40))
        let loader = ImageLoader(images: set, seed: 9, bits: 4, flips: true, shift: 2)
        let numbers = Array(0..<40)
        let buffer = FloatBuffer(count: 60 * 40)
        func load(epoch: Int?, threads: Int = 1) -> [Float] {
            loader.load(numbers, epoch: epoch, into: buffer, isQuantized: true, runner: ChunkRunner(threads: threads))
            return buffer.values
        }
        #expect(load(epoch: nil) == set.pixels.map { Float($0 >> 4) })
        let changed = load(epoch: 3)
        #expect(changed == load(epoch: 3, threads: 3) && changed != load(epoch: 4))
        var kinds = Set<[Int]>()
        for image in numbers {
            let found = Array(changed[image * 60..<(image + 1) * 60])
            var matches: [[Int]] = []
            for flip in 0...1 {
                for down in -2...2 {
                    for right in -2...2 {
                        var expected: [Float] = []
                        for row in 0..<5 {
                            for column in 0..<6 {
                                let (y, x) = (row + down, (flip == 1 ? 5 - column : column) + right)
                                for channel in 0..<2 {
                                    let isInside = 0..<5 ~= y && 0..<6 ~= x
                                    let pixel = isInside ? set.pixels[image * 60 + (y * 6 + x) * 2 + channel] >> 4 : 0
                                    expected.append(Float(pixel))
                                }
                            }
                        }
                        if expected == found { matches.append([flip, down, right]) }
                    }
                }
            }
            #expect(matches.count >= 1, "image \(image)")
            kinds.formUnion(matches)
        }
        #expect(Set(kinds.map { $0[0] }).count == 2 && Set(kinds.map { $0[1] }).count == 5)
    }
}
