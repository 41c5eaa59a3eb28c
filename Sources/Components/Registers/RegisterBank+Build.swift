public import HDL

extension RegisterBank {
    /// A write that takes effect in this cycle.
    private struct Write {
        /// One exactly in the cycle of a write to any address.
        let happens: Bits
        let word, data, strobes: Bits
    }

    public func build(_ m: Builder<Ports>) {
        let axi = m.axi
        // Slices hold what comes early, so that address and data need not come together.
        let addresses = m.registerSlice(
            "write_address_slice",
            m.receive("write_address", valid: axi.awvalid, ready: axi.awready, word(of: axi.awaddr)))
        let data = m.registerSlice(
            "write_data_slice",
            m.receive("write_data", valid: axi.wvalid, ready: axi.wready, concatenate([axi.wstrb, axi.wdata])))
        let reads = m.registerSlice(
            "read_address_slice",
            m.receive("read_address", valid: axi.arvalid, ready: axi.arready, word(of: axi.araddr)))
        m.leaveUnused("protection", concatenate([axi.awprot, axi.arprot]))

        if !registers.contains(where: \.isWritable) {
            m.leaveUnused("written_word", data.payload)
        }

        let write = answerWrites(m, addresses, data)
        let values = registers.map { fields(m, of: $0, write) }
        answerReads(m, reads, values)

        // Each slice holds two requests, and the response is one more.
        let counts = m.checkSubordinate("axi", axi, limit: 3)
        func assertHeld(_ name: String, _ count: Bits, _ slice: BundleView<Stream>, _ ready: Bits, _ response: Bits) {
            let held = popcount(concatenate([slice.valid, ~ready, response])).named("\(name)_held")
            m.assert("\(name)_are_held_or_answered", count == held.zeroExtended(to: count.width))
        }
        assertHeld("write_addresses", counts.writeAddresses, addresses, axi.awready, axi.bvalid)
        assertHeld("write_data_words", counts.writeData, data, axi.wready, axi.bvalid)
        assertHeld("reads", counts.reads, reads, axi.arready, axi.rvalid)
    }

    /// The number of the word that an address is in.
    private func word(of address: Bits) -> Bits { address[HDL.addressWidth(wordBytes)..<addressWidth] }

    private func answerWrites(
        _ m: Builder<Ports>, _ addresses: BundleView<Stream>, _ data: BundleView<Stream>
    ) -> Write {
        let axi = m.axi
        let valid = m.register("write_response_valid")
        let response = m.register("write_response", 2)
        let isAnswerFree = (!valid | axi.bready).named("is_write_response_free")
        let happens = (addresses.valid & data.valid & isAnswerFree).named("is_write")
        addresses.ready.drive(happens)
        data.ready.drive(happens)

        let write = Write(
            happens: happens, word: addresses.payload, data: data.payload[0..<dataWidth],
            strobes: data.payload[dataWidth..<dataWidth + wordBytes])
        let isRegister = registers.filter(\.isWritable).map { write.word == $0.offset / wordBytes }
        if let first = isRegister.first {
            let isMapped = isRegister.dropFirst().reduce(first, |).named("is_write_mapped")
            when(happens) { response.next(mux(isMapped, okay(m), subordinateError(m))) }
        } else {
            m.leaveUnused("written_address", write.word)
            when(happens) { response.next(subordinateError(m)) }
        }
        when(isAnswerFree) { valid.next(happens) }
        axi.bvalid.drive(valid)
        axi.bresp.drive(response)
        return write
    }

    private func answerReads(_ m: Builder<Ports>, _ addresses: BundleView<Stream>, _ values: [Bits]) {
        let axi = m.axi
        let valid = m.register("read_response_valid")
        let response = m.register("read_response", 2)
        let data = m.register("read_data", dataWidth)
        let isAnswerFree = (!valid | axi.rready).named("is_read_response_free")
        addresses.ready.drive(isAnswerFree)
        when(addresses.fire.named("is_read")) {
            choose(addresses.payload) { on in
                for (register, value) in zip(registers, values) {
                    on.case(register.offset / wordBytes) {
                        data.next(value)
                        response.next(okay(m))
                    }
                }
                on.default {
                    data.next(0)
                    response.next(subordinateError(m))
                }
            }
        }
        when(isAnswerFree) { valid.next(addresses.valid) }
        axi.rvalid.drive(valid)
        axi.rresp.drive(response)
        axi.rdata.drive(data)
    }

    private func okay(_ m: Builder<Ports>) -> Bits { m.constant(AXI4Lite.Response.okay.rawValue, 2) }
    private func subordinateError(_ m: Builder<Ports>) -> Bits {
        m.constant(AXI4Lite.Response.subordinateError.rawValue, 2)
    }

    /// Makes the fields of a register.
    /// - Returns: the word that the bus reads.
    private func fields(_ m: Builder<Ports>, of register: RegisterDescription, _ write: Write) -> Bits {
        let isWritten = register.isWritable
        let isHere = write.happens & (write.word == register.offset / wordBytes)
        let isWrite = isWritten ? isHere.named("writes_\(register.name)") : isHere
        let values = register.fields.map { field in
            let name = "\(register.name)_\(field.name)"
            if field.access == .readOnly { return m.source(register.name, field.name) }
            let value = m.register("\(name)_register", field.bits.count, reset: field.reset)
            m.value(register.name, field.name).drive(value)
            return value
        }
        let fields = zip(register.fields, values).map { Member(name: register.name, field: $0, value: $1) }
        store(m, fields.filter { [.readWrite, .writeOnly].contains($0.field.access) }, write, isWrite)
        for member in fields where member.field.access == .writeOneToClear { clear(m, member, write, isWrite) }
        for member in fields where member.field.access == .writeOnly { tell(m, member, write, isWrite) }
        return word(m, fields).named("\(register.name)_word")
    }

    /// A field with its register's name and the signal that holds it.
    private struct Member {
        let name: String
        let field: RegisterDescription.Field
        let value: Bits
    }

    /// Takes the bytes that are written.
    private func store(_ m: Builder<Ports>, _ members: [Member], _ write: Write, _ isWrite: Bits) {
        let lanes = (0..<wordBytes).filter { lane in members.contains { $0.field.bits.overlaps(bits(ofLane: lane)) } }
        if lanes.isEmpty { return }
        when(isWrite) {
            for lane in lanes {
                when(write.strobes[lane]) {
                    for member in members where member.field.bits.overlaps(bits(ofLane: lane)) {
                        let bits = member.field.bits.clamped(to: bits(ofLane: lane))
                        let low = bits.lowerBound - member.field.bits.lowerBound
                        member.value[low..<low + bits.count].next(write.data[bits])
                    }
                }
            }
        }
    }

    private func bits(ofLane lane: Int) -> ClosedRange<Int> { lane * 8...lane * 8 + 7 }

    /// Clears the bits to which a one is written, and sets those that the hardware sets.
    private func clear(_ m: Builder<Ports>, _ member: Member, _ write: Write, _ isWrite: Bits) {
        let bits = member.field.bits
        // The strobe of each bit's byte.
        let strobes = concatenate(bits.reversed().map { write.strobes[$0 / 8] })
        let cleared = write.data[bits] & strobes & isWrite.replicated(bits.count)
        let kept = member.value & ~cleared.named("\(member.name)_\(member.field.name)_cleared")
        member.value.next(kept | m.set(member.name, member.field.name))
    }

    /// Tells the hardware of a new value.
    private func tell(_ m: Builder<Ports>, _ member: Member, _ write: Write, _ isWrite: Bits) {
        let written = m.register("\(member.name)_\(member.field.name)_written_register")
        let bits = member.field.bits
        written.next(isWrite & write.strobes[bits.lowerBound / 8...bits.upperBound / 8].anySet)
        m.written(member.name, member.field.name).drive(written)
    }

    /// The fields that the bus reads, in their places.
    private func word(_ m: Builder<Ports>, _ members: [Member]) -> Bits {
        var parts: [Bits] = []
        var next = 0
        let read = members.filter { $0.field.access != .writeOnly }
        for member in read.sorted(by: { $0.field.bits.lowerBound < $1.field.bits.lowerBound }) {
            let gap = member.field.bits.lowerBound - next
            if gap > 0 { parts.append(m.constant(0, gap)) }
            parts.append(member.value)
            next = member.field.bits.upperBound + 1
        }
        if next < dataWidth { parts.append(m.constant(0, dataWidth - next)) }
        return concatenate(parts.reversed())
    }
}
