import Network

extension LayerDescriptor {
    /// The window, the tensor under it and the places that it has there.
    mutating func set(_ window: SlidingWindow, _ input: ActivationFormat, _ places: SlidingWindow.Extent) {
        self[.inputHeight] = input.height
        self[.inputWidth] = input.width
        self[.windowHeight] = window.size.height
        self[.windowWidth] = window.size.width
        self[.strideY] = window.stride.height
        self[.strideX] = window.stride.width
        self[.padTop] = window.padding.top
        self[.padLeft] = window.padding.left
        self[.strideLine] = window.stride.height * input.width
        self[.padLine] = window.padding.top * input.width
        self[.outputWidth] = places.width
        self[.outputPixels] = places.height * places.width
        self[.inputZeroPoint] = input.zeroPoint
    }

    /// How sums become codes; nil where they are the result.
    mutating func set(_ requantization: Requantization?) {
        self[.isRaw] = requantization == nil ? 1 : 0
        self[.roundsTwice] = requantization?.rounding == .twice ? 1 : 0
        self[.zeroPoint] = requantization?.zeroPoint ?? 0
        self[.lowest] = requantization?.lowest ?? 0
        self[.highest] = requantization?.highest ?? 0
    }
}
