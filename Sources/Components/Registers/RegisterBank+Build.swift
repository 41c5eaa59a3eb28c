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
        let byteBits = 0..<HDL.addressWidth(wordBytes)
        m.leaveUnused("protection", concatenate([axi.awprot, axi.arprot]))
        m.leaveUnused("byte_addresses", concatenate([axi.awaddr[byteBits], axi.araddr[byteBits]]))

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
            happens: happens, word: addresses.payload, data: data.payload[0..<dataWidth].named("written_data"),
            strobes: data.payload[dataWidth..<dataWidth + wordBytes].named("write_strobes"))
        let isMapped = registers.map { write.word == $0.offset / wordBytes }.reduce(m.constant(0, 1), |)
        when(happens) {
            response.next(mux(isMapped, okay(m), subordinateError(m)))
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
        let isHere = write.happens & (write.word == register.offset / wordBytes)
        let isWritten = register.fields.contains { $0.access != .readOnly }
        let isWrite = isWritten ? isHere.named("writes_\(register.name)") : isHere
        var parts: [Bits] = []
        var next = 0
        for field in register.fields.sorted(by: { $0.bits.lowerBound < $1.bits.lowerBound }) {
            let gap = field.bits.lowerBound - next
            if gap > 0 { parts.append(m.constant(0, gap)) }
            parts.append(value(m, field, of: register, write, isWrite))
            next = field.bits.upperBound + 1
        }
        if next < dataWidth { parts.append(m.constant(0, dataWidth - next)) }
        return concatenate(parts.reversed()).named("\(register.name)_word")
    }

    /// Makes a field.
    /// - Returns: what the bus reads of it.
    private func value(
        _ m: Builder<Ports>, _ field: RegisterDescription.Field, of register: RegisterDescription, _ write: Write,
        _ isWrite: Bits
    ) -> Bits {
        if field.access == .readOnly { return m.source(register.name, field.name) }
        let name = "\(register.name)_\(field.name)"
        let value = m.register("\(name)_register", field.bits.count, reset: field.reset)
        m.value(register.name, field.name).drive(value)
        let lanes = field.bits.lowerBound / 8...field.bits.upperBound / 8

        if field.access == .writeOneToClear {
            // The strobe of each bit's byte.
            let strobes = field.bits.reversed().map { write.strobes[$0 / 8] }
            let cleared = write.data[field.bits] & concatenate(strobes) & isWrite.replicated(field.bits.count)
            value.next((value & ~cleared.named("\(name)_cleared")) | m.set(register.name, field.name))
            return value
        }
        when(isWrite) {
            for lane in lanes {
                let bits = field.bits.clamped(to: lane * 8...lane * 8 + 7)
                let low = bits.lowerBound - field.bits.lowerBound
                when(write.strobes[lane]) { value[low..<low + bits.count].next(write.data[bits]) }
            }
        }
        guard field.access == .writeOnly else { return value }
        let written = m.register("\(name)_written_register")
        written.next(isWrite & write.strobes[lanes].anySet)
        m.written(register.name, field.name).drive(written)
        return m.constant(0, field.bits.count)
    }
}
