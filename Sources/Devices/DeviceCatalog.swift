import Spintronics

/// The devices that come with hwgen, each described by a text in the format of device files.
package enum DeviceCatalog {
    /// Names in the order in which they are listed.
    package static let names = texts.map(\.name)

    private static let texts: [(name: String, text: String)] = [
        ("reference-stt", referenceSTT), ("reference-sot", referenceSOT),
        ("spinlib-stt", spinlibSTT), ("spinlib-stt-manual", spinlibSTTManual), ("spinlib-sot", spinlibSOT),
        ("retention-stt", retentionSTT), ("nand-spin-8", nandSpin8),
    ]

    /// The text of a device; nil for a name that is not in `names`.
    package static func text(_ name: String) -> String? {
        texts.first { $0.name == name }?.text
    }

    /// The device of a name; nil for a name that is not in `names`.
    package static func device(_ name: String) throws(DeviceFileError) -> JunctionDevice? {
        guard let text = text(name) else { return nil }
        return try DeviceFile.parse(text, named: "\(name).toml")
    }
}
