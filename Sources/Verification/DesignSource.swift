public import CoSim
public import HDL
public import Verilog

extension ModelSource {
    /// An emitted design as co-simulation takes it: its files, and its ports in the order of the records.
    public init(_ design: Design, _ emission: Emission) {
        var ports: [PortDescription] = []
        if design.top.isClocked { ports.append(.clock("clk")) }
        if design.top.usesReset { ports.append(.input("rst")) }
        for port in design.top.ports {
            ports.append(port.isInput ? .input(port.name, port.width) : .output(port.name, port.width))
        }
        self.init(
            top: emission.top, files: emission.modules.map { File(name: $0.name, text: $0.bytes) }, ports: ports)
    }
}
