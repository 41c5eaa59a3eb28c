import Configuration
package import Sensing

/// Reads an amplifier file, as `hwgen device calibrate` writes it: a name, a source, and one number a line.
package enum AmplifierFile {
    /// Throws `AmplifierFileError` for what is wrong with the file or its numbers.
    package static func read(
        _ path: String, isInterrupted: () -> Bool = { false }
    ) throws(AmplifierFileError) -> AmplifierTechnology {
        do {
            return try amplifier(ConfigurationFile.document(path, isInterrupted: isInterrupted), named: path)
        } catch let error as ConfigurationError {
            throw .file(error)
        } catch let error as SensingError {
            throw .amplifier(file: path, error)
        } catch let error as AmplifierFileError {
            throw error
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private static let words = ["name", "source"]

    private static func amplifier(_ document: TOMLDocument, named file: String) throws -> AmplifierTechnology {
        let names = words + AmplifierTechnology.parameters.map(\.name)
        var texts: [String: String] = [:]
        var numbers: [String: Double] = [:]
        for entry in document.entries {
            guard let key = entry.keys.first else { continue }
            func place(_ position: TOMLDocument.Position) -> ConfigurationError.Place {
                .init(file: file, position: position)
            }
            guard entry.keys.count == 1, names.contains(key.name) else {
                throw ConfigurationError.unknownKey(
                    place(key.position), found: entry.keyPath, allowed: "name, source and an amplifier's numbers",
                    nearest: nearestName(to: key.name, among: names))
            }
            let isText = words.contains(key.name)
            switch entry.value {
            case .string(let text) where isText && !text.isEmpty: texts[key.name] = text
            case .real(let number) where !isText && number.isFinite: numbers[key.name] = number
            case .integer(let number) where !isText: numbers[key.name] = Double(number)
            default:
                throw ConfigurationError.value(
                    place(entry.position), key: key.name, found: entry.value.description,
                    allowed: isText ? "a text" : "a number")
            }
        }
        for word in words where texts[word] == nil {
            throw AmplifierFileError.absent(file: file, key: word)
        }
        return try AmplifierTechnology(
            name: texts["name"] ?? "", source: texts["source"] ?? "", numbers: numbers)
    }
}

/// What is wrong with an amplifier file; one line that names the file.
package enum AmplifierFileError: Error, Equatable, Sendable, CustomStringConvertible {
    case file(ConfigurationError)
    case absent(file: String, key: String)
    case amplifier(file: String, SensingError)

    package var description: String {
        switch self {
        case .file(let error): error.description
        case .absent(let file, let key): "\(file): found no \(key), which every amplifier file has"
        case .amplifier(let file, let error): "\(file): \(error)"
        }
    }
}
