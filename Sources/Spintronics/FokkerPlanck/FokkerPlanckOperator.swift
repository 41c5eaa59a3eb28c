import Foundation

/// The rates at which probability moves between neighbouring cells, for eight currents at a time.
///
/// Law: x = cos θ of a perpendicular macrospin under a current of overdrive i drifts by (1 − x²)(x − i) and diffuses by
/// (1 − x²)/(2Δ) in units of the relaxation time, and no probability leaves −1…1. So in cell masses
/// dm[k]/dτ = F[k−1] − F[k] with the flux F[k] = up[k] m[k] − down[k] m[k+1] through the face between k and k + 1.
///
/// The flux is the exact one of constant drift and diffusion between two centres (Scharfetter and Gummel, IEEE Trans.
/// Electron Devices 16, 64, 1969). Source of the equation: Brown, Phys. Rev. 130, 1677 (1963), with the damping-like
/// torque of a current along the axis as in Butler et al., IEEE Trans. Magn. 48, 4684 (2012).
struct FokkerPlanckOperator {
    typealias Lanes = SIMD8<Double>

    /// Rate from cell k to k + 1, in 1/τD; cells − 1 of them.
    private(set) var up: [Lanes]
    /// Rate from cell k + 1 to k.
    private(set) var down: [Lanes]

    /// The operator for an overdrive at each face, `overdrive(x)` giving all lanes.
    init(grid: PolarGrid, thermalStability: Double, overdrive: (Double) -> Lanes) {
        up = Array(repeating: .zero, count: grid.cells - 1)
        down = up
        for face in 0..<grid.cells - 1 {
            let x = grid.edges[face + 1]
            let distance = grid.centers[face + 1] - grid.centers[face]
            // The factor 1 − x² stands in drift and diffusion alike and leaves their ratio.
            let peclet = 2 * thermalStability * distance * (Lanes(repeating: x) - overdrive(x))
            let diffusion = (1 - x * x) / (2 * thermalStability * distance)
            for lane in 0..<Lanes.scalarCount {
                up[face][lane] = diffusion * Self.bernoulli(-peclet[lane]) / grid.widths[face]
                down[face][lane] = diffusion * Self.bernoulli(peclet[lane]) / grid.widths[face + 1]
            }
        }
    }

    /// z / (exp z − 1), 1 at z = 0.
    private static func bernoulli(_ z: Double) -> Double {
        abs(z) < 1e-9 ? 1 - z / 2 : z / expm1(z)
    }
}
