import BitVectors

/// What a simulation of power failures needs of every module: state that is really lost.
///
/// Law: while the input `power_off` is one, each edge gives every register of the module's own clock domain bits of the input
/// `power_off_noise`, and one word after the other of every volatile memory likewise; memories that are declared
/// `isNonvolatile`, and tables that nothing writes, keep what they hold, whatever writes ask for. While it is zero, nothing
/// has changed. What follows power is the reset's business, as it is in the chip.
///
/// Registers of other clock domains, and black boxes, are left alone.
extension Circuit {
    /// Names of the ports that the pass adds.
    static let powerOffPort = "power_off"
    static let powerOffNoisePort = "power_off_noise"
    static let powerOffNoiseWidth = 64

    /// Adds the ports and what they do; called while the circuit is still being described.
    func losePower(in domain: ClockDomain) {
        let powered = instances.indices.compactMap { port(Self.powerOffPort, ofInstance: $0) }
        let noisy = instances.indices.compactMap { port(Self.powerOffNoisePort, ofInstance: $0) }
        let registers = registers.filter { $0.domain == domain.index }
        let written = memories.indices.filter { memories[$0].firstWrite != nil }
        if registers.isEmpty && powered.isEmpty && written.isEmpty { return }
        let powerOff = addPort(Self.powerOffPort, width: 1, isInput: true)
        for port in powered { port.drive(powerOff) }
        protectMemories(from: powerOff)

        let volatile = written.filter { !memories[$0].isNonvolatile }
        if registers.isEmpty && noisy.isEmpty && volatile.isEmpty { return }
        let noise = addPort(Self.powerOffNoisePort, width: Self.powerOffNoiseWidth, isInput: true)
        for (number, port) in noisy.enumerated() { port.drive(noise.rotatedLeft(by: 13 * number + 5)) }
        let walk = walk(over: volatile, in: domain)
        when(powerOff) {
            if let walk { walk.next(walk + 1) }
            for (number, register) in registers.enumerated() {
                let target = Bits(self, register.node, Int(nodes[Int(register.node)].width))
                target.next(noise.spread(over: target.width, from: 7 * number))
            }
            for index in volatile {
                guard let walk else { continue }
                let memory = Memory(
                    circuit: self, index: Int32(index), domain: domain, depth: memories[index].depth,
                    width: memories[index].width)
                memory.write(
                    walk[0..<memories[index].addressWidth], noise.spread(over: memory.width, from: 11 * index + 3))
            }
        }
    }

    /// A counter as wide as the widest address of the memories.
    private func walk(over volatile: [Int], in domain: ClockDomain) -> Bits? {
        guard let width = volatile.map({ memories[$0].addressWidth }).max() else { return nil }
        return addRegister(
            "power_off_address", width: width, reset: nil, powerUp: nil, domain: domain, location)
    }

    private func port(_ name: String, ofInstance index: Int) -> Bits? {
        instances[index].ports.last { $0.name == name }.map { Bits(self, $0.node, $0.width) }
    }

    /// Lets nothing be written to a nonvolatile memory while there is no power.
    private func protectMemories(from powerOff: Bits) {
        guard memories.contains(where: \.isNonvolatile) else { return }
        let isOn = ~powerOff
        stamp(location, owner: "power_on")
        func protected(_ block: [Statement]) -> [Statement] {
            block.map { statement in
                guard case .write(let memory, let address, let value, let mask, let place) = statement,
                    memories[Int(memory)].isNonvolatile
                else { return statement }
                var node = isOn.id
                if mask >= 0 {
                    let lanes = Bits(self, mask, Int(nodes[Int(mask)].width))
                    node = (lanes & isOn.replicated(lanes.width)).id
                    stamp(place, owner: memories[Int(memory)].name)
                }
                return .write(memory: memory, address: address, value: value, mask: node, place)
            }
        }
        statements = protected(statements)
        for chain in whenChains.indices {
            for arm in whenChains[chain].arms.indices {
                whenChains[chain].arms[arm].body = protected(whenChains[chain].arms[arm].body)
            }
        }
        for index in switches.indices {
            for arm in switches[index].arms.indices {
                switches[index].arms[arm].body = protected(switches[index].arms[arm].body)
            }
            switches[index].otherwise = switches[index].otherwise.map(protected)
        }
    }
}

extension Bits {
    /// As many bits as are asked for, the signal's own again and again in turned order.
    fileprivate func spread(over width: Int, from turn: Int) -> Bits {
        let copies = (0..<(width + self.width - 1) / self.width).map { rotatedLeft(by: turn + 17 * $0) }
        let all = copies.count == 1 ? copies[0] : concatenate(copies)
        return all[0..<width]
    }
}
