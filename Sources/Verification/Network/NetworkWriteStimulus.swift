import Golden

/// Offers a network's rows to the write controller of an engine with pulsed cells, and makes its pulses fail.
struct NetworkWriteStimulus {
    private struct Row {
        var bank: Int
        var address: Int
        var cells: BitRow
        /// The weight plane whose bits it holds.
        var plane: Int
    }

    private var rows: [Row] = []
    private var next = 0
    private var failures: WriteFailureEvents
    private let parameters: Golden.NetworkEngine.Parameters

    /// Nil for an engine of ideal cells.
    ///
    /// Throws `RandomnessError` for a rate outside 0…1.
    init?(_ mapping: NetworkMapping, seed: UInt64, rate: Double) throws {
        parameters = mapping.parameters
        guard parameters.kind.isPulsed else { return nil }
        let writes = parameters.writes
        failures = WriteFailureEvents(
            try WriteChance(
                seed: seed, rate: rate, rows: writes.rows, columns: writes.columns, planes: writes.planes,
                attempts: writes.mostRetries + 1, kind: writes.kind),
            parameters: writes)
        load(mapping)
    }

    /// Begins again, with the rows of a network.
    mutating func load(_ mapping: NetworkMapping) {
        // Rows come in the order of the lists' set bits; a filter without any has one row without a cell.
        let planes = mapping.entries.flatMap { entry in
            entry.rows == 0 ? [0] : (0..<2 * parameters.planes).filter { entry.rows >> $0 & 1 == 1 }.map { $0 >> 1 }
        }
        rows = zip(mapping.rows, planes).map { row, plane in
            Row(bank: row.bank, address: row.address, cells: row.cells, plane: plane)
        }
        // Rows of the same strings are one write when they come together.
        if parameters.kind == .nandSpin { rows.sort { ($0.bank, $0.address) < ($1.bank, $1.address) } }
        next = 0
    }

    /// Puts the next row on the write ports; false when there is none left.
    mutating func offer(_ inputs: inout Golden.NetworkEngine.Inputs, _ twin: Golden.NetworkEngine) -> Bool {
        guard next < rows.count else { return false }
        let row = rows[next]
        inputs.write = true
        (inputs.writeBank, inputs.writeAddress, inputs.writeData) = (row.bank, row.address, row.cells)
        inputs.writes.plane = row.plane
        inputs.writes.last = next + 1 == rows.count
        inputs.writes.retries = parameters.mostRetries
        if twin.isWriteReady(inputs) { next += 1 }
        return true
    }

    /// The failures of the pulse that ends in this cycle; noise where none does.
    mutating func fail(
        _ inputs: inout Golden.NetworkEngine.Inputs, _ twin: Golden.NetworkEngine, _ noise: () -> BitRow
    ) {
        guard let controller = twin.writeController else { return }
        if let masks = failures.masks(controller, cells: { twin.cells(writeAddress: $0) }) {
            inputs.failures = masks
        } else {
            inputs.failures.first = noise()
            inputs.failures.second = noise()
        }
        inputs.writeFail = inputs.failures.first
    }
}
