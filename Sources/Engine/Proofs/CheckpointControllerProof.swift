public import HDL

/// The law of `CheckpointController` as assertions, for any state, any cells whose write fails, and failures of the supply at any
/// moment, in the midst of a write too.
///
/// Law: the bank that holds is never written, and what it holds is the state as it was when the flag was turned over, whole; so what is
/// resumed was once a state. A word is written `retries` + 1 times at most. What waits at a boundary goes on only when its
/// state is saved.
///
/// A failure of the supply is a reset: it sets every register, and no cell. The harness describes the controller again, so that its
/// invariants can speak of what is inside; they make the law inductive.
public struct CheckpointControllerProof: Module {
    let controller: CheckpointController

    public init(state: Int = 4, word: Int = 2, write: Int = 2, retries: Int = 1) {
        var controller = CheckpointController()
        (controller.state, controller.word) = (state, word)
        (controller.write, controller.retries) = (write, retries)
        self.controller = controller
    }

    public var moduleName: String { "checkpoint_controller_proof_\(controller.state)_\(controller.word)" }

    public struct Ports: SignalBundle {
        public let controller: CheckpointController.Ports
    }

    public func ports() -> Ports { Ports(controller: controller.ports()) }

    public func build(_ m: Builder<Ports>) {
        let ports = m.controller
        let logic = CheckpointLogic(m, ports, controller)
        let cells = logic.cells
        let isWorking = ((logic.state != .rest) & (logic.state != .wake)).named("is_working")
        assumeSurroundings(m, isWorking)

        // What the flag was turned over for; it survives resets as the cells do.
        let saved = m.register("saved_state", controller.state, reset: nil)
        let oldFlag = concatenate([cells.bank, cells.holds])
        let kept = ports.fail[0..<2]
        let newFlag = (logic.wanted & ~kept) | (oldFlag & kept)
        let turns = (logic.storesFlag & (newFlag == logic.wanted) & logic.wanted[0] & (oldFlag != logic.wanted))
            .named("flag_turns")
        when(turns) { saved.next(ports.state) }

        m.assert("holding_bank_is_left_alone", !logic.storesWord | !cells.holds | (logic.target != cells.bank))
        m.assert("holds_a_whole_state", !cells.holds | (ports.saved == saved))
        m.assert("resumes_what_was_saved", !ports.resume | (ports.saved == saved))
        m.assert("flag_is_whole", !logic.storesFlag | (newFlag == logic.wanted) | (newFlag == oldFlag))
        m.assert("repeats_no_more_than_it_may", isBelow(logic.tries, controller.retries + 1))
        let isSaved = cells.holds & (ports.saved == ports.state)
        let goesOn = logic.isEnabled & ports.committed & ports.boundary
        m.assert("goes_on_when_saved", !goesOn | ports.ending | isSaved)
        m.assert("ends_when_nothing_holds", !goesOn | !ports.ending | !cells.holds)

        assertInvariants(m, logic)
        let commits = ports.commits
        m.cover("saves_twice", commits == 2)
        m.cover("gives_a_checkpoint_up", ports.aborts == 1)
        m.cover("resumes", ports.resume)
    }

    /// The engine is at rest while it is saved, and what it waits for stays.
    private func assumeSurroundings(_ m: Builder<Ports>, _ isWorking: Bits) {
        let ports = m.controller
        let wasWorking = m.register("was_working")
        wasWorking.next(isWorking)
        let isSame = (m.past(ports.state) == ports.state) & (m.past(ports.boundary) == ports.boundary)
        let isSameEnd = m.past(ports.ending) == ports.ending
        m.assume("rests_while_it_is_saved", !isWorking | !wasWorking | (isSame & isSameEnd))
        let isStart = isWorking & !wasWorking
        m.assume("rests_when_saving_begins", !isStart | (isSame & isSameEnd))
        m.assume("layers_do_not_run_at_boundaries", !(ports.boundary & ports.running))
    }

    /// How far the bank that is written agrees with the state.
    private func assertInvariants(_ m: Builder<Ports>, _ logic: CheckpointLogic) {
        let ports = m.controller
        let state = logic.state
        let writes = ((state == .write) | (state == .verify)).named("writes_words")
        let writesFlag = (state == .writeFlag).named("writes_flag")
        let isDone = ((state == .verifyFlag) | (state == .done)).named("has_written_flag")
        let saves = logic.wanted[0]
        let bank = logic.wanted[1]
        m.assert("invariant_words_are_saved_for_a_flag", !writes | (saves & (bank == logic.target)))
        m.assert("invariant_number", !writes | isBelow(logic.number, controller.words))
        m.assert("invariant_cycle", isBelow(logic.cycle, controller.write))
        let isFlag = logic.cells.isFlag(logic.wanted)
        // A write that the supply cuts may have turned the flag over already.
        m.assert("invariant_flag_to_write", !writesFlag | isNext(m, logic) | isFlag)
        m.assert("invariant_flag_written", !isDone | isNext(m, logic) | isFlag)
        m.assert("invariant_done", (state != .done) | isFlag)
        let ends = ports.boundary & ports.ending
        m.assert("invariant_words_do_not_end", !writes | !ends)
        m.assert("invariant_flag_says_whether_it_ends", !(writesFlag | isDone) | (saves == !ends))
        let parts = ports.state.zeroExtended(to: controller.words * controller.word).splitting(every: controller.word)
        for word in 0..<controller.words {
            let isRight = logic.cells.word(m, word, of: bank) == parts[word]
            let isBehind = writes & (logic.number > word)
            m.assert("invariant_word_\(word)", !(isBehind | ((writesFlag | isDone) & saves)) | isRight)
        }
    }

    private func isBelow(_ value: Bits, _ bound: Int) -> Bits { value.zeroExtended(to: value.width + 1) < bound }

    /// Whether the flag that is wanted differs from the present one in the bit that may change.
    private func isNext(_ m: Builder<Ports>, _ logic: CheckpointLogic) -> Bits {
        let cells = logic.cells
        let turnsOver = logic.wanted == concatenate([logic.target, m.constant(1, 1)])
        let lets = cells.holds & (logic.wanted == concatenate([cells.bank, m.constant(0, 1)]))
        return turnsOver | lets
    }
}
