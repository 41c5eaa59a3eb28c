/// Interpolation that is smooth and never leaves the range of its neighbours: monotone data give a monotone curve.
///
/// Source: Steffen, Astron. Astrophys. 239, 443 (1990).
enum MonotoneCubic {
    /// The index of the interval of ascending `nodes` that holds `x`, 0 … count − 2, for x inside them. O(log count).
    static func interval(_ x: Double, in nodes: [Double]) -> Int {
        var low = 0
        var high = nodes.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if nodes[middle] <= x { low = middle } else { high = middle }
        }
        return low
    }

    /// The value at `x` in the interval that begins at `index`; `value(k)` is that of node k and is asked for
    /// index − 1 … index + 2 as far as these exist.
    static func value(at x: Double, interval index: Int, nodes: [Double], value: (Int) -> Double) -> Double {
        let h = nodes[index + 1] - nodes[index]
        let (left, right) = (value(index), value(index + 1))
        let secant = (right - left) / h
        let before = index > 0 ? (left - value(index - 1)) / (nodes[index] - nodes[index - 1]) : nil
        let after = index + 2 < nodes.count ? (value(index + 2) - right) / (nodes[index + 2] - nodes[index + 1]) : nil
        let leftSlope: Double
        let rightSlope: Double
        if let before {
            leftSlope = innerSlope(before, nodes[index] - nodes[index - 1], secant, h)
        } else {
            leftSlope = endSlope(secant, h, after, index + 2 < nodes.count ? nodes[index + 2] - nodes[index + 1] : 0)
        }
        if let after {
            rightSlope = innerSlope(secant, h, after, nodes[index + 2] - nodes[index + 1])
        } else {
            rightSlope = endSlope(secant, h, before, index > 0 ? nodes[index] - nodes[index - 1] : 0)
        }
        let t = x - nodes[index]
        let cubic = (leftSlope + rightSlope - 2 * secant) / (h * h)
        let square = (3 * secant - 2 * leftSlope - rightSlope) / h
        return ((cubic * t + square) * t + leftSlope) * t + left
    }

    /// Slope at a node from the secants to either side of it: that of the parabola, held where it would overshoot.
    private static func innerSlope(_ before: Double, _ hBefore: Double, _ after: Double, _ hAfter: Double) -> Double {
        guard before * after > 0 else { return 0 }
        let parabola = (before * hAfter + after * hBefore) / (hBefore + hAfter)
        let limit = min(abs(before), abs(after), abs(parabola) / 2)
        return before > 0 ? 2 * limit : -2 * limit
    }

    /// Slope at the first or last node from the secant beside it and the next one, if there is one.
    private static func endSlope(_ near: Double, _ hNear: Double, _ far: Double?, _ hFar: Double) -> Double {
        guard let far else { return near }
        let parabola = near * (1 + hNear / (hNear + hFar)) - far * hNear / (hNear + hFar)
        if parabola * near <= 0 { return 0 }
        return abs(parabola) > 2 * abs(near) ? 2 * near : parabola
    }
}
