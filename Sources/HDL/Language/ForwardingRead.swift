/// Synchronous reads that get the word which is written at their own edge.
///
/// Only at the end of a description are all writes of a memory known. So such a read takes a wire that holds the stored
/// word by default, and the closing of the circuit puts beside each write, in the same block, an assignment of the
/// written lanes to that wire for the case that the addresses are equal. Conditions and order then hold for
/// the wire as they do for the memory, since they are the same ones.
struct ForwardingRead {
    let memory: Int32
    /// Domain of the register.
    let domain: Int32
    let address: Int32
    /// The word before the writes of this edge.
    let stored: Int32
    /// Wire that holds the word after the writes of this edge.
    let word: Int32
    /// The register's name, for the temporaries.
    let name: String
    let location: SourceLocation
}

extension Circuit {
    /// Completes what only the whole description tells.
    func close() {
        closeChecks()
        if forwardingReads.isEmpty { return }
        checkForwardingDomains()
        let defaults = forwardingReads.map { Statement.assign(target: $0.word, value: $0.stored, $0.location) }
        // A write or an address that was found wrong makes no forwarding; it need not even be a node of this circuit.
        if pendingFindings.isEmpty, !diagnostics.contains(where: { $0.severity == .error }) { forward() }
        statements = defaults + statements
        forwardingReads.removeAll()
    }

    /// What another clock writes at the same instant cannot be forwarded: which edge was first is nobody's to say.
    private func checkForwardingDomains() {
        for read in forwardingReads {
            let memory = memories[Int(read.memory)]
            if memory.firstWrite == nil || memory.domain == read.domain { continue }
            let (own, other) = (domains[Int(read.domain)].name, domains[Int(memory.domain)].name)
            report(
                at: read.location,
                "'\(read.name)' of clock domain '\(own)' reads under the writes of '\(memory.name)', which are in '\(other)';"
                    + " a read by another clock gets the 'old' word")
        }
    }

    private func forward() {
        // Chains and switches hold the blocks inside; those made here hold no writes.
        for chain in whenChains.indices {
            for arm in whenChains[chain].arms.indices {
                let body = whenChains[chain].arms[arm].body
                whenChains[chain].arms[arm].body = forwarded(body)
            }
        }
        for index in switches.indices {
            for arm in switches[index].arms.indices {
                let body = switches[index].arms[arm].body
                switches[index].arms[arm].body = forwarded(body)
            }
            if let body = switches[index].otherwise { switches[index].otherwise = forwarded(body) }
        }
        statements = forwarded(statements)
    }

    /// A block with an assignment to the word of every forwarding read after each write of its memory.
    private func forwarded(_ block: [Statement]) -> [Statement] {
        var result: [Statement] = []
        for statement in block {
            result.append(statement)
            guard case .write(let memory, let address, let value, let mask, let location) = statement else { continue }
            for read in forwardingReads where read.memory == memory {
                result.append(forward(to: read, address, value, mask, location))
                stamp(read.location, owner: read.name)
            }
        }
        return result
    }

    private func forward(
        to read: ForwardingRead, _ address: Int32, _ value: Int32, _ mask: Int32, _ location: SourceLocation
    ) -> Statement {
        func bits(_ node: Int32) -> Bits { Bits(self, node, Int(nodes[Int(node)].width)) }
        let declaration = memories[Int(read.memory)]
        var isHit = bits(address) == bits(read.address)
        if declaration.depth < 1 << declaration.addressWidth {
            // A write beyond the last word is lost, and a read there gives zero.
            isHit = isHit & (bits(read.address) < declaration.depth)
        }
        let word = bits(read.word)
        let lanes = mask < 0 ? 1 : bits(mask).width
        if lanes == 1 {
            let isWritten = mask < 0 ? isHit : isHit & bits(mask)
            return chain(isWritten.id, [.assign(target: word.id, value: value, location)], location)
        }
        let size = word.width / lanes
        let parts = (0..<lanes).map { lane in
            let low = lane * size
            let part = bits(value).slice(low, size)
            return chain(
                bits(mask)[lane].id,
                [.assignSlice(target: word.id, low: Int32(low), value: part.id, location)], location)
        }
        return chain(isHit.id, parts, location)
    }

    /// A `when` of one arm.
    private func chain(_ condition: Int32, _ body: [Statement], _ location: SourceLocation) -> Statement {
        whenChains.append(
            WhenChainBody(arms: [WhenChainBody.Arm(condition: condition, body: body)], location: location))
        return .when(whenChains.count - 1)
    }
}
