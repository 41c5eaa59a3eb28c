import Foundation

/// Switching of a perpendicular macrospin by the one-dimensional Fokker-Planck equation: the reference of all other
/// methods, without chance and without approximation beyond its grid.
///
/// Law: the density of x = cos θ starts as the Boltzmann distribution of the well x > 0 and drifts and diffuses as
/// `FokkerPlanckOperator` says; the probability of having switched is the mass at x < 0. The equation is exact for a
/// macrospin whose fields and torques are symmetric about the axis.
///
/// The error of the grid falls with the square of the cell; it is solved on two grids and the logarithm of the odds is
/// extrapolated, so that small probabilities on either side keep their relative precision. Times are in units of
/// τD = 1 / `FreeLayer.relaxationPerSecond`. Eight drives are solved side by side at the price of one.
public struct FokkerPlanck: Sendable {
    typealias Lanes = FokkerPlanckOperator.Lanes

    public let thermalStability: Double
    /// Cells of the finer grid; the coarser has half as many.
    public let cells: Int
    let steps: FokkerPlanckEvolution.Steps

    /// A multiple of 4 for `cells`; 1,000 give five digits of a probability and a percent at 1e-9.
    public init(thermalStability: Double, cells: Int = 1000) {
        self.init(thermalStability: thermalStability, cells: cells, steps: .init(first: 2e-3, largest: 0.04))
    }

    init(thermalStability: Double, cells: Int, steps: FokkerPlanckEvolution.Steps) {
        self.thermalStability = thermalStability
        self.cells = cells
        self.steps = steps
    }

    /// A pulse and what follows it, in τD.
    public struct Times: Hashable, Sendable {
        public var rise = 0.0
        /// Time at full amplitude.
        public var plateau: Double
        public var fall = 0.0
        /// Time without current between the pulse and the look at x.
        public var relaxation = 0.0

        public init(rise: Double = 0, plateau: Double, fall: Double = 0, relaxation: Double = 0) {
            self.rise = rise
            self.plateau = plateau
            self.fall = fall
            self.relaxation = relaxation
        }
    }

    /// Probability and energy of each drive (outer) after each plateau (inner) between the given edges.
    ///
    /// The energy is ∫⟨power⟩ dτ, in watts times τD: the caller multiplies by τD in seconds. Complexity:
    /// O(cells · total time), for each group of eight drives.
    public func outcomes(
        drives: [AxialDrive], plateaus: [Double], rise: Double = 0, fall: Double = 0, relaxation: Double = 0
    ) -> [[Outcome]] {
        let coarse = Run(self, cells: cells / 2, drives, plateaus, rise, fall, relaxation).outcomes
        let fine = Run(self, cells: cells, drives, plateaus, rise, fall, relaxation).outcomes
        return zip(coarse, fine).map { zip($0, $1).map { Outcome(coarse: $0, fine: $1) } }
    }

    /// What is left at the end of one pulse under one drive.
    public struct Outcome: Hashable, Sendable {
        public var switched: Double
        public var remaining: Double
        public var work: Double

        init(switched: Double, remaining: Double, work: Double) {
            self.switched = switched
            self.remaining = remaining
            self.work = work
        }

        /// Richardson's extrapolation of a quantity whose error falls with the square of the cell, to no cell at all.
        init(coarse: Outcome, fine: Outcome) {
            func odds(_ outcome: Outcome) -> Double { log(outcome.switched) - log(outcome.remaining) }
            let extrapolated = odds(fine) + (odds(fine) - odds(coarse)) / 3
            // Where a side is empty to the last bit there are no odds to extrapolate.
            if extrapolated.isFinite {
                switched = 1 / (1 + exp(-extrapolated))
                remaining = 1 / (1 + exp(extrapolated))
            } else {
                // Rounding leaves less than nothing at times.
                (switched, remaining) = (max(fine.switched, 0), max(fine.remaining, 0))
            }
            work = fine.work + (fine.work - coarse.work) / 3
        }
    }
}
