import Foundation
import Spintronics

/// The tables beside this file, read by the names of their columns.
struct ReferencePoints {
    private let columns: [String: Int]
    private let rows: [[Double]]

    init(_ name: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/\(name).csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        let names = lines[0].split(separator: ",").map(String.init)
        columns = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        rows = try lines.dropFirst().map { line in
            try line.split(separator: ",").map { text in
                guard let value = Double(text) else { throw CocoaError(.fileReadCorruptFile) }
                return value
            }
        }
    }

    var count: Int { rows.count }

    subscript(row: Int, column: String) -> Double {
        guard let index = columns[column] else { preconditionFailure("no column \(column)") }
        return rows[row][index]
    }
}

extension FreeLayer {
    /// The layer of the reference points, with the damping of the one table or the other.
    static func reference(damping: Double = 0.02) -> FreeLayer {
        FreeLayer(
            diameterMetres: 40e-9, thicknessMetres: 1.3e-9, saturationAmperesPerMetre: 1.1e6, damping: damping,
            thermalStability: 50, temperatureKelvin: 300)
    }
}
