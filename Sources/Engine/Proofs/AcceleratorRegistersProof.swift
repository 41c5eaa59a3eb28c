public import Components
public import HDL

/// The rules of AXI4-Lite for the registers of the accelerator.
///
/// Law: every request is answered once, a write after both its address and its data, and an answer stays until it is taken.
public struct AcceleratorRegistersProof: Module {
    public init() {}

    public struct Ports: SignalBundle {
        public let axi: Flipped<AXI4Lite>
    }

    public func ports() -> Ports { Ports(axi: Flipped(AXI4Lite(addressWidth: AcceleratorRegisters.addressWidth))) }

    public func build(_ m: Builder<Ports>) {
        let bank: RegisterBank
        do {
            bank = try AcceleratorRegisters.bank()
        } catch {
            m.require(false, "\(error)")
            return
        }
        let registers = m.instance("registers", bank)
        registers.axi.connect(to: m.axi)
        for register in bank.registers {
            for field in register.fields {
                switch field.access {
                case .readOnly: registers.source(register.name, field.name).drive(0)
                case .writeOneToClear: registers.set(register.name, field.name).drive(0)
                case .readWrite, .writeOnly: break
                }
            }
        }

        // What the bank asserts of itself is the law; here is what a manager owes it.
        let axi = m.axi
        assumeStable(m, "write_address", axi.awvalid, axi.awready, concatenate([axi.awaddr, axi.awprot]))
        assumeStable(m, "write_data", axi.wvalid, axi.wready, concatenate([axi.wdata, axi.wstrb]))
        assumeStable(m, "read_address", axi.arvalid, axi.arready, concatenate([axi.araddr, axi.arprot]))
    }

    private func assumeStable(_ m: Builder<Ports>, _ name: String, _ valid: Bits, _ ready: Bits, _ item: Bits) {
        let channel = m.wires("\(name)_channel", Stream(item.width))
        channel.valid.drive(valid)
        channel.ready.drive(ready)
        channel.payload.drive(item)
        m.assumeStable(name, channel)
    }
}
