public import HDL

/// The law of `WriteController` for strings as assertions, on strips of one column: what holds for it holds for each.
///
/// Law: as for rows (`WriteControllerProof`), where what is right is a strip, all of whose junctions were sensed as they
/// are to be: it is neither erased nor programmed where only changed bits are pulsed. A request is merged into the write
/// under way only for the same strings. A batch that its host does not go on with waits; nothing else does.
public struct StringWriteProof: Module {
    let controller: WriteController

    public init(mostRetries: Int = 1) {
        var controller = WriteController()
        controller.kind = CellKind.nandSpin.rawValue
        controller.rows = 16
        controller.columns = 1
        controller.planes = 1
        controller.longestPulse = 3
        controller.amplitudes = 1
        controller.mostRetries = mostRetries
        self.controller = controller
    }

    public var moduleName: String { "\(controller.moduleName)_proof" }

    public struct Ports: SignalBundle {
        public let controller: WriteController.Ports
    }

    public func ports() -> Ports { Ports(controller: controller.ports()) }

    public func build(_ m: Builder<Ports>) {
        let (host, bank) = (m.controller.host, m.controller.bank)
        let write = StringWrite(m, m.controller, controller)
        let count = CellKind.stringRows
        let accepts = (host.valid & host.ready).named("is_accepted")
        let begins = (accepts & (write.state == .idle)).named("begins")

        // What was asked for, and what the rows of the strip are to hold and were sensed to hold.
        let asked = Asked(m, controller)
        let rounds = m.register("rounds", controller.retryWidth + 1)
        when(begins) {
            asked.changedOnly.next(host.changedOnly)
            asked.verify.next(host.verify)
            asked.retries.next(host.retries)
            rounds.next(0)
        }
        let index = host.address[0..<log2(count)]
        when(accepts) {
            let others = mux(begins, 0, asked.written)
            asked.written.next(others.with(bit: index, m.constant(1, 1)))
            asked.wanted.next(asked.wanted.with(bit: index, host.data))
        }
        let isKept = (!write.isVerifying & !asked.written[write.index]).named("reads_for_itself")
        when(write.state == .compare) {
            asked.held.next(asked.held.with(bit: write.index, bank.row))
            when(isKept) { asked.wanted.next(asked.wanted.with(bit: write.index, bank.row)) }
        }
        when((write.state == .claim) & bank.writeReady) { rounds.next(rounds + 1) }

        let isWrong = (asked.wanted ^ asked.held).named("is_wrong")
        let knows = (asked.changedOnly | write.isVerifying).named("knows_what_it_holds")
        m.assert("repeats_no_more_than_asked", rounds <= asked.retries.zeroExtended(to: rounds.width) + 1)
        m.assert("pulses_no_strip_that_is_right", !(bank.pulse & knows) | isWrong.anySet)
        let wantsOne = asked.wanted[write.index]
        m.assert("programs_ones_alone", !(bank.pulse & bank.towardsOne) | wantsOne)
        when(host.done & asked.verify) { m.assert("done_is_verified_or_failed", host.failed | !isWrong.anySet) }
        let hasFailed = m.register("has_failed")
        hasFailed.next(host.done & host.failed & !host.clear)
        m.assert("failure_sets_the_error", !hasFailed | host.error)
        let isOther = host.address[log2(count)..<host.address.width] != write.string
        m.assert("merges_rows_of_the_same_strings", !(accepts & isOther) | begins)

        assertEnd(m, write, accepts)
        assertInvariants(m, write, asked, isWrong, rounds)
        m.cover("merges_a_row", accepts & !begins)
        m.cover("erases_strips", bank.write & !bank.towardsOne)
    }

    /// Registers of what the host asked for, and of what was sensed: a bit a row.
    private struct Asked {
        let changedOnly, verify, retries, written, wanted, held: Bits

        init(_ m: Builder<Ports>, _ controller: WriteController) {
            changedOnly = m.register("asked_changed_only")
            verify = m.register("asked_verify")
            retries = m.register("asked_retries", controller.retryWidth)
            written = m.register("asked_rows", CellKind.stringRows)
            // As the buffer, which is a memory: a reset leaves them alone.
            wanted = m.register("asked_bits", CellKind.stringRows, reset: nil)
            held = m.register("sensed_bits", CellKind.stringRows, reset: nil)
        }
    }

    /// What is left to do gets less in every cycle in which neither the bank nor a batch keeps the write waiting.
    private func assertEnd(_ m: Builder<Ports>, _ write: StringWrite, _ accepts: Bits) {
        let (host, bank) = (m.controller.host, m.controller.bank)
        let step = m.wire("step", 3)
        let part = m.wire("part_of_a_sense", 2, default: 0)
        let reading = mux(write.isVerifying, m.constant(2, 3), m.constant(7, 3)).named("reading")
        choose(write.state) { on in
            on.case(.idle, .gather) { step.drive(0) }
            on.case(.sense) {
                step.drive(reading)
                part.drive(2)
            }
            on.case(.wait) {
                step.drive(reading)
                part.drive(1)
            }
            on.case(.compare) { step.drive(reading) }
            on.case(.plan) { step.drive(reading - 1) }
            on.case(.claim) { step.drive(5) }
            on.case(.erase) { step.drive(4) }
            on.case(.program) { step.drive(3) }
            on.case(.finish) { step.drive(0) }
        }
        let rows = (~write.index).named("rows_to_come")
        let left = concatenate([write.retriesLeft, step, rows, part, ~write.elapsed]).named("left_to_do")
        let isKept = (bank.sense & !bank.senseReady) | ((write.state == .claim) & !bank.writeReady)
        let isGathering = write.state == .gather
        let wasWorking = m.past((host.busy & !isKept & !isGathering).named("is_working"))
        m.assert("comes_nearer_to_its_end", !(wasWorking & host.busy) | (left < m.past(left)))
        m.assert("works_on_what_it_accepts", !m.past(accepts) | host.busy)
        m.assert("ends_with_done", !m.past(host.busy.named("is_busy")) | host.busy | m.past(host.done.named("is_done")))
    }

    /// What makes the law inductive.
    private func assertInvariants(
        _ m: Builder<Ports>, _ write: StringWrite, _ asked: Asked, _ isWrong: Bits, _ rounds: Bits
    ) {
        let busy = m.controller.host.busy
        let isSensing = write.state.isOne(of: .sense, .wait, .compare).named("is_sensing")
        let isPulsing = write.state.isOne(of: .erase, .program).named("is_pulsing")
        when(busy) {
            m.assert("invariant_rows", write.written == asked.written)
            m.assert("invariant_changed_only", write.changedOnly == asked.changedOnly)
            m.assert("invariant_verify", write.verify == asked.verify)
            m.assert("invariant_retries_left", write.retriesLeft <= asked.retries)
        }
        for row in 0..<CellKind.stringRows {
            let place = m.constant(row, write.index.width)
            m.assert("invariant_wanted_\(row)", write.wanted.read(place) == asked.wanted[row..<row + 1])
            m.assert("invariant_held_\(row)", write.held.read(place) == asked.held[row..<row + 1])
        }
        m.assert("invariant_elapsed", (write.state != .wait) | (write.elapsed <= controller.period))
        m.assert("invariant_begun", !((write.state == .wait) | isPulsing) | (write.elapsed != 0))
        let moves = isSensing | (write.state == .program)
        m.assert("invariant_first_row", moves | (write.index == 0))

        // Rounds that were begun: none before the first claim, one more than the repeats behind it.
        let repeats = (asked.retries - write.retriesLeft).zeroExtended(to: rounds.width).named("repeats")
        let looks = isSensing | (write.state == .plan) | (write.state == .gather)
        when(looks & !write.isVerifying) { m.assert("invariant_no_round", (rounds == 0) & (repeats == 0)) }
        when(write.state == .gather) { m.assert("invariant_nothing_verified", !write.isVerifying) }
        when(write.state == .claim) { m.assert("invariant_round_claimed", rounds == repeats) }
        when(isPulsing | (looks & write.isVerifying)) { m.assert("invariant_round_begun", rounds == repeats + 1) }
        when((write.state == .claim) & !write.isVerifying) { m.assert("invariant_first_round", repeats == 0) }
        when(write.state == .finish) { m.assert("invariant_rounds_done", rounds <= repeats + 1) }

        let countsNone = write.state.isOne(of: .gather, .claim, .erase, .program).named("counts_none")
        m.assert("invariant_nothing_counted", !countsNone | (write.wrongBits == 0))

        // Wrong bits that were counted: those of the rows that were looked at.
        let knows = asked.changedOnly | write.isVerifying
        let seen = ~(~m.constant(0, CellKind.stringRows) << write.index)
        when(isSensing & knows) { m.assert("invariant_counted", write.wrongBits == popcount(isWrong & seen)) }
        when((write.state == .plan) & knows) { m.assert("invariant_all_counted", write.wrongBits == popcount(isWrong)) }
        let finishes = (write.state == .finish) & asked.verify
        when(finishes) { m.assert("invariant_failure", write.wrongBits == popcount(isWrong)) }
        when(((write.state == .claim) | isPulsing) & knows) { m.assert("invariant_is_wrong", isWrong.anySet) }
    }
}
