import Network
import Testing

@testable import Learning

/// Law: element (place, k) of the matrix is the tensor's element under the place, zero in padding; the way back is the adjoint:
/// Σ gather(x) · m = Σ x · scatter(m).
@Suite("Windows as matrices")
struct WindowColumnsTests {
    private func draw(_ random: inout SplitMix) -> WindowColumns {
        let size = SlidingWindow.Extent(
            height: .random(in: 1...5, using: &random), width: .random(in: 1...5, using: &random))
        return WindowColumns(
            input: TensorShape(
                height: .random(in: 5...9, using: &random), width: .random(in: 5...9, using: &random),
                channels: .random(in: 1...4, using: &random)),
            window: SlidingWindow(
                size: size,
                stride: .init(height: .random(in: 1...3, using: &random), width: .random(in: 1...3, using: &random)),
                padding: .init(
                    top: .random(in: 0..<size.height, using: &random),
                    left: .random(in: 0..<size.width, using: &random),
                    bottom: .random(in: 0..<size.height, using: &random),
                    right: .random(in: 0..<size.width, using: &random))))
    }

    @Test("random windows, strides and paddings", arguments: [1, 2, 3, 4])
    func randomWindows(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<40 {
            let columns = draw(&random)
            let (input, window) = (columns.input, columns.window)
            let tensor = FloatBuffer(count: input.count)
            tensor.values = (0..<input.count).map { _ in Float(Int.random(in: -9...9, using: &random)) }
            let matrix = FloatBuffer(count: columns.rows * columns.columns)
            matrix.values = matrix.values.map { _ in 77 }
            columns.gather(tensor.start, into: matrix.start)
            var expected: [Float] = []
            for place in 0..<columns.rows {
                for k in 0..<columns.columns {
                    let channel = k % input.channels
                    let y =
                        place / columns.places.width * window.stride.height - window.padding.top
                        + k / input.channels / window.size.width
                    let x =
                        place % columns.places.width * window.stride.width - window.padding.left
                        + k / input.channels % window.size.width
                    let isInside = y >= 0 && y < input.height && x >= 0 && x < input.width
                    expected.append(isInside ? tensor[(y * input.width + x) * input.channels + channel] : 0)
                }
            }
            #expect(matrix.values == expected, "seed \(seed): \(columns)")

            let weights = (0..<matrix.count).map { _ in Float(Int.random(in: -9...9, using: &random)) }
            let forward = zip(matrix.values, weights).reduce(0) { $0 + $1.0 * $1.1 }
            matrix.values = weights
            let back = FloatBuffer(count: input.count)
            columns.scatter(matrix.start, addingTo: back.start)
            #expect(
                zip(tensor.values, back.values).reduce(0) { $0 + $1.0 * $1.1 } == forward, "seed \(seed): \(columns)")
        }
    }
}
