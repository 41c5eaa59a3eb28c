/// How far a fitted law is from the points that it was fitted to.
public struct FitResidual: Hashable, Sendable {
    /// The law: delay, energy and so on.
    public let law: String
    public let points: Int
    /// Largest and root-mean-square difference, as a part of the point's value.
    public let maximum: Double
    public let rootMeanSquare: Double

    public init(law: String, differences: [Double]) {
        self.law = law
        points = differences.count
        maximum = differences.map(\.magnitude).max() ?? 0
        rootMeanSquare = (differences.reduce(0) { $0 + $1 * $1 } / Double(max(differences.count, 1))).squareRoot()
    }
}

/// Linear least squares of relative differences: minimises Σ (prediction / value − 1)².
enum LeastSquares {
    /// The coefficients of the basis, and the relative differences that are left.
    ///
    /// Method: modified Gram-Schmidt on the columns, each divided by its length. Throws `SensingError.tooFewPoints`
    /// unless there are more points than coefficients. Complexity: points × coefficients².
    static func fit(
        law: String, basis: [[Double]], values: [Double]
    ) throws(SensingError) -> (coefficients: [Double], residual: FitResidual) {
        guard values.count > basis.count else { throw .tooFewPoints(found: values.count, needed: basis.count) }
        let weighted = basis.map { column in zip(column, values).map { $0 / $1 } }
        var rest = [Double](repeating: 1, count: values.count)
        var orthogonal: [[Double]] = []
        var upper: [[Double]] = []
        var projections: [Double] = []
        for column in weighted {
            var vector = column
            var shares: [Double] = []
            for unit in orthogonal {
                let share = dot(unit, vector)
                vector = zip(vector, unit).map { $0 - share * $1 }
                shares.append(share)
            }
            let length = dot(vector, vector).squareRoot()
            let unit = vector.map { $0 / length }
            let projection = dot(unit, rest)
            rest = zip(rest, unit).map { $0 - projection * $1 }
            orthogonal.append(unit)
            upper.append(shares + [length])
            projections.append(projection)
        }
        var coefficients = projections
        for row in basis.indices.reversed() {
            for column in basis.indices where column > row {
                coefficients[row] -= upper[column][row] * coefficients[column]
            }
            coefficients[row] /= upper[row][row]
        }
        return (coefficients, FitResidual(law: law, differences: rest))
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
