internal import Network

/// The windows of a tensor as the rows of a matrix, and the way back (im2col and col2im).
///
/// Law: row p, column k of the matrix is what lies under place p of the window, k counting rows of the window, columns, then
/// channels; padding is zero. The way back adds each element to where it came from.
struct WindowColumns: Sendable {
    let input: TensorShape
    let window: SlidingWindow
    let places: SlidingWindow.Extent

    init(input: TensorShape, window: SlidingWindow) {
        self.input = input
        self.window = window
        places = window.places(in: input.format)
    }

    /// Rows of the matrix.
    var rows: Int { places.height * places.width }
    /// Columns of the matrix.
    var columns: Int { window.size.height * window.size.width * input.channels }
    /// Whether the only window is the whole tensor, whose matrix is the tensor itself.
    var isWhole: Bool { rows == 1 && columns == input.count }

    /// Writes the matrix of one tensor.
    func gather(_ tensor: UnsafePointer<Float>, into matrix: UnsafeMutablePointer<Float>) {
        forEachRun { place, length, source in
            let target = matrix + place
            guard let source else {
                target.update(repeating: 0, count: length)
                return
            }
            let origin = tensor + source
            for index in 0..<length { target[index] = origin[index] }
        }
    }

    /// Adds the matrix to one tensor, which the caller has cleared.
    func scatter(_ matrix: UnsafePointer<Float>, addingTo tensor: UnsafeMutablePointer<Float>) {
        forEachRun { place, length, source in
            guard let source else { return }
            let origin = matrix + place
            let target = tensor + source
            for index in 0..<length { target[index] += origin[index] }
        }
    }

    /// Calls `body` for each run of elements that lie side by side in matrix and tensor: where it begins in the matrix, its
    /// length, and where it begins in the tensor, nil for padding.
    @inline(__always)
    private func forEachRun(_ body: (_ place: Int, _ length: Int, _ source: Int?) -> Void) {
        let channels = input.channels
        let width = window.size.width
        var place = 0
        for row in 0..<places.height {
            for column in 0..<places.width {
                let left = column &* window.stride.width &- window.padding.left
                let first = max(0, min(width, -left))
                let last = max(first, min(width, input.width &- left))
                for windowRow in 0..<window.size.height {
                    let line = row &* window.stride.height &+ windowRow &- window.padding.top
                    if line < 0 || line >= input.height {
                        body(place, width &* channels, nil)
                    } else {
                        if first > 0 { body(place, first &* channels, nil) }
                        if last > first {
                            body(
                                place &+ first &* channels, (last &- first) &* channels,
                                (line &* input.width &+ left &+ first) &* channels)
                        }
                        if last < width { body(place &+ last &* channels, (width &- last) &* channels, nil) }
                    }
                    place &+= width &* channels
                }
            }
        }
    }
}
