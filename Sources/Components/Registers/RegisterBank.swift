public import HDL

/// Registers on an AXI4-Lite bus, made from their description, with a C header and a table for the people who
/// program them.
///
/// Law: the registers are what an array of fields would be to which the bus's requests are applied one after the
/// other. Written address and data may come in either order; byte strobes choose the bytes that are written. An
/// address without a register is answered by `SLVERR`, is not written and reads zero; a write to a register whose fields
/// are all read only is answered by `SLVERR` too. The bus may wait at every channel; each way has a throughput of a
/// request in every cycle, and every output is a flip-flop's.
///
/// The hardware's side of a field `enable` of register `control`: output `control_enable`, or an input where the
/// field is read only; input `control_enable_set` beside it where it is cleared by writing ones; output
/// `control_enable_written`, one in the first cycle of a new value, where it is write only.
public struct RegisterBank: Module {
    /// Small letters, digits and underscores.
    public let name: String
    public let registers: [RegisterDescription]
    /// Bits of a word: 32 or 64.
    public let dataWidth: Int
    public let addressWidth: Int

    /// - Parameter addressWidth: as many as the registers need unless said otherwise.
    /// - Throws: `RegisterBankError` when the description makes no sense.
    public init(
        _ name: String, dataWidth: Int = 32, addressWidth: Int? = nil, registers: [RegisterDescription]
    ) throws(RegisterBankError) {
        self.name = name
        self.registers = registers
        self.dataWidth = dataWidth
        self.addressWidth = addressWidth ?? Self.addressWidth(of: registers, wordBytes: max(dataWidth / 8, 1))
        try checkDescription()
    }

    public var moduleName: String { "\(name)_registers" }

    var wordBytes: Int { dataWidth / 8 }

    /// Bits of an address that tell two words apart at least.
    static func addressWidth(of registers: [RegisterDescription], wordBytes: Int) -> Int {
        let words = (registers.map(\.offset).max() ?? 0) / wordBytes + 1
        return HDL.addressWidth(wordBytes) + HDL.addressWidth(max(words, 2))
    }

    public struct Ports: SignalBundle, CustomReflectable {
        public let axi: Flipped<AXI4Lite>
        let bankName: String
        let fields: [(name: String, port: AnyPort)]

        /// The bus and, under the names that the description gives, the fields.
        public var customMirror: Mirror {
            let children = [("axi", axi as Any)] + fields.map { ($0.name, $0.port as Any) }
            return Mirror(self, children: children.map { (label: $0.0, value: $0.1) })
        }
    }

    public func ports() -> Ports {
        Ports(
            axi: Flipped(AXI4Lite(addressWidth: addressWidth, dataWidth: dataWidth)), bankName: name, fields: fieldPorts
        )
    }

    /// New ports for all fields, with their names.
    var fieldPorts: [(name: String, port: AnyPort)] {
        registers.flatMap { register in
            register.fields.flatMap { field -> [(name: String, port: AnyPort)] in
                let name = "\(register.name)_\(field.name)"
                let width = field.bits.count
                switch field.access {
                case .readWrite: return [(name, Output(width))]
                case .readOnly: return [(name, Input(width))]
                case .writeOneToClear: return [(name, Output(width)), ("\(name)_set", Input(width))]
                case .writeOnly: return [(name, Output(width)), ("\(name)_written", Output())]
                }
            }
        }
    }
}

/// The fields of a bank by name, in the bank itself and at an instance of it. A name that is not there is a finding.
extension BundleAccess where Ports == RegisterBank.Ports {
    /// The value of a field that the bus writes or clears.
    public func value(
        _ register: String, _ field: String, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        signal(Output.self, "output", "\(register)_\(field)", file, line)
    }

    /// What the hardware gives for a field that is read only; to be driven.
    public func source(
        _ register: String, _ field: String, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        signal(Input.self, "input", "\(register)_\(field)", file, line)
    }

    /// The bits that the hardware sets in a field that is cleared by writing ones; to be driven.
    public func set(
        _ register: String, _ field: String, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        signal(Input.self, "input", "\(register)_\(field)_set", file, line)
    }

    /// Whether a field that is write only has got a new value in the cycle before.
    public func written(
        _ register: String, _ field: String, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        signal(Output.self, "output", "\(register)_\(field)_written", file, line)
    }

    private func signal<Kind: AnyPort & BundleMember>(
        _ type: Kind.Type, _ kind: String, _ name: String, _ file: StaticString, _ line: UInt
    ) -> Bits where Kind.Signal == Bits {
        let candidates = bundle.fields.compactMap { field in (field.port as? Kind).map { (name: field.name, port: $0) }
        }
        if let found = candidates.first(where: { $0.name == name }) { return found.port.signal(in: signals) }
        let known = candidates.map { "'\($0.name)'" }.joined(separator: ", ")
        let there = candidates.isEmpty ? "it has none" : "there are: \(known)"
        // The one that was meant, if it can be told, is of the right width.
        let meant = nearest(to: name, among: candidates.map(\.name))
        return missingSignal(
            "register bank '\(bundle.bankName)' has no \(kind) '\(name)'; \(there)",
            standIn: candidates.first { $0.name == meant }?.port, file, line)
    }
}
