/// A port as Verilator declares it in the class of the design.
struct VerilatedPort: Equatable {
    var member: String
    var width: Int
    var direction: String

    /// The ports that the text of a header declares with VL_IN, VL_OUT or VL_INOUT.
    static func all(in header: String) -> [VerilatedPort] {
        header.split(separator: "\n").compactMap { line in
            let text = line.drop { $0.isWhitespace }
            guard text.hasPrefix("VL_"), let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
                open < close
            else { return nil }
            let macro = text[..<open]
            let direction =
                macro.hasPrefix("VL_INOUT") ? "inout" : macro.hasPrefix("VL_IN") ? "input" : "output"
            guard direction != "output" || macro.hasPrefix("VL_OUT") else { return nil }
            let arguments = text[text.index(after: open)..<close].split(separator: ",")
            guard arguments.count >= 3, let high = Int(arguments[1]), let low = Int(arguments[2]) else { return nil }
            return VerilatedPort(
                member: String(arguments[0].drop { $0 == "&" }), width: abs(high - low) + 1, direction: direction)
        }
    }

    /// The member that holds each port of `source`, in its order.
    ///
    /// - Throws: `CoSimError.portMismatch` when the Verilog has other ports than described.
    static func members(of source: ModelSource, header: String) throws(CoSimError) -> [String] {
        let found = all(in: header)
        var members: [String] = []
        for port in source.ports {
            let name = memberName(port.name)
            let described = "\(port.direction.rawValue) of \(port.width) bits"
            guard let match = found.first(where: { $0.member == name || $0.member == "__SYM__" + name }) else {
                throw .portMismatch(top: source.top, port: port.name, described: described, found: "no such port")
            }
            guard match.width == port.width, match.direction == port.direction.rawValue else {
                throw .portMismatch(
                    top: source.top, port: port.name, described: described,
                    found: "\(match.direction) of \(match.width) bits")
            }
            members.append(match.member)
        }
        if let extra = found.first(where: { !members.contains($0.member) }) {
            throw .portMismatch(
                top: source.top, port: extra.member, described: "no port",
                found: "\(extra.direction) of \(extra.width) bits")
        }
        return members
    }

    /// Verilator's spelling of an identifier: two underscores are its own separator and are escaped.
    static func memberName(_ name: String) -> String {
        var result = ""
        var rest = Substring(name)
        while let first = rest.popFirst() {
            if first == "_", rest.first == "_" {
                rest.removeFirst()
                result += "___05F"
            } else {
                result.append(first)
            }
        }
        return result
    }
}
