import Spintronics
import TestSupport

/// A table of the folder Reference beside this file.
func referencePoints(_ name: String) throws -> ReferenceTable { try ReferenceTable(name) }

extension FreeLayer {
    /// The layer of the reference points, with the damping of the one table or the other.
    static func reference(damping: Double = 0.02) -> FreeLayer {
        FreeLayer(
            diameterMetres: 40e-9, thicknessMetres: 1.3e-9, saturationAmperesPerMetre: 1.1e6, damping: damping,
            thermalStability: 50, temperatureKelvin: 300)
    }
}
