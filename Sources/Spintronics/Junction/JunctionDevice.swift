import Foundation

/// A device as its file describes it: numbers with their sources, checked to belong together.
///
/// Values hold at the reference temperature where laws of temperature are given; `junction()` is the device at its
/// temperature.
public struct JunctionDevice: Hashable, Sendable {
    /// A number and where it comes from.
    public struct Value: Hashable, Sendable {
        public var number: Double
        public var source: String

        public init(_ number: Double, source: String) {
            self.number = number
            self.source = source
        }
    }

    public let name: String
    public let kind: DeviceKind
    /// What the device is, a sentence.
    public let summary: String
    public private(set) var values: [DeviceParameter: Value]

    /// A device of the values; throws `DeviceError` for the first that is absent, out of range or contradicts another.
    public init(name: String, kind: DeviceKind, summary: String, values: [DeviceParameter: Value]) throws(DeviceError) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.values = values
        try check()
    }

    /// The device with one number changed; the anisotropy follows whichever of its two descriptions is set.
    public func setting(_ parameter: DeviceParameter, to number: Double) throws(DeviceError) -> JunctionDevice {
        var values = values
        values[parameter] = Value(number, source: "set by the user")
        if parameter == .thermalStability { values[.anisotropyField] = nil }
        if parameter == .anisotropyField { values[.thermalStability] = nil }
        return try JunctionDevice(name: name, kind: kind, summary: summary, values: values)
    }

    /// Thermal stability below which a bit is not kept: at 20 it lives about 0.1 s.
    public static let leastNonVolatileStability = 20.0

    public subscript(parameter: DeviceParameter) -> Double? { values[parameter]?.number }

    private static let stripParameters: [DeviceParameter] = [
        .spinHallAngle, .fieldLikeRatio, .inPlaneField, .stripLength, .stripWidth, .stripThickness,
        .stripResistivity, .junctionsPerString,
    ]

    private func check() throws(DeviceError) {
        for parameter in DeviceParameter.allCases {
            if let found = self[parameter], !parameter.allowed.contains(found) {
                throw .outOfRange(parameter, device: name, found: found)
            }
        }
        for parameter in kind.needed where self[parameter] == nil {
            throw .absent(parameter, device: name, needed: "devices of kind '\(kind.rawValue)' have it")
        }
        for parameter in Self.stripParameters where !kind.hasStrip && self[parameter] != nil {
            throw .superfluous(parameter, device: name, kind: kind)
        }
        if kind != .nandSpin, self[.junctionsPerString] != nil {
            throw .superfluous(.junctionsPerString, device: name, kind: kind)
        }
        guard self[.thermalStability] != nil || self[.anisotropyField] != nil else {
            throw .absent(.thermalStability, device: name, needed: "it or anisotropy_field_a_per_m")
        }
        if kind != .sot, self[.polarization] == nil, self[.magnetoresistance] == nil {
            throw .absent(.polarization, device: name, needed: "it or tmr, from which it follows")
        }
        if self[.magnetoresistance] != nil, self[.resistanceArea] == nil {
            throw .absent(.resistanceArea, device: name, needed: "a device with tmr has it")
        }
        if let stability = self[.thermalStability], let field = self[.anisotropyField] {
            let fromField = try layerAtReference(anisotropyField: field).thermalStability
            guard abs(fromField / stability - 1) <= 0.01 else {
                throw .contradictory(device: name, thermalStability: stability, fromField: fromField)
            }
        }
        _ = try junction()
    }

    /// The layer at the temperature at which the values hold.
    private func layerAtReference(anisotropyField: Double? = nil) throws(DeviceError) -> FreeLayer {
        let temperature = self[.referenceTemperature] ?? self[.temperature] ?? 300
        let layer = FreeLayer(
            diameterMetres: self[.diameter] ?? 0, thicknessMetres: self[.thickness] ?? 0,
            saturationAmperesPerMetre: self[.saturation] ?? 0, damping: self[.damping] ?? 0,
            thermalStability: self[.thermalStability] ?? 1, temperatureKelvin: temperature)
        guard let field = anisotropyField ?? (self[.thermalStability] == nil ? self[.anisotropyField] : nil) else {
            return layer
        }
        var withField = layer
        withField.anisotropyFieldAmperesPerMetre = field
        return withField
    }

    /// The device at its temperature.
    ///
    /// Laws: Ms follows Bloch's 1 − (T/Tc)^1.5; the anisotropy field changes by its slope where that is given, and
    /// otherwise the energy barrier follows a power of Ms (Callen and Callen, J. Phys. Chem. Solids 27, 1271, 1966);
    /// the electrodes' polarisation falls as 1 − B T^1.5 and TMR = 2P²/(1 − P²) with it (Shang et al., Phys. Rev. B 58,
    /// R2917, 1998; Julliere, Phys. Lett. A 54, 225, 1975). Without their parameters nothing depends on temperature but
    /// kB T.
    public func junction() throws(DeviceError) -> Junction {
        var layer = try layerAtReference()
        let reference = layer.temperatureKelvin
        let temperature = self[.temperature] ?? reference
        let barrier = layer.energyBarrierJoules
        layer.temperatureKelvin = temperature
        if let curie = self[.curieTemperature] {
            guard temperature < curie, reference < curie else {
                throw .aboveCurie(device: name, temperatureKelvin: max(temperature, reference), curieKelvin: curie)
            }
            let share = (1 - pow(temperature / curie, 1.5)) / (1 - pow(reference / curie, 1.5))
            layer.saturationAmperesPerMetre *= share
            if self[.anisotropySlope] == nil {
                let exponent = self[.barrierExponent] ?? 1
                layer.anisotropyFieldAmperesPerMetre *= barrier * pow(share, exponent) / layer.energyBarrierJoules
            }
        }
        if let slope = self[.anisotropySlope] {
            layer.anisotropyFieldAmperesPerMetre += slope * (temperature - reference)
            guard layer.anisotropyFieldAmperesPerMetre > 0 else {
                throw .notPerpendicular(device: name, temperatureKelvin: temperature)
            }
        }
        let resistance = try resistance(area: layer.areaSquareMetres, reference: reference, temperature: temperature)
        return Junction(
            layer: layer, polarization: polarization(resistance), asymmetry: self[.asymmetry] ?? 1,
            resistance: resistance, strip: strip)
    }

    private func resistance(
        area: Double, reference: Double, temperature: Double
    ) throws(DeviceError) -> JunctionResistance? {
        guard let resistanceArea = self[.resistanceArea], let atReference = self[.magnetoresistance] else { return nil }
        var magnetoresistance = atReference
        if let decay = self[.polarizationDecay] {
            let hottest = max(reference, temperature)
            guard decay * pow(hottest, 1.5) < 1 else {
                throw .notPolarized(device: name, temperatureKelvin: hottest)
            }
            let square = atReference / (2 + atReference)
            let share = (1 - decay * pow(temperature, 1.5)) / (1 - decay * pow(reference, 1.5))
            let cooled = square * share * share
            magnetoresistance = 2 * cooled / (1 - cooled)
        }
        return JunctionResistance(
            parallelOhms: resistanceArea / area, magnetoresistance: magnetoresistance,
            halfVolts: self[.halfVoltage] ?? .infinity)
    }

    /// Where it is not given, the efficiency that a magnetoresistance implies, √(TMR (TMR + 2)) / (2 (TMR + 1)); source:
    /// Slonczewski, Phys. Rev. B 71, 024411 (2005), as the SPINLIB models use it.
    private func polarization(_ resistance: JunctionResistance?) -> Double? {
        if let given = self[.polarization] { return given }
        guard let tmr = resistance?.magnetoresistance else { return nil }
        return (tmr * (tmr + 2)).squareRoot() / (2 * (tmr + 1))
    }

    private var strip: HeavyMetalStrip? {
        guard kind.hasStrip else { return nil }
        return HeavyMetalStrip(
            spinHallAngle: self[.spinHallAngle], fieldLikeRatio: self[.fieldLikeRatio] ?? 0,
            inPlaneFieldOverAnisotropy: self[.inPlaneField] ?? 0,
            lengthMetres: self[.stripLength],
            widthMetres: self[.stripWidth], thicknessMetres: self[.stripThickness],
            resistivityOhmMetres: self[.stripResistivity])
    }
}
