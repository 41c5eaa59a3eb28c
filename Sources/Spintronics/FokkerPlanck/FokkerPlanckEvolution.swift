/// Eight probability distributions over x = cos θ that evolve side by side, each under its own current.
///
/// Law: the masses obey dm/dτ = A m with the operator A of the present currents. They are advanced by the L-stable
/// diagonally implicit Runge-Kutta method of order 4 of Hairer and Wanner, "Solving Ordinary Differential Equations II"
/// (1996), table IV.6.5: five solutions with the same matrix a step. After a change of current the steps begin small
/// and double, since the distribution first moves fast.
///
/// Energy: where a power is given for each cell, ∫ Σ power · m dτ is summed by the same method.
struct FokkerPlanckEvolution {
    typealias Lanes = FokkerPlanckOperator.Lanes

    /// Steps in τD: the first after a change of current, the largest, and how many of one size follow each other. Far
    /// from the change, where the distribution only decays slowly as a whole, a step may be a share of the time passed,
    /// and five times that share beyond 100 τD, where a drive above 1 has left nothing to decay.
    struct Steps: Hashable, Sendable {
        var first = 1e-3
        var largest = 0.02
        var repeats = 10
        var shareOfTime = 0.01
    }

    let grid: PolarGrid
    let steps: Steps
    private(set) var masses: [Lanes]
    /// ∫ Σ power · m dτ since the start.
    private(set) var work = Lanes.zero

    private var rates: FokkerPlanckOperator
    private var power: [Lanes]?
    private var factored: (h: Double, solver: ImplicitStep)?
    /// Steps, and time, since the current last changed.
    private var taken = 0
    private var passed = 0.0
    /// Slopes of the stages, times the step, one stage after the other; and the values of the stage in work.
    private var slopes: [Lanes]
    private var values: [Lanes]

    init(grid: PolarGrid, masses: [Lanes], rates: FokkerPlanckOperator, steps: Steps = Steps()) {
        self.grid = grid
        self.steps = steps
        self.masses = masses
        self.rates = rates
        slopes = Array(repeating: .zero, count: Self.count * grid.cells)
        values = Array(repeating: .zero, count: grid.cells)
    }

    /// Goes on under other currents; `power` in watts at each cell's centre, if energy is asked for.
    mutating func change(to rates: FokkerPlanckOperator, power: [Lanes]? = nil) {
        self.rates = rates
        self.power = power
        factored = nil
        taken = 0
        passed = 0
    }

    /// Probability of x < 0 in each lane.
    var switched: Lanes {
        masses[..<grid.middle].reduce(.zero, +)
    }

    /// Probability of x > 0, summed for itself, so that a small one keeps its digits.
    var remaining: Lanes {
        masses[grid.middle...].reduce(.zero, +)
    }

    /// Advances all lanes by a time in τD.
    mutating func advance(by duration: Double) {
        var left = duration
        while left > 0 {
            let wanted = stepSize
            // The last few steps share what is left, so that the time is met without a sliver.
            let share = left / wanted
            let h = share <= Double(steps.repeats) ? left / share.rounded(.up) : wanted
            step(h)
            taken += 1
            passed += h
            left = h >= left ? 0 : left - h
        }
    }

    private var stepSize: Double {
        let share = passed < 100 ? steps.shareOfTime : 5 * steps.shareOfTime
        let largest = max(steps.largest, share * passed)
        var size = steps.first
        var doublings = taken / steps.repeats
        while doublings > 0, 2 * size <= largest {
            size *= 2
            doublings -= 1
        }
        return size
    }

    // The method's coefficients, row by row below the diagonal; the last row is also that of the weights.
    private static let diagonal = 0.25
    private static let count = 5
    private static let coefficients: [[Double]] = [
        [],
        [1 / 2],
        [17 / 50, -1 / 25],
        [371 / 1360, -137 / 2720, 15 / 544],
        [25 / 24, -49 / 48, 125 / 16, -85 / 12],
    ]

    private mutating func step(_ h: Double) {
        let solver: ImplicitStep
        if let factored, factored.h == h {
            solver = factored.solver
        } else {
            solver = ImplicitStep(rates, h: Self.diagonal * h)
            factored = (h, solver)
        }
        for stage in 0..<Self.count {
            let energy = solve(stage, with: solver.rows)
            let isLast = stage == Self.count - 1
            work += (isLast ? Self.diagonal : Self.coefficients[Self.count - 1][stage]) * h * energy
        }
    }

    /// Solves one stage and leaves its slope, times h, in `slopes`, or the new masses after the last; returns its power.
    ///
    /// One pass up forms the right side, masses plus what the earlier slopes add, and eliminates; one pass down
    /// substitutes and takes the slope as (value − right side) / diagonal.
    private mutating func solve(_ stage: Int, with rows: [ImplicitStep.Row]) -> Lanes {
        let cells = grid.cells
        let factors = Self.coefficients[stage]
        let isLast = stage == Self.count - 1
        var energy = Lanes.zero
        rows.withUnsafeBufferPointer { rows in
            slopes.withUnsafeMutableBufferPointer { slopes in
                values.withUnsafeMutableBufferPointer { values in
                    masses.withUnsafeMutableBufferPointer { masses in
                        let rightSide = slopes.baseAddress! + stage * cells
                        var below = Lanes.zero
                        for cell in 0..<cells {
                            var sum = masses[cell]
                            for earlier in 0..<stage { sum += factors[earlier] * slopes[earlier * cells + cell] }
                            rightSide[cell] = sum
                            below = sum * rows[cell].inverse + rows[cell].lower * below
                            values[cell] = below
                        }
                        var above = Lanes.zero
                        for cell in stride(from: cells - 1, through: 0, by: -1) {
                            above = values[cell] + rows[cell].upper * above
                            rightSide[cell] = (above - rightSide[cell]) * (1 / Self.diagonal)
                            if isLast { masses[cell] = above } else { values[cell] = above }
                        }
                        if let power {
                            let solved = isLast ? masses : values
                            for cell in 0..<cells { energy += power[cell] * solved[cell] }
                        }
                    }
                }
            }
        }
        return energy
    }
}
