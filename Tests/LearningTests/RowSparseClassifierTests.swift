import Network
import Testing

@testable import Learning

@Suite("Row-sparse classifier", .serialized)
struct RowSparseClassifierTests {
    private func quick(_ change: (inout Recipe) -> Void = { _ in }) -> Recipe {
        var recipe = Recipe()
        recipe.denseEpochs = 3
        recipe.quantizedEpochs = 1
        recipe.pruningSteps = 3
        recipe.sparseEpochs = 3
        change(&recipe)
        return recipe
    }

    private func layer(_ network: QuantizedNetwork) throws -> QuantizedNetwork.FullyConnected {
        guard case .fullyConnected(let layer) = network.layers[0] else {
            throw NetworkFileError.notANetwork(file: "trained")
        }
        return layer
    }

    /// Rows with a set bit, counted bit by bit.
    private func rowsInUse(_ layer: QuantizedNetwork.FullyConnected, columns: Int) -> Int {
        var rows: Set<[Int]> = []
        for output in 0..<layer.outputs {
            for input in 0..<layer.inputs {
                let weight = Int(layer.weights[output * layer.inputs + input])
                for plane in 0..<layer.weightBits - 1 where abs(weight) >> plane & 1 == 1 {
                    rows.insert([output, input / columns, plane, weight < 0 ? 1 : 0])
                }
            }
        }
        return rows.count
    }

    private func accuracy(_ network: QuantizedNetwork, _ images: ImageSet) -> Double {
        let right = (0..<images.count).count {
            network.classify(activations: images.activations(ofImage: $0, bits: network.input.bits))
                == Int(images.labels[$0])
        }
        return Double(right) / Double(images.count)
    }

    private func toy() -> DataSplit {
        DataSplit(
            training: separable(classes: 4, rows: 8, columns: 20, count: 1200, seed: 1),
            test: separable(classes: 4, rows: 8, columns: 20, count: 200, seed: 2))
    }

    @Test("separable data is learned without an error, and the log tells the exported network's truth")
    func separableData() throws {
        var seen: [TrainingLog.Epoch] = []
        let (network, log) = try RowSparseClassifier.train(
            data: toy(),
            recipe: quick {
                $0.batch = 20
                $0.denseEpochs = 10
            }
        ) { seen.append($0) }
        #expect(log.testAccuracy == 1 && log.denseTestAccuracy == 1)
        #expect(accuracy(network, toy().test) == 1)
        #expect(seen == log.epochs && seen.count == 17)
    }

    @Test("rows, bits and sparsity are as claimed", arguments: [(64, 4, 0.8446, 4), (32, 4, 0.7, 1), (20, 3, 0.5, 8)])
    func maskLaw(columns: Int, bits: Int, sparsity: Double, banks: Int) throws {
        let recipe = quick {
            $0.columns = columns
            $0.weightBits = bits
            $0.rowSparsity = sparsity
            $0.bankMultiple = banks
            $0.batch = 20
        }
        let (network, log) = try RowSparseClassifier.train(data: toy(), recipe: recipe)
        let layer = try layer(network)
        let rows = 4 * ((160 + columns - 1) / columns) * (bits - 1) * 2
        let used = rowsInUse(layer, columns: columns)
        #expect(log.rows == rows && log.survivors == used && used % banks == 0 && used > 0)
        #expect(Double(rows - used) / Double(rows) >= sparsity)
        #expect(log.rowSparsity == Double(rows - used) / Double(rows))
        #expect(layer.weights.allSatisfy { abs(Int($0)) < 1 << (bits - 1) })
        #expect(network.input.bits == 4 && layer.inputs == 160 && layer.outputs == 4)
    }

    @Test("the same seed gives the same file, another seed another")
    func reproducible() throws {
        let first = try RowSparseClassifier.train(data: toy(), recipe: quick())
        let second = try RowSparseClassifier.train(data: toy(), recipe: quick())
        let other = try RowSparseClassifier.train(data: toy(), recipe: quick { $0.seed = 2 })
        #expect(first.network.encoded() == second.network.encoded() && first.log == second.log)
        #expect(try layer(first.network) != layer(other.network))
    }

    @Test("real data is learned at the demo's sparsity, and the file's network is what the log reports")
    func realData() throws {
        let all = try FashionMNIST.load()
        let data = DataSplit(training: all.training.prefix(12_000), test: all.test.prefix(2000))
        let (network, log) = try RowSparseClassifier.train(data: data, recipe: quick())
        let used = rowsInUse(try layer(network), columns: 64)
        #expect(log.rows == 780 && used == log.survivors && used % 4 == 0 && used <= 121 && used > 112)
        #expect(log.testAccuracy >= 0.75)
        #expect(log.denseTestAccuracy >= 0.80)
        let reread = try QuantizedNetwork(bytes: network.encoded(), fileName: "net")
        #expect(accuracy(reread, data.test) == log.testAccuracy)
        #expect(network.training["testAccuracy"] == "\(log.testAccuracy)")
    }

    @Test("each key out of range is named")
    func recipeErrors() {
        let cases: [((inout Recipe) -> Void, String)] = [
            ({ $0.columns = 0 }, "recipe: columns is 0; allowed is 1 to 4096"),
            ({ $0.activationBits = 9 }, "recipe: activationBits is 9; allowed is 1 to 8"),
            ({ $0.weightBits = 1 }, "recipe: weightBits is 1; allowed is 2 to 8"),
            ({ $0.rowSparsity = 1 }, "recipe: rowSparsity is 1.0; allowed is 0.0 to 0.999"),
            ({ $0.rowSparsity = .nan }, "recipe: rowSparsity is nan; allowed is 0.0 to 0.999"),
            ({ $0.bankMultiple = 0 }, "recipe: bankMultiple is 0; allowed is 1 to 64"),
            ({ $0.batch = 0 }, "recipe: batch is 0; allowed is 1 to 65536"),
            ({ $0.denseEpochs = 0 }, "recipe: denseEpochs is 0; allowed is 1 to 1000"),
            ({ $0.quantizedEpochs = 0 }, "recipe: quantizedEpochs is 0; allowed is 1 to 1000"),
            ({ $0.pruningSteps = 0 }, "recipe: pruningSteps is 0; allowed is 1 to 1000"),
            ({ $0.sparseEpochs = 0 }, "recipe: sparseEpochs is 0; allowed is 1 to 1000"),
            ({ $0.learningRate = 2 }, "recipe: learningRate is 2.0; allowed is 1e-06 to 1.0"),
            ({ $0.validationShare = 0 }, "recipe: validationShare is 0.0; allowed is 0.01 to 0.5"),
        ]
        for (change, expected) in cases {
            var recipe = Recipe()
            change(&recipe)
            #expect(message(toy(), recipe) == expected)
        }
    }

    private func message(_ data: DataSplit, _ recipe: Recipe) -> String {
        do {
            _ = try RowSparseClassifier.train(data: data, recipe: recipe)
            return ""
        } catch { return "\(error)" }
    }

    @Test("data that does not fit is named")
    func dataErrors() {
        let good = separable(classes: 2, rows: 2, columns: 4, count: 20, seed: 1)
        func split(_ training: ImageSet, _ test: ImageSet) -> String {
            message(DataSplit(training: training, test: test), quick())
        }
        let many = ImageSet(rows: 1, columns: 1, classes: 17, pixels: [0], labels: [0])
        #expect(split(many, many) == "training data: number of classes is 17; allowed is 2 to 16")
        #expect(split(good.prefix(9), good) == "training data: number of training images is 9; allowed is 10 or more")
        let small = separable(classes: 2, rows: 1, columns: 4, count: 20, seed: 1)
        #expect(split(good, small) == "training data: number of test pixels is 4; allowed is 8")
        let other = separable(classes: 3, rows: 2, columns: 4, count: 21, seed: 1)
        #expect(split(good, other) == "training data: number of test classes is 3; allowed is 2")
        #expect(
            message(DataSplit(training: good, test: good), quick { $0.rowSparsity = 0.99 })
                == "recipe: rowSparsity is 0.99; allowed is at most 0.666666, as fewer than bankMultiple = 4 of 12 rows would be left"
        )
    }
}
