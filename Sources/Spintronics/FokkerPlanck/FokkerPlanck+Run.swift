import Foundation

extension FokkerPlanck {
    /// All drives after all plateaus on one grid.
    ///
    /// The drives share the rise and the plateau, eight side by side; each plateau's end is then carried through the
    /// fall and the relaxation for itself.
    struct Run {
        private(set) var outcomes: [[Outcome]]
        private let grid: PolarGrid
        private let problem: FokkerPlanck
        /// Steps into which an edge of the pulse is divided, each at the amplitude of its middle.
        private static let stepsOfEdge = 8

        init(
            _ problem: FokkerPlanck, cells: Int, _ drives: [AxialDrive], _ plateaus: [Double], _ rise: Double,
            _ fall: Double, _ relaxation: Double
        ) {
            self.problem = problem
            grid = PolarGrid(cells: cells)
            let nothing = Outcome(switched: 0, remaining: 1, work: 0)
            outcomes = Array(repeating: Array(repeating: nothing, count: plateaus.count), count: drives.count)
            let order = plateaus.indices.sorted { plateaus[$0] < plateaus[$1] }
            let initial = boltzmannMasses()
            for first in stride(from: 0, to: drives.count, by: Lanes.scalarCount) {
                let group = Array(drives[first..<min(first + Lanes.scalarCount, drives.count)])
                var evolution = FokkerPlanckEvolution(
                    grid: grid, masses: initial, rates: rates(group, share: 0), steps: problem.steps)
                follow(group, &evolution, edge: rise, rising: true)
                evolution.change(to: rates(group, share: 1), power: power(group, share: 1))
                var time = 0.0
                for index in order {
                    evolution.advance(by: plateaus[index] - time)
                    time = plateaus[index]
                    var end = evolution
                    follow(group, &end, edge: fall, rising: false)
                    if relaxation > 0 {
                        let still = Array(repeating: AxialDrive.none, count: group.count)
                        end.change(to: rates(still, share: 0), power: nil)
                        end.advance(by: relaxation)
                    }
                    let (switched, remaining, work) = (end.switched, end.remaining, end.work)
                    for lane in group.indices {
                        outcomes[first + lane][index] = Outcome(
                            switched: switched[lane], remaining: remaining[lane], work: work[lane])
                    }
                }
            }
        }

        private func follow(
            _ drives: [AxialDrive], _ evolution: inout FokkerPlanckEvolution, edge: Double, rising: Bool
        ) {
            guard edge > 0 else { return }
            for step in 0..<Self.stepsOfEdge {
                let passed = (Double(step) + 0.5) / Double(Self.stepsOfEdge)
                let share = rising ? passed : 1 - passed
                evolution.change(to: rates(drives, share: share), power: power(drives, share: share))
                evolution.advance(by: edge / Double(Self.stepsOfEdge))
            }
        }

        /// The Boltzmann distribution of the well x > 0, exp(Δ x²), as masses of cells.
        private func boltzmannMasses() -> [Lanes] {
            let weights = grid.centers.indices.map { cell in
                let x = grid.centers[cell]
                return x > 0 ? exp(problem.thermalStability * (x * x - 1)) * grid.widths[cell] : 0
            }
            let total = weights.reduce(0, +)
            return weights.map { Lanes(repeating: $0 / total) }
        }

        private func rates(_ drives: [AxialDrive], share: Double) -> FokkerPlanckOperator {
            FokkerPlanckOperator(grid: grid, thermalStability: problem.thermalStability) { x in
                lanes(drives) { $0.overdrive(x, share) }
            }
        }

        private func power(_ drives: [AxialDrive], share: Double) -> [Lanes]? {
            guard drives.contains(where: { $0.powerWatts != nil }) else { return nil }
            return grid.centers.map { x in lanes(drives) { $0.powerWatts?(x, share) ?? 0 } }
        }

        /// A value of each drive; what lanes are left over repeat the last.
        private func lanes(_ drives: [AxialDrive], _ value: (AxialDrive) -> Double) -> Lanes {
            var lanes = Lanes.zero
            for lane in 0..<Lanes.scalarCount { lanes[lane] = value(drives[min(lane, drives.count - 1)]) }
            return lanes
        }
    }
}
