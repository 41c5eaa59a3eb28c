import HDL

/// The write of rows whose junctions share strips: the insides of a `WriteController` for strings.
///
/// The buffer has a place for each row of the strings: what it is to hold, and what it was sensed to hold. Rows that the
/// host does not write are read into it and programmed again with the pulses of the highest plane, as is the erasure.
struct StringWrite {
    enum State: HardwareEnum {
        case idle, gather, sense, wait, compare, plan, claim, erase, program, finish
    }

    let state: EnumSignal<State>
    /// The strings, and the row of them that is looked at.
    let string, index: Bits
    /// Rows that the host writes.
    let written: Bits
    let changedOnly, verify, retriesLeft, isVerifying: Bits
    /// Strips that are to be erased; where nothing was sensed all of them.
    let erased: Bits
    let wrongBits, elapsed: Bits
    /// The buffer: what the rows are to hold, and what they were sensed to hold.
    let wanted, held: Memory

    /// - Parameter ports: those of the controller, the module's own or a part of a harness's.
    init<P: SignalBundle, Access: BundleAccess>(
        _ m: Builder<P>, _ ports: Access, _ parameters: WriteController
    ) where Access.Ports == WriteController.Ports {
        let (host, bank) = (ports.host, ports.bank)
        let columns = parameters.columns
        let count = CellKind.stringRows
        let place = log2(count)
        let string = m.register("string", addressWidth(parameters.rows / count))
        let index = m.register("row_index", place)
        let written = m.register("written", count)
        let changedOnly = m.register("changed_only")
        let verify = m.register("verify")
        let retriesLeft = m.register("retries_left", parameters.retryWidth)
        let isVerifying = m.register("is_verifying")
        let erased = m.register("erased", columns)
        let wrongBits = m.register("wrong_bits", parameters.wrongWidth)
        let firstWrong = m.register("first_wrong", place)
        let elapsed = m.register("elapsed", parameters.elapsedWidth)

        // The buffer.
        let hostIndex = host.address[0..<place]
        let hostString = (host.address >> place).resized(to: string.width).named("host_string")
        let wanted = m.memory("wanted_rows", depth: count, width: columns)
        let held = m.memory("held_rows", depth: count, width: columns)
        let data = wanted.read(index).named("wanted")
        let accepts = m.wire("accepts")
        when(accepts) { wanted.write(hostIndex, host.data) }
        let isWritten = written[index].named("is_written")
        let plane = host.plane.map { hostPlane -> Bits in
            let planes = m.memory("row_planes", depth: count, width: hostPlane.width)
            when(accepts) { planes.write(hostIndex, hostPlane) }
            return planes.read(index).named("row_plane")
        }

        // What a sense tells of the row: for one that the host does not write, what it is to hold.
        let isKept = (!isVerifying & !isWritten).named("is_kept")
        let difference = (mux(isKept, bank.row, data) ^ bank.row).named("difference")
        let isNeeded = (isVerifying | changedOnly | !isWritten).named("is_needed")
        let isLastRow = (index == count - 1).named("is_last_row")
        let programmed = (data & (erased | ~held.read(index))).named("programmed")

        let towardsOne = m.wire("is_program_pulse")
        let code = plane.map { mux(towardsOne & isWritten, $0, parameters.planes - 1).named("pulse_plane") }
        let codes = PulseCodes(m, host, parameters, plane: code, towardsOne: towardsOne)
        let isLastCycle = (elapsed >= codes.cycles.zeroExtended(to: elapsed.width)).named("is_last_cycle")
        let isClean = ((isVerifying | changedOnly) & (wrongBits == 0)).named("is_clean")

        let state = m.stateMachine("state", reset: State.idle) { state, on in
            func read() {
                index.next(0)
                state.next(.sense)
            }
            on.case(.idle) {
                when(host.valid) {
                    string.next(hostString)
                    written.next(m.constant(1, count) << hostIndex)
                    changedOnly.next(host.changedOnly)
                    verify.next(host.verify)
                    retriesLeft.next(host.retries)
                    isVerifying.next(0)
                    erased.next((!host.changedOnly).replicated(columns))
                    wrongBits.next(0)
                    if let last = host.last {
                        when(last) { read() }
                            .otherwise { state.next(.gather) }
                    }
                }
            }
            on.case(.gather) {
                when(accepts) { written.next(written | (m.constant(1, count) << hostIndex)) }
                if let last = host.last { when(host.valid & (!accepts | last)) { read() } }
            }
            on.case(.sense) {
                elapsed.next(1)
                when(isNeeded) {
                    when(bank.senseReady) { state.next(.wait) }
                }.otherwise {
                    index.next(index + 1)
                    when(isLastRow) { state.next(.plan) }
                }
            }
            on.case(.wait) {
                elapsed.next(elapsed + 1)
                when(elapsed == parameters.period) { state.next(.compare) }
            }
            on.case(.compare) {
                held.write(index, bank.row)
                when(isKept) { wanted.write(index, bank.row) }
                erased.next(erased | (difference & bank.row))
                when(wrongBits == 0) { firstWrong.next(index) }
                wrongBits.next(wrongBits + popcount(difference).zeroExtended(to: wrongBits.width))
                index.next(index + 1)
                when(isLastRow) { state.next(.plan) }
                    .otherwise { state.next(.sense) }
            }
            on.case(.plan) {
                when(isClean | (isVerifying & (retriesLeft == 0))) {
                    state.next(.finish)
                }.otherwise {
                    when(isVerifying) { retriesLeft.next(retriesLeft - 1) }
                    wrongBits.next(0)
                    state.next(.claim)
                }
            }
            on.case(.claim) {
                elapsed.next(1)
                index.next(0)
                when(bank.writeReady) {
                    when(erased.anySet) { state.next(.erase) }
                        .otherwise { state.next(.program) }
                }
            }
            on.case(.erase) {
                elapsed.next(elapsed + 1)
                when(isLastCycle) {
                    elapsed.next(1)
                    state.next(.program)
                }
            }
            on.case(.program) {
                elapsed.next(elapsed + 1)
                when(isLastCycle | !programmed.anySet) {
                    elapsed.next(1)
                    index.next(index + 1)
                    when(isLastRow) {
                        isVerifying.next(1)
                        erased.next(0)
                        when(verify) { read() }
                            .otherwise { state.next(.finish) }
                    }
                }
            }
            on.case(.finish) { state.next(.idle) }
        }
        towardsOne.drive(state == .program)
        let isSame = (hostString == string).named("is_same_string")
        let ready = ((state == .idle) | ((state == .gather) & isSame)).named("is_ready")
        accepts.drive(host.valid & ready)

        let isErasing = (state == .erase).named("is_erasing")
        let isProgramming = (towardsOne & programmed.anySet).named("is_programming")
        let isPulse = (isErasing | isProgramming).named("is_pulse")
        let pulseEnds = (isPulse & isLastCycle).named("pulse_ends")
        let mask = (mux(towardsOne, programmed, erased) & isPulse.replicated(columns)).named("pulsed")
        let address = concatenate([string, index]).resized(to: bank.address.width).named("row_address")
        host.ready.drive(ready)
        host.busy.drive(state != .idle)
        bank.address.drive(address)
        let senses = ((state == .sense) & isNeeded).named("senses")
        bank.sense.drive(senses)
        bank.claim.drive((state == .claim) | isErasing | towardsOne)
        bank.pulse.drive(isPulse)
        bank.write.drive(pulseEnds)
        bank.towardsOne.drive(isProgramming)
        bank.mask.drive(mask)
        if let amplitude = codes.amplitude {
            bank.amplitude?.drive(amplitude & isPulse.replicated(amplitude.width))
        }
        let repeats = (isVerifying & !isClean & (retriesLeft != 0)).named("repeats")
        _ = WriteAccount(
            m, host,
            WriteEvents(
                pulseEnds: pulseEnds, towardsOne: towardsOne, pulsed: mask,
                senseStarts: (senses & bank.senseReady).named("sense_starts"),
                isVerifying: isVerifying, retries: (state == .plan) & repeats,
                differs: (state == .compare) & !isVerifying, difference: difference,
                ends: (state == .finish).named("ends"),
                wrongBits: wrongBits,
                address: concatenate([string, firstWrong]).resized(to: bank.address.width)),
            isString: true)

        self.state = state
        (self.string, self.index, self.written) = (string, index, written)
        (self.changedOnly, self.verify, self.retriesLeft) = (changedOnly, verify, retriesLeft)
        (self.isVerifying, self.erased, self.wrongBits, self.elapsed) = (isVerifying, erased, wrongBits, elapsed)
        (self.wanted, self.held) = (wanted, held)
    }
}
