import Foundation

/// Where a netlist takes its transistors from; the files stay where they are.
public enum TransistorModels: Hashable, Sendable {
    /// The folder `sky130_fd_pr` of the SkyWater 130 nm models, as scripts/sky130 prints it.
    case sky130(folder: String)
    /// A model card of SPICE's own transistors, with the names of its two models.
    case card(path: String, nmos: String, pmos: String)

    private static let sky130Files = [
        "models/parameters/lod.spice", "models/parameters/invariant.spice",
        "cells/nfet_01v8/sky130_fd_pr__nfet_01v8__mismatch.corner.spice",
        "cells/nfet_01v8/sky130_fd_pr__nfet_01v8__tt.corner.spice",
        "cells/pfet_01v8/sky130_fd_pr__pfet_01v8__mismatch.corner.spice",
        "cells/pfet_01v8/sky130_fd_pr__pfet_01v8__tt.corner.spice",
    ]

    /// The files that a netlist includes.
    var files: [String] {
        switch self {
        case .sky130(let folder): Self.sky130Files.map { folder + "/" + $0 }
        case .card(let path, _, _): [path]
        }
    }

    /// Throws `SensingError.noModels` for the first file that is not there.
    public func check() throws(SensingError) {
        for file in files where !FileManager.default.isReadableFile(atPath: file) { throw .noModels(path: file) }
    }

    /// The lines that make the models known.
    var header: [String] {
        let includes = files.map { ".include \"\($0)\"" }
        switch self {
        // The cells take their sizes in micrometres, and two switches that the whole library would set.
        case .sky130: return [".option scale=1e-6", ".param mc_mm_switch=0 mc_pr_switch=0"] + includes
        case .card: return includes
        }
    }

    /// A transistor's line; the source and the bulk are named by the caller.
    func transistor(
        _ name: String, drain: String, gate: String, source: String, isP: Bool, widthMetres: Double,
        lengthMetres: Double
    ) -> String {
        let nodes = "\(drain) \(gate) \(source) \(isP ? "vdd" : "0")"
        switch self {
        case .sky130:
            let (width, length) = (Self.number(widthMetres * 1e6), Self.number(lengthMetres * 1e6))
            return "X\(name) \(nodes) \(Self.cell(isP)) w=\(width) l=\(length)"
        case .card(_, let nmos, let pmos):
            let (width, length) = (Self.number(widthMetres), Self.number(lengthMetres))
            return "M\(name) \(nodes) \(isP ? pmos : nmos) W=\(width) L=\(length)"
        }
    }

    /// The parameter that shifts a transistor's threshold, as `alter` names it.
    func thresholdShift(_ name: String, isP: Bool) -> String {
        switch self {
        case .sky130: "@m.x\(name).m\(Self.cell(isP))[delvto]"
        case .card: "@m\(name)[delvto]"
        }
    }

    private static func cell(_ isP: Bool) -> String { isP ? "sky130_fd_pr__pfet_01v8" : "sky130_fd_pr__nfet_01v8" }

    /// A number with nine digits at most, as short as it can be.
    static func number(_ value: Double) -> String { String(format: "%.9g", value) }
}
