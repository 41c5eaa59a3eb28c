import Foundation
import Hashing
import Network
import Testing

@Suite("Network file")
struct NetworkFileTests {
    static func small() throws -> QuantizedNetwork {
        try QuantizedNetwork(
            name: "small", input: .init(features: 3, bits: 4),
            layers: [
                .fullyConnected(
                    .init(
                        inputs: 3, outputs: 2, weightBits: 4, weights: [7, -7, 0, 1, -2, 3],
                        bias: [-70_000, Int32.max - 700]))
            ],
            training: ["seed": "1", "recipe": "by/hand \"é\"", "accuracy": "0.5"])
    }

    /// The message of decoding bytes as the file `net`, or an empty text.
    static func message(_ bytes: [UInt8]) -> String {
        do throws(NetworkFileError) {
            _ = try QuantizedNetwork(bytes: bytes, fileName: "net")
            return ""
        } catch { return error.description }
    }

    /// A file with a header of any text, and a right checksum.
    static func sealed(header: String, payload: [UInt8], version: UInt8 = 1) -> [UInt8] {
        let text = Array(header.utf8)
        var bytes = Array("HWGENNET".utf8) + [version, 0, 0, 0]
        bytes += [UInt8(text.count & 255), UInt8(text.count >> 8), 0, 0] + text + payload
        return bytes + sha256Digest(bytes)
    }

    /// The small network's file with a text of its header replaced.
    static func edited(_ old: String, _ new: String, payload edit: ([UInt8]) -> [UInt8] = { $0 }) throws -> [UInt8] {
        let bytes = try small().encoded()
        let length = Int(bytes[12]) + Int(bytes[13]) << 8
        let header = String(decoding: bytes[16..<16 + length], as: UTF8.self)
        #expect(header.contains(old))
        return sealed(
            header: header.replacingOccurrences(of: old, with: new),
            payload: edit(Array(bytes[(16 + length)..<(bytes.count - 32)])))
    }

    @Test("a network comes back from its bytes and from its file")
    func roundTrip() throws {
        let network = try Self.small()
        #expect(try QuantizedNetwork(bytes: network.encoded(), fileName: "net") == network)
        let path = try temporaryFile([])
        defer { try? FileManager.default.removeItem(atPath: path) }
        try network.write(to: path)
        #expect(try QuantizedNetwork(contentsOf: path) == network)
    }

    @Test("the layout is the documented one, byte for byte")
    func layout() throws {
        let header =
            #"{"input":{"bits":4,"features":3},"layers":[{"bias":{"bytes":8,"offset":6,"type":"int32"},"inputs":3,"#
            + #""kind":"fully-connected","outputs":2,"weightBits":4,"weightEncoding":"sign-magnitude","#
            + #""weights":{"bytes":6,"offset":0,"type":"int8"}}],"name":"small","#
            + #""training":{"accuracy":"0.5","recipe":"by/hand \"é\"","seed":"1"}}"#
        let payload: [UInt8] = [7, 0xF9, 0, 1, 0xFE, 3, 0x90, 0xEE, 0xFE, 0xFF, 0x43, 0xFD, 0xFF, 0x7F]
        #expect(try Self.small().encoded() == Self.sealed(header: header, payload: payload))
    }

    @Test("cut at any length, a file gives an error that tells so")
    func truncation() throws {
        let bytes = try Self.small().encoded()
        #expect(Self.message([]) == "net: is not a network file: it does not begin with HWGENNET")
        for length in 1..<bytes.count {
            #expect(Self.message(Array(bytes[..<length])).contains("is cut short: \(length) bytes found"))
        }
        #expect(
            Self.message(Array(bytes.dropLast()))
                == "net: is cut short: \(bytes.count - 1) bytes found, \(bytes.count) expected")
        #expect(
            Self.message(bytes + [0]) == "net: is too long: \(bytes.count + 1) bytes found, \(bytes.count) expected")
    }

    @Test("with any byte changed, a file gives an error")
    func everyByte() throws {
        let bytes = try Self.small().encoded()
        for place in bytes.indices {
            for flip in [UInt8(1), 0x80, 0xFF] {
                var damaged = bytes
                damaged[place] ^= flip
                #expect(!Self.message(damaged).isEmpty, "byte \(place)")
            }
        }
    }

    @Test("each damage of the frame has its message")
    func frame() throws {
        let bytes = try Self.small().encoded()
        func changed(_ place: Int, to value: UInt8) -> String {
            var damaged = bytes
            damaged[place] = value
            return Self.message(damaged)
        }
        #expect(changed(0, to: 0) == "net: is not a network file: it does not begin with HWGENNET")
        #expect(changed(8, to: 3) == "net: is of format version 3; versions 1 to 2 are supported")
        #expect(
            changed(bytes.count - 33, to: 0) == "net: is damaged: the SHA-256 at its end is not that of its content")
        #expect(changed(17, to: 0) == "net: is damaged: the SHA-256 at its end is not that of its content")
        #expect(Self.message(Self.sealed(header: "no JSON", payload: [])) == "net: the header is not a JSON object")
        #expect(Self.message(Self.sealed(header: "[1]", payload: [])) == "net: the header is not a JSON object")
    }

    @Test(
        "each wrong key of the header is named",
        arguments: [
            (#""weightBits":4"#, #""bits":4"#, "the header lacks the key layers[0].weightBits"),
            (#""name":"small","#, "", "the header lacks the key name"),
            (#""inputs":3"#, #""inputs":"3""#, "layers[0].inputs is of another type; allowed is a 64-bit integer"),
            (#""name":"small""#, #""name":5"#, "name is of another type; allowed is a string"),
            (#""inputs":3"#, #""inputs":null"#, "layers[0].inputs is of another type; allowed is a 64-bit integer"),
            (#"{"bits":4,"features":3}"#, "[]", "input is of another type; allowed is an object"),
            (#""weightBits":4"#, #""weightBits":9"#, "layers[0].weightBits is 9; allowed is 2 to 8"),
            (#""bits":4"#, #""bits":0"#, "input.bits is 0; allowed is 1 to 8"),
            (#""features":3"#, #""features":-3"#, "input.features is -3; allowed is 1 to 1048576"),
            (#""inputs":3"#, #""inputs":4"#, "layers[0].inputs is 4; allowed is 3"),
            (#""outputs":2"#, #""outputs":3"#, "layers[0].weights.bytes is 6; allowed is 9"),
            (#""offset":6"#, #""offset":5"#, "layers[0].bias.offset is 5; allowed is 6"),
            (#""bytes":6"#, #""bytes":-6"#, "layers[0].weights.bytes is -6; allowed is 0 to 14"),
            ("int8", "int4", "layers[0].weights.type is int4; allowed is int8"),
            (
                "fully-connected", "attention",
                "layers[0].kind is attention; allowed is fully-connected, convolution, depthwise-convolution, max-pool, "
                    + "average-pool, add"
            ),
            (
                "sign-magnitude", "two",
                "layers[0].weightEncoding is two; allowed is sign-magnitude, plus-minus-one, zero-one"
            ),
            (
                #""weightBits":4"#, #""weightBits":3"#,
                "layers[0].weights[0][0] is 7; allowed is -3 to 3, as weights have 3 bits"
            ),
        ])
    func header(old: String, new: String, expected: String) throws {
        #expect(Self.message(try Self.edited(old, new)) == "net: \(expected)")
    }

    @Test("weights out of range and accumulators that could overflow are named")
    func payload() throws {
        let weight = try Self.edited("small", "small") { [0x80] + $0.dropFirst() }
        #expect(
            Self.message(weight) == "net: layers[0].weights[0][0] is -128; allowed is -7 to 7, as weights have 4 bits")
        let bias = try Self.edited("small", "small") { $0.dropLast(4) + [0xFF, 0xFF, 0xFF, 0x7F] }
        #expect(
            Self.message(bias) == "net: layers[0].bias[1] is 2147483647; allowed is a bias with which no accumulator "
                + "can leave 32 bits (this one can reach 2147483737)")
    }

    @Test("a network of no layer is refused")
    func noLayer() {
        #expect(
            throws: NetworkFileError.value(file: "n", key: "layers", found: "0 layers", allowed: "1 to 1024 layers")
        ) {
            try QuantizedNetwork(name: "n", input: .init(features: 1, bits: 1), layers: [])
        }
    }

    @Test("a network of every kind of layer comes back from its bytes, in version 2")
    func everyKind() throws {
        let network = try NetworkCheckTests.everyKind()
        let bytes = network.encoded()
        #expect(bytes[8] == 2)
        #expect(try QuantizedNetwork(bytes: bytes, fileName: "net") == network)
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 1
            #expect(!Self.message(damaged).isEmpty, "byte \(place)")
        }
    }

    @Test(
        "each wrong key of the second version is named",
        arguments: [
            (#""features":60,"height":6,"#, #""features":60,"#, "the header lacks the key input.height"),
            (
                #""features":60,"height":6,"#, #""features":60,"height":0,"#,
                "input.height is 0; allowed is 1 to 1048576"
            ),
            (#""features":60,"#, #""features":61,"#, "input.features is 61; allowed is 60"),
            (#""stride":{"height":1,"#, #""stride":{"#, "the header lacks the key layers[0].stride.height"),
            (
                #""lowest":3,"#, #""lowest":"low","#,
                "layers[0].requantization.lowest is of another type; allowed is a 64-bit integer"
            ),
            (
                #""branches":[{"multiplier":1073741824,"shift":-1},"#, #""branches":["#,
                "layers[2].branches is 1 branches; allowed is 2 branches"
            ),
            (
                #""branches":[{"multiplier":1073741824"#, #""branches":[{"multiplier":5000000000"#,
                "layers[2].branches[0].multiplier is 5000000000; allowed is 0, or 1073741824 to 2147483647"
            ),
            (
                #""rounding":"once""#, #""rounding":"never""#,
                "layers[0].requantization.rounding is never; allowed is twice, once"
            ),
            (#""sources":[1,0]"#, #""sources":[1,9]"#, "layers[2].sources[1] is 9; allowed is -1 to 1"),
        ])
    func secondVersion(old: String, new: String, expected: String) throws {
        let bytes = try NetworkCheckTests.everyKind().encoded()
        let length = Int(bytes[12]) + Int(bytes[13]) << 8
        let header = String(decoding: bytes[16..<16 + length], as: UTF8.self)
        #expect(header.contains(old))
        let payload = Array(bytes[(16 + length)..<(bytes.count - 32)])
        let edited = Self.sealed(
            header: header.replacingOccurrences(of: old, with: new), payload: payload, version: 2)
        #expect(Self.message(edited) == "net: \(expected)")
        let short = header.replacingOccurrences(
            of: #""bias":{"bytes":16,"offset":72"#, with: #""bias":{"bytes":15,"offset":72"#)
        #expect(
            Self.message(Self.sealed(header: short, payload: payload.dropLast(), version: 2))
                == "net: layers[0].bias.bytes is 15; allowed is a multiple of 4")
        #expect(
            Self.message(Self.sealed(header: header, payload: payload))
                == "net: version is 1; allowed is 2 or more for what the header holds")
    }
}
