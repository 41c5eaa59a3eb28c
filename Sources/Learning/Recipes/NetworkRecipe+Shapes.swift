internal import Network

extension NetworkRecipe.Layer {
    /// The window on a tensor; that of a fully connected layer is the whole tensor.
    func slidingWindow(on shape: TensorShape) -> SlidingWindow {
        if kind == .fullyConnected {
            return SlidingWindow(size: .init(height: shape.height, width: shape.width))
        }
        return SlidingWindow(
            size: .init(height: window, width: window), stride: .init(height: stride, width: stride),
            padding: .init(top: padding, left: padding, bottom: padding, right: padding))
    }

    func outputShape(on shape: TensorShape) -> TensorShape {
        let places = slidingWindow(on: shape).places(in: shape.format)
        return TensorShape(
            height: places.height, width: places.width, channels: hasWeights ? outputs : shape.channels)
    }
}
