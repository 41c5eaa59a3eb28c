import HDL

/// The insides of `CheckpointController`: what `build` describes, and what its proof looks at.
struct CheckpointLogic {
    enum State: HardwareEnum {
        case wake, rest, write, verify, writeFlag, verifyFlag, done
    }

    let cells: ShadowCells
    let state: EnumSignal<State>
    /// The word being written, the write's cycle, and the writes of it before; the flag that is to be.
    let number, cycle, tries, wanted: Bits
    /// The bank that is written, and whether it or the flag is at this edge.
    let target, storesWord, storesFlag: Bits
    let isEnabled: Bits

    /// - Parameter ports: those of the controller, the module's own or a part of a harness's.
    init<P: SignalBundle, Access: BundleAccess>(
        _ m: Builder<P>, _ ports: Access, _ parameters: CheckpointController
    ) where Access.Ports == CheckpointController.Ports {
        let (words, write, retries) = (parameters.words, parameters.write, parameters.retries)
        let one = m.constant(1, 1)
        let cells = ShadowCells(m, words: words, wordBits: parameters.word)
        let (holds, bank) = (cells.holds, cells.bank)
        // Of the flag one bit changes, so it is whole at every instant.
        let target = mux(holds, ~bank, bank).named("target_bank")

        let number = m.register("word_number", addressWidth(words))
        let cycle = m.register("write_cycle", addressWidth(write))
        let tries = m.register("tries", addressWidth(retries + 1))
        let wanted = m.register("wanted_flag", 2)
        let isParked = m.register("is_parked")
        let elapsed = m.register("cycles_since", 32)
        // From outside, and maybe late: taken a cycle before they count.
        let isEnabled = ports.enable.registered("is_enabled")
        let isWarned = ports.warning.registered("is_warned")
        let interval = ports.interval.registered("interval_taken")
        let isDue = ((interval != 0) & (elapsed >= interval)).named("is_due")
        let isUrgent = (isWarned & ~isParked).named("is_urgent")
        let isWanted = (isEnabled & ports.running & ports.quiet & (isDue | isUrgent)).named("is_wanted")
        let isBoundary = (isEnabled & ports.boundary).named("is_boundary")
        let isWriteEnd = (write == 1 ? one : cycle == write - 1).named("is_write_end")
        let isLastWord = (words == 1 ? one : number == words - 1).named("is_last_word")
        let isLastTry = (retries == 0 ? one : tries == retries).named("is_last_try")
        let states = ports.state.zeroExtended(to: words * parameters.word).splitting(every: parameters.word)
        let data = select(number, states).named("word_to_save")
        let isWordRight = (cells.word(number, of: target) == data).named("is_word_right")
        let isFlagRight = cells.isFlag(wanted).named("is_flag_right")
        let holdsNone = concatenate([bank, m.constant(0, 1)])
        let holdsTarget = concatenate([target, one])

        let writes = m.register("write_count", 32)
        let aborts = m.register("abort_count", 32)
        let commits = m.register("commit_count", 32)
        when(~isWarned) { isParked.next(0) }
        let state = m.stateMachine("state", reset: State.wake) { state, on in
            func written(_ then: State) {
                cycle.next(cycle + 1)
                when(isWriteEnd) {
                    cycle.next(0)
                    writes.next(writes + 1)
                    state.next(then)
                }
            }
            /// Repeats a write that left a cell wrong, or gives the checkpoint up.
            func repeated(_ again: State) {
                when(isLastTry) {
                    aborts.next(aborts + 1)
                    elapsed.next(0)
                    state.next(.rest)
                }.otherwise {
                    tries.next(tries + 1)
                    state.next(again)
                }
            }
            on.case(.wake) { state.next(.rest) }
            on.case(.rest) {
                tries.next(0)
                number.next(0)
                cycle.next(0)
                wanted.next(holdsTarget)
                when(isEnabled & ports.running) { elapsed.next(elapsed + 1) }
                when(isBoundary & ports.ending) {
                    wanted.next(holdsNone)
                    when(holds) { state.next(.writeFlag) }
                        .otherwise { state.next(.done) }
                }.elseWhen(isBoundary | isWanted) {
                    state.next(.write)
                }
            }
            on.case(.write) { written(.verify) }
            on.case(.verify) {
                when(isWordRight) {
                    tries.next(0)
                    number.next(number + 1)
                    when(isLastWord) { state.next(.writeFlag) }
                        .otherwise { state.next(.write) }
                }.otherwise {
                    repeated(.write)
                }
            }
            on.case(.writeFlag) { written(.verifyFlag) }
            on.case(.verifyFlag) {
                when(isFlagRight) { state.next(.done) }
                    .otherwise { repeated(.writeFlag) }
            }
            on.case(.done) {
                when(wanted[0]) { commits.next(commits + 1) }
                elapsed.next(0)
                isParked.next(isWarned)
                state.next(.rest)
            }
        }

        // Before the first edge after power-up registers hold anything: no cell is written then.
        let isAwake = (~m.domain.isResetActive).named("is_awake")
        let isStored = (isAwake & (isWriteEnd | ports.cut)).named("is_stored")
        let storesWord = ((state == .write) & isStored).named("stores_word")
        let storesFlag = ((state == .writeFlag) & isStored).named("stores_flag")
        when(storesWord) { cells.store(number, of: target, data, fail: ports.fail) }
        when(storesFlag) { cells.storeFlag(wanted, fail: ports.fail) }

        let isIdle = (state == .rest) | (state == .wake)
        let isPaused = (isWarned | (ports.running & isDue)).named("is_paused")
        ports.hold.drive(~isIdle | (isEnabled & isPaused))
        ports.committed.drive(~isEnabled | (state == .done))
        ports.resume.drive((state == .wake) & holds)
        ports.saved.drive(cells.record(m, of: bank)[0..<parameters.state])
        ports.commits.drive(commits)
        ports.writes.drive(writes)
        ports.aborts.drive(aborts)
        self.cells = cells
        self.state = state
        (self.number, self.cycle, self.tries, self.wanted) = (number, cycle, tries, wanted)
        (self.target, self.storesWord, self.storesFlag, self.isEnabled) = (target, storesWord, storesFlag, isEnabled)
    }
}
