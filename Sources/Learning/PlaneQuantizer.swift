/// Rounds real weights to the magnitudes that the kept planes of a group can hold.
struct PlaneQuantizer: Sendable {
    /// Magnitude bit-planes.
    let planes: Int
    /// The largest magnitude, 2^planes − 1.
    let largest: Int
    /// For each set of planes and each bin of half a unit, the nearest allowed magnitude.
    private let nearest: [UInt8]
    private let bins: Int

    init(planes: Int) {
        self.planes = planes
        largest = 1 << planes - 1
        bins = 2 * largest + 2
        var table: [UInt8] = []
        for set in 0...largest {
            let levels = (0...largest).filter { $0 & ~set == 0 }
            for bin in 0..<bins {
                // Midpoints between whole numbers lie on the bins' edges, so a bin's centre decides for all of it.
                let centre = Double(bin) / 2 + 0.25
                let best = levels.min { abs(Double($0) - centre) < abs(Double($1) - centre) } ?? 0
                table.append(UInt8(best))
            }
        }
        nearest = table
    }

    /// The allowed magnitude nearest to `magnitude` (in steps, not negative); midway the larger one.
    @inline(__always)
    func nearest(to magnitude: Float, in set: UInt8) -> UInt8 {
        let bin = min(Int(magnitude * 2), bins - 1)
        return nearest[Int(set) * bins + bin]
    }

    /// The integer weight nearest to `weight` (in steps) under the mask; a forbidden sign gives zero.
    @inline(__always)
    func code(of weight: Float, chunk: Int, output: Int, mask: RowMask) -> Int {
        let negative = weight < 0
        let group = mask.geometry.group(chunk: chunk, output: output, sign: negative ? 1 : 0)
        let magnitude = Int(nearest(to: abs(weight), in: mask.planes[group]))
        return negative ? -magnitude : magnitude
    }
}
