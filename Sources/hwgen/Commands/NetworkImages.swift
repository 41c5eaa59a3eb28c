import Learning
import Network
import Tools
import Verification

/// The images that a command runs through a network: of a data set, with labels, or codes from a file.
struct NetworkImages {
    let features: Int
    let codes: [UInt8]
    let labels: [UInt8]?
    var count: Int { codes.count / features }

    /// The codes of an image.
    func image(_ number: Int) -> [UInt8] { Array(codes[number * features..<(number + 1) * features]) }

    static let options = [
        OptionSpecification("images", .integer(1...1_000_000), default: "100", help: "images to run"),
        OptionSpecification(
            "codes", .text, placeholder: "FILE",
            help: "images as bytes, a code each, one image after the other, without labels"),
        OptionSpecification(
            "data", .keyValue, placeholder: "NAME=DIR", defaultNote: "fashion-mnist, Debian's package",
            help: "test images of a data set, 'fashion-mnist' or 'cifar10', and the folder of its published files"),
    ]

    init(_ command: ParsedCommand, for network: QuantizedNetwork) throws {
        try OptionConflict.refuse("data", in: command, if: command.isGiven("codes"), "with --codes")
        let wanted = try command.integer("images")
        features = network.input.features
        if let path = command.optionalText("codes") {
            let bytes = [UInt8](try readFile(path))
            guard !bytes.isEmpty, bytes.count.isMultiple(of: features) else {
                throw NetworkImagesError.codes(path, bytes: bytes.count, features: features)
            }
            if let bad = bytes.firstIndex(where: { $0 > network.input.largestCode }) {
                throw NetworkImagesError.code(
                    path, offset: bad, found: bytes[bad], largest: network.input.largestCode)
            }
            codes = Array(bytes.prefix(wanted * features))
            labels = nil
            return
        }
        let data = command.pairs("data").last
        let name = data?.key ?? "fashion-mnist"
        let set: ImageSet =
            switch (name, data) {
            case ("cifar10", let data?): try CIFAR10.loadTest(directory: data.value)
            case ("fashion-mnist", _): try FashionMNIST.loadTest(directory: data?.value)
            default: throw NetworkImagesError.dataSet(name)
            }
        guard set.features == features else {
            throw NetworkImagesError.inputs(found: features, images: set.features, dataSet: name)
        }
        let images = ActivationSet(set.prefix(wanted), bits: network.input.bits)
        (codes, labels) = (images.codes, images.labels)
    }
}

/// Images that do not suit a network.
enum NetworkImagesError: Error, Equatable, CustomStringConvertible {
    case inputs(found: Int, images: Int, dataSet: String)
    case codes(String, bytes: Int, features: Int)
    case code(String, offset: Int, found: UInt8, largest: Int)
    case dataSet(String)

    var description: String {
        switch self {
        case .inputs(let found, let images, let dataSet):
            "the network takes \(found) inputs, an image of \(dataSet) has \(images); give images with --codes or --data"
        case .codes(let path, let bytes, let features):
            "\(path): found \(bytes) bytes, allowed multiples of the network's \(features) inputs"
        case .code(let path, let offset, let found, let largest):
            "\(path): byte \(offset): found code \(found), allowed 0 to \(largest)"
        case .dataSet(let name):
            "--data: found data set '\(name)', allowed fashion-mnist, cifar10"
        }
    }
}
