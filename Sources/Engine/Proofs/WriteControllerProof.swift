public import HDL

/// The law of `WriteController` for rows of junctions as assertions, for any requests, any rows that are sensed and any
/// moments at which the bank is ready.
///
/// Law: a write pulses its row `retries` + 1 times at most. Where only changed bits are pulsed, none is that the sense
/// before found right. A verified write is done with a row that was sensed as it should be, or it fails and sets `error`.
/// Every accepted request ends: in each cycle in which the bank does not keep it waiting, what is left to do gets less,
/// which is told by repeats left, step, and cycles left of the step, in this order.
public struct WriteControllerProof: Module {
    let controller: WriteController

    /// - Parameter kind: one whose rows are written by themselves.
    public init(kind: CellKind, columns: Int = 2, mostRetries: Int = 3) {
        var controller = WriteController()
        controller.kind = kind.rawValue
        controller.rows = 2
        controller.columns = columns
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
        let write = RowWrite(m, m.controller, controller)
        let accepts = (host.valid & host.ready).named("accepts")

        // What was asked for, and the row that was sensed last.
        let changedOnly = m.register("asked_changed_only")
        let verify = m.register("asked_verify")
        let retries = m.register("asked_retries", controller.retryWidth)
        let data = m.register("asked_data", controller.columns)
        let sensed = m.register("sensed", controller.columns)
        let rounds = m.register("rounds", controller.retryWidth + 1)
        when(accepts) {
            changedOnly.next(host.changedOnly)
            verify.next(host.verify)
            retries.next(host.retries)
            data.next(host.data)
            rounds.next(0)
        }
        when(write.state == .compare) { sensed.next(bank.row) }
        let begins = (write.state == .claim) & bank.writeReady
        when(begins) { rounds.next(rounds + 1) }

        m.assert("repeats_no_more_than_asked", rounds <= retries.zeroExtended(to: rounds.width) + 1)
        let isWrong = (sensed ^ data).named("is_wrong")
        let isPartial = (changedOnly | write.isVerifying).named("is_partial")
        when(bank.pulse & isPartial) {
            m.assert("pulses_no_bit_that_is_right", (bank.mask & ~isWrong) == 0)
            if let mask = bank.complementMask { m.assert("pulses_no_pair_that_is_right", (mask & ~isWrong) == 0) }
        }
        let against = mux(bank.towardsOne, ~data, data)
        m.assert("pulses_towards_the_data", (bank.mask & against) == 0)
        m.assert("writes_at_the_end_of_pulses", !bank.write | bank.pulse)
        m.assert("pulses_under_a_claim", !bank.pulse | bank.claim)
        when(host.done & verify) { m.assert("done_is_verified_or_failed", host.failed | (isWrong == 0)) }
        let hasFailed = m.register("has_failed")
        hasFailed.next(host.done & host.failed & !host.clear)
        m.assert("failure_sets_the_error", !hasFailed | host.error)

        assertEnd(m, write, accepts)
        assertInvariants(m, write, retries, data, verify, isPartial, isWrong, rounds)
        m.cover("ends_after_two_repeats", host.done & !host.failed & (rounds == 3))
        m.cover("fails_after_a_repeat", host.done & host.failed & (rounds == 2))
    }

    /// What is left to do gets less in every cycle in which the bank does not keep the write waiting.
    private func assertEnd(_ m: Builder<Ports>, _ write: RowWrite, _ accepts: Bits) {
        let (host, bank) = (m.controller.host, m.controller.bank)
        let behind = write.isVerifying
        let step = m.wire("step", 4)
        choose(write.state) { on in
            on.case(.idle) { step.drive(0) }
            on.case(.sense) { step.drive(mux(behind, m.constant(3, 4), m.constant(9, 4))) }
            on.case(.wait) { step.drive(mux(behind, m.constant(2, 4), m.constant(8, 4))) }
            on.case(.compare) { step.drive(mux(behind, m.constant(1, 4), m.constant(7, 4))) }
            on.case(.claim) { step.drive(6) }
            on.case(.set) { step.drive(5) }
            on.case(.clear) { step.drive(4) }
            on.case(.finish) { step.drive(0) }
        }
        let left = concatenate([write.retriesLeft, step, ~write.elapsed]).named("left_to_do")
        let isKept = (bank.sense & !bank.senseReady) | ((write.state == .claim) & !bank.writeReady)
        let wasWorking = m.past((host.busy & !isKept).named("is_working"))
        m.assert("comes_nearer_to_its_end", !(wasWorking & host.busy) | (left < m.past(left)))
        m.assert("works_on_what_it_accepts", !m.past(accepts) | host.busy)
        m.assert("ends_with_done", !m.past(host.busy.named("is_busy")) | host.busy | m.past(host.done.named("is_done")))
    }

    /// What makes the law inductive.
    private func assertInvariants(
        _ m: Builder<Ports>, _ write: RowWrite, _ retries: Bits, _ data: Bits, _ verify: Bits, _ isPartial: Bits,
        _ isWrong: Bits, _ rounds: Bits
    ) {
        let isSensing = write.state.isOne(of: .sense, .wait, .compare).named("is_sensing")
        let isPulsing = write.state.isOne(of: .set, .clear).named("is_pulsing")
        let busy = m.controller.host.busy
        m.assert("invariant_data", !busy | (write.data == data))
        m.assert("invariant_verify", !busy | (write.verify == verify))
        m.assert("invariant_elapsed", (write.state != .wait) | (write.elapsed <= controller.period))
        m.assert("invariant_begun", !((write.state == .wait) | isPulsing) | (write.elapsed != 0))
        m.assert("invariant_retries_left", !busy | (write.retriesLeft <= retries))
        // Rounds that were begun: none before the first claim, one more than the repeats behind it.
        let repeats = (retries - write.retriesLeft).zeroExtended(to: rounds.width).named("repeats")
        let isBefore = (isSensing & !write.isVerifying).named("is_before")
        when(isBefore) { m.assert("invariant_no_round", (rounds == 0) & (repeats == 0)) }
        when(write.state == .claim) { m.assert("invariant_round_claimed", rounds == repeats) }
        let isBehind = isPulsing | (isSensing & write.isVerifying)
        when(isBehind) { m.assert("invariant_round_begun", rounds == repeats + 1) }
        when((write.state == .claim) & !write.isVerifying) { m.assert("invariant_first_round", repeats == 0) }
        m.assert("invariant_not_failed", !busy | (write.state == .finish) | (write.wrongBits == 0))
        when(write.state == .finish) {
            m.assert("invariant_rounds_done", rounds <= repeats + 1)
            m.assert("invariant_failure", !verify | ((write.wrongBits == 0) == (isWrong == 0)))
        }
        when((write.state == .claim) | isPulsing) {
            m.assert("invariant_wrong", !isPartial | (write.wrong == isWrong))
        }
    }
}
