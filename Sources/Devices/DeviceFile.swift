import Configuration
import Spintronics

/// Reads a device file: a name, a kind, a summary, and one inline table a parameter with its value and its source.
///
///     name = "my-junction"
///     kind = "stt"
///     summary = "What it is."
///     diameter_m = { value = 40e-9, source = "where the number comes from" }
package enum DeviceFile {
    /// Throws `DeviceFileError` for what is wrong with the file or the device.
    package static func read(
        _ path: String, isInterrupted: () -> Bool = { false }
    ) throws(DeviceFileError) -> JunctionDevice {
        let document: TOMLDocument
        do {
            document = try ConfigurationFile.document(path, isInterrupted: isInterrupted)
        } catch {
            throw .file(error)
        }
        return try device(document, named: path)
    }

    /// The device of a text, `name` standing for the file in messages.
    package static func parse(_ text: String, named name: String) throws(DeviceFileError) -> JunctionDevice {
        let document: TOMLDocument
        do {
            document = try ConfigurationFile.document(Array(text.utf8), named: name)
        } catch {
            throw .file(error)
        }
        return try device(document, named: name)
    }

    private static let words = ["name", "kind", "summary"]
    private static let parts = ["value", "source"]

    private static func device(_ document: TOMLDocument, named file: String) throws(DeviceFileError) -> JunctionDevice {
        var texts: [String: String] = [:]
        var kindPlace: TOMLDocument.Position?
        var numbers: [DeviceParameter: Double] = [:]
        var sources: [DeviceParameter: String] = [:]
        for entry in document.entries {
            guard let key = entry.keys.first else { continue }
            func place(_ position: TOMLDocument.Position) -> ConfigurationError.Place {
                .init(file: file, position: position)
            }
            func wrongValue(_ allowed: String) -> DeviceFileError {
                .file(
                    .value(
                        place(entry.position), key: entry.keyPath, found: entry.value.description, allowed: allowed))
            }
            if words.contains(key.name) {
                guard entry.keys.count == 1, case .string(let text) = entry.value, !text.isEmpty else {
                    throw wrongValue("a text")
                }
                texts[key.name] = text
                if key.name == "kind" { kindPlace = entry.position }
                continue
            }
            guard let parameter = DeviceParameter(rawValue: key.name) else {
                let names = words + DeviceParameter.allCases.map(\.rawValue)
                throw .file(
                    .unknownKey(
                        place(key.position), found: key.name,
                        allowed: "name, kind, summary and the parameters that "
                            + "'hwgen device list --parameters' shows", nearest: nearestName(to: key.name, among: names)
                    ))
            }
            guard entry.keys.count == 2 else { throw wrongValue("{ value = NUMBER, source = \"TEXT\" }") }
            let part = entry.keys[1]
            switch (part.name, entry.value) {
            case ("value", .real(let number)) where number.isFinite: numbers[parameter] = number
            case ("value", .integer(let number)): numbers[parameter] = Double(number)
            case ("value", _):
                throw wrongValue("a number" + (parameter.unit.isEmpty ? "" : " in \(parameter.unit), without its unit"))
            case ("source", .string(let text)) where !text.isEmpty: sources[parameter] = text
            case ("source", _): throw wrongValue("a text that says where the value comes from")
            default:
                throw .file(
                    .unknownKey(
                        place(part.position), found: entry.keyPath, allowed: "value and source",
                        nearest: nearestName(to: part.name, among: parts)))
            }
        }
        return try device(file, texts, kindPlace, numbers, sources)
    }

    private static func device(
        _ file: String, _ texts: [String: String], _ kindPlace: TOMLDocument.Position?,
        _ numbers: [DeviceParameter: Double], _ sources: [DeviceParameter: String]
    ) throws(DeviceFileError) -> JunctionDevice {
        for word in words where texts[word] == nil { throw .absent(file: file, key: word) }
        var values: [DeviceParameter: JunctionDevice.Value] = [:]
        for parameter in DeviceParameter.allCases {
            switch (numbers[parameter], sources[parameter]) {
            case (let number?, let source?): values[parameter] = .init(number, source: source)
            case (nil, nil): break
            case (nil, _?): throw .absent(file: file, key: "\(parameter.rawValue).value")
            case (_?, nil): throw .absent(file: file, key: "\(parameter.rawValue).source")
            }
        }
        let found = texts["kind"] ?? ""
        guard let kind = DeviceKind(rawValue: found) else {
            let kinds = DeviceKind.allCases.map(\.rawValue)
            throw .file(
                .value(
                    .init(file: file, position: kindPlace ?? .init(line: 1, column: 1)), key: "kind", found: found,
                    allowed: kinds.joined(separator: ", ")))
        }
        do {
            return try JunctionDevice(
                name: texts["name"] ?? "", kind: kind, summary: texts["summary"] ?? "", values: values)
        } catch {
            throw .device(file: file, error)
        }
    }
}

/// What is wrong with a device file; one line that names the file.
package enum DeviceFileError: Error, Equatable, Sendable {
    case file(ConfigurationError)
    case absent(file: String, key: String)
    case device(file: String, DeviceError)
}

extension DeviceFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let error): error.description
        case .absent(let file, let key): "\(file): found no \(key), which every device file has"
        case .device(let file, let error): "\(file): \(error)"
        }
    }
}
