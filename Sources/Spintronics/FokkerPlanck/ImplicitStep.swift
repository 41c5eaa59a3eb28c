/// (1 − h A)⁻¹ for the tridiagonal operator A of a `FokkerPlanckOperator`, factored once and applied to many masses.
///
/// Law: it solves m − h A m = r. Every number in the elimination is a sum of products of positive numbers, so a
/// positive right side gives a positive result whose entries, however small, each are right to a few roundings a cell;
/// the sum of masses is kept. Source: elimination without subtraction, Grassmann, Taksar and Heyman, Oper. Res. 33,
/// 1107 (1985). Complexity: O(cells) to factor and to apply.
struct ImplicitStep {
    typealias Lanes = FokkerPlanckOperator.Lanes

    /// Coefficients of one cell's equation after elimination.
    struct Row {
        /// Of the right side.
        var inverse = Lanes.zero
        /// Of the cell below, on the way up.
        var lower = Lanes.zero
        /// Of the cell above, on the way down.
        var upper = Lanes.zero
    }

    let rows: [Row]

    init(_ rates: FokkerPlanckOperator, h: Double) {
        let cells = rates.up.count + 1
        var rows = Array(repeating: Row(), count: cells)
        // The pivot of a row without the flow up to the next cell.
        var kept = Lanes(repeating: 1)
        for cell in 0..<cells {
            if cell > 0 { kept = 1 + h * rates.down[cell - 1] * kept * rows[cell - 1].inverse }
            let upward = cell < cells - 1 ? h * rates.up[cell] : .zero
            let inverse = 1 / (kept + upward)
            rows[cell].inverse = inverse
            if cell > 0 { rows[cell].lower = h * rates.up[cell - 1] * inverse }
            if cell < cells - 1 { rows[cell].upper = h * rates.down[cell] * inverse }
        }
        self.rows = rows
    }
}
