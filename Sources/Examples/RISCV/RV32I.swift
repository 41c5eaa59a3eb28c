public import HDL

/// A processor for RV32I, the base instruction set of RISC-V (The RISC-V Instruction Set Manual, volume I, chapter 2).
///
/// Multi-cycle: an instruction takes one cycle to fetch and one to execute, and as many more as the memories let it
/// wait. FENCE does nothing, since instructions run in order. ECALL, EBREAK, an illegal instruction and a misaligned
/// address halt the core, before the instruction has changed anything, with the cause by its number in `mcause`.
public struct RV32I: Module {
    /// Address of the first instruction, a multiple of 4.
    public var resetAddress: Int

    public init(resetAddress: Int = 0) { self.resetAddress = resetAddress }

    public var moduleName: String {
        resetAddress == 0 ? "rv32i" : "rv32i_from_\(String(resetAddress, radix: 16))"
    }

    public struct Ports: SignalBundle {
        public let fetch: InstructionBus
        public let data: DataBus
        public let retired: RetiredInstruction
        public let halted: Output
        /// Why the core has halted: a `TrapCause`.
        public let cause: Output
    }

    public func ports() -> Ports {
        Ports(
            fetch: InstructionBus(), data: DataBus(), retired: RetiredInstruction(), halted: Output(),
            cause: Output(TrapCause.width))
    }

    enum State: HardwareEnum { case fetch, execute, halted }

    public func build(_ m: Builder<Ports>) {
        m.require(resetAddress % 4 == 0, "a reset address of \(resetAddress); a multiple of 4")

        let state = m.register("state", State.self, reset: .fetch)
        let pc = m.register("pc", 32, reset: resetAddress)
        let instruction = m.register("instruction", 32)
        let cause = m.register("cause", TrapCause.self, reset: .instructionMisaligned)
        let following = (pc + 4).named("following")

        // Decode.
        let kind = InstructionKind.decode(instruction, m)
        let immediate = Immediates(of: instruction, m)
        let destination = instruction[7..<12].named("destination")
        let function = instruction[12..<15].named("function")

        // Register file. Register 0 is no word of the memory, so that it does not depend on a power-up value.
        let registers = m.memory("registers", depth: 32, width: 32)
        func read(_ name: String, _ number: Bits) -> Bits {
            mux(number == 0, 0, registers.read(number)).named(name)
        }
        let source1 = read("source_1", instruction[15..<20])
        let source2 = read("source_2", instruction[20..<25])

        // Arithmetic and logic.
        let isRegister = kind == .arithmetic
        let operand = mux(isRegister, source2, immediate.i).named("operand")
        let computed = compute(m, function, source1, operand, isRegister: isRegister, variant: instruction[30])

        // Branches: bit 0 of the function turns the condition round.
        let conditions = [
            source1 == source2, m.constant(0, 1), source1.signed < source2.signed, source1 < source2,
        ]
        let isTaken = (select(function[1..<3], conditions) ^ function[0]).named("is_taken")

        // Loads and stores: the bus carries aligned words.
        let isStore = kind == .store
        let offset = mux(isStore, immediate.s, immediate.i)
        let location = (source1 + offset).named("location")
        let transfer = Transfer(m, size: function[0..<2], location: location)
        let loaded = transfer.extract(m.data.readData, isUnsigned: function[2]).named("loaded")

        // What each instruction does, when it is executed.
        let result = m.wire("result", 32, default: 0)
        let target = m.wire("target", 32)
        let isWriting = m.wire("is_writing", default: 0)
        let isTransferring = m.wire("is_transferring", default: 0)
        let isTrapped = m.wire("is_trapped", default: 0)
        let reason = m.wire("reason", TrapCause.self, default: .illegalInstruction)
        target.drive(following)

        func write(_ value: Bits) {
            isWriting.drive(1)
            result.drive(value)
        }
        func jump(to address: Bits) {
            target.drive(address)
            // Bit 0 is zero in every target.
            when(address[1]) { trap(.instructionMisaligned) }
        }
        func transferOrTrap(_ misaligned: TrapCause) {
            isTransferring.drive(1)
            when(transfer.isMisaligned) { trap(misaligned) }
        }
        func trap(_ cause: TrapCause) {
            isTrapped.drive(1)
            reason.drive(cause)
        }

        choose(kind) { on in
            on.case(.loadUpperImmediate) { write(immediate.u) }
            on.case(.addUpperImmediateToAddress) { write(pc + immediate.u) }
            on.case(.jumpAndLink) {
                write(following)
                jump(to: pc + immediate.j)
            }
            on.case(.jumpAndLinkRegister) {
                write(following)
                jump(to: concatenate([(source1 + immediate.i)[1..<32], m.constant(0, 1)]))
            }
            on.case(.branch) { when(isTaken) { jump(to: pc + immediate.b) } }
            on.case(.load) {
                write(loaded)
                transferOrTrap(.loadMisaligned)
            }
            on.case(.store) { transferOrTrap(.storeMisaligned) }
            on.case(.arithmeticImmediate, .arithmetic) { write(computed) }
            on.case(.fence) {}
            on.case(.environmentCall) { trap(.machineCall) }
            on.case(.breakpoint) { trap(.breakpoint) }
            on.case(.illegal) { trap(.illegalInstruction) }
        }

        // Control.
        let isExecuting = state == .execute
        let isRequesting = (isExecuting & isTransferring & ~isTrapped).named("is_requesting")
        let isWaiting = (isRequesting & ~m.data.ready).named("is_waiting")
        let isRetiring = (isExecuting & ~isTrapped & ~isWaiting).named("is_retiring")
        let isChanging = (isWriting & (destination != 0)).named("is_changing")

        choose(state) { on in
            on.case(.fetch) {
                when(m.fetch.ready) {
                    instruction.next(m.fetch.instruction)
                    state.next(.execute)
                }
            }
            on.case(.execute) {
                when(isTrapped) {
                    cause.next(reason)
                    state.next(.halted)
                }.elseWhen(isRetiring) {
                    pc.next(target)
                    state.next(.fetch)
                }
            }
            on.case(.halted) {}
        }
        when(isRetiring & isChanging) { registers.write(destination, result) }

        m.fetch.valid.drive(state == .fetch)
        m.fetch.address.drive(pc)
        m.data.valid.drive(isRequesting)
        m.data.address.drive(concatenate([location[2..<32], m.constant(0, 2)]))
        m.data.writeStrobes.drive(mux(isStore, transfer.strobes, 0))
        m.data.writeData.drive(transfer.place(source2))
        m.retired.valid.drive(isRetiring)
        m.retired.address.drive(pc)
        m.retired.destination.drive(mux(isChanging, destination, 0))
        m.retired.value.drive(mux(isChanging, result, 0))
        m.halted.drive(state == .halted)
        EnumSignal(m.cause, TrapCause.self).drive(cause)

        m.assert("pc_is_aligned", pc[0..<2] == 0)
    }

    /// - Parameter variant: the bit that makes a subtraction of an addition, and a right shift arithmetic.
    private func compute(
        _ m: Builder<Ports>, _ function: Bits, _ a: Bits, _ b: Bits, isRegister: Bits, variant: Bits
    ) -> Bits {
        let amount = b[0..<5]
        let computed = m.wire("computed", 32)
        choose(EnumSignal(function, ArithmeticFunction.self)) { on in
            on.case(.add) { computed.drive(mux(isRegister & variant, a - b, a + b)) }
            on.case(.shiftLeft) { computed.drive(a << amount) }
            on.case(.lessSigned) { computed.drive((a.signed < b.signed).zeroExtended(to: 32)) }
            on.case(.less) { computed.drive((a < b).zeroExtended(to: 32)) }
            on.case(.xor) { computed.drive(a ^ b) }
            on.case(.shiftRight) { computed.drive(mux(variant, (a.signed >> amount).bits, a >> amount)) }
            on.case(.or) { computed.drive(a | b) }
            on.case(.and) { computed.drive(a & b) }
        }
        return computed
    }
}
