import HDL

/// What happens in a cycle of a write, for the counters.
struct WriteEvents {
    /// A pulse's last cycle, its direction, and the junctions or strips that have it.
    var pulseEnds: Bits
    var towardsOne: Bits
    var pulsed: Bits
    var senseStarts, isVerifying: Bits
    var retries: Bits
    /// Old bits are known in this cycle, and which of them differ.
    var differs: Bits
    var difference: Bits
    /// The write ends; it left so many wrong bits, the first of them in the row at `address`.
    var ends: Bits
    var wrongBits: Bits
    var address: Bits
}

/// The counters and the error of a `WriteController`.
struct WriteAccount {
    /// The write that ended last left wrong bits; holds in the cycle in which it ends.
    let failed: Bits

    /// - Parameter isString: whether pulses erase and program.
    init<P: SignalBundle>(_ m: Builder<P>, _ host: BundleView<WriteHost>, _ events: WriteEvents, isString: Bool) {
        failed = (events.wrongBits != 0).named("failed")
        let clear = host.clear
        func count(_ output: Bits, _ name: String, when condition: Bits? = nil, _ amount: Bits? = nil) {
            // Pulses that the kind of cells does not have.
            guard let condition else { return output.drive(0) }
            let counter = m.register("\(name)_count", WriteCounters.width)
            let step = amount.map { $0.zeroExtended(to: WriteCounters.width) } ?? m.constant(1, WriteCounters.width)
            when(clear) { counter.next(0) }
                .elseWhen(condition) { counter.next(counter + step) }
            output.drive(counter)
        }
        let junctions = popcount(events.pulsed).named("pulsed_junctions")
        let up = (events.pulseEnds & events.towardsOne).named("up_pulse_ends")
        let down = (events.pulseEnds & !events.towardsOne).named("down_pulse_ends")
        let counters = host.counters
        count(counters.setPulses, "set_pulse", when: isString ? nil : up, junctions)
        count(counters.resetPulses, "reset_pulse", when: isString ? nil : down, junctions)
        count(counters.erasePulses, "erase_pulse", when: isString ? down : nil, junctions)
        count(counters.programPulses, "program_pulse", when: isString ? up : nil, junctions)
        count(counters.readBacks, "read_back", when: events.senseStarts & !events.isVerifying)
        count(counters.verifySenses, "verify_sense", when: events.senseStarts & events.isVerifying)
        count(counters.retries, "retry", when: events.retries)
        count(counters.failedBits, "failed_bit", when: events.ends, events.wrongBits)
        count(
            counters.changedBits, "changed_bit", when: events.differs,
            popcount(events.difference).named("differing_bits"))
        count(counters.writes, "write", when: events.ends)

        let error = m.register("has_error")
        let address = m.register("first_error_address", events.address.width)
        let bits = m.register("first_error_bits", events.wrongBits.width)
        when(clear) {
            error.next(0)
            address.next(0)
            bits.next(0)
        }.elseWhen(events.ends & failed & !error) {
            error.next(1)
            address.next(events.address)
            bits.next(events.wrongBits)
        }
        host.error.drive(error)
        host.errorAddress.drive(address)
        host.errorBits.drive(bits)
        host.done.drive(events.ends)
        host.failed.drive(events.ends & failed)
    }
}
