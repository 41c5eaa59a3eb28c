public import HDL

/// An asynchronous FIFO and the properties that say that it loses no item, makes none, changes none and keeps their
/// order, in runs of any length, whatever the edges of its clocks and whatever its synchronisers catch.
///
/// Both sides count their items. A free input picks one that goes in; the item of the same number must be the same
/// when it comes out. The counts go round, but the numbers of items inside are so few that they tell them apart.
///
/// A first flip-flop of a synchroniser does more here than simulations let it: of a code that changed since the flip-flop's
/// last edge it takes for every bit, by a free input, the bit before or after the change. That is what comes of a
/// flip-flop that is metastable and settles before its next edge; one that takes longer is not modelled. Each domain's
/// reset is active until the first edge of its own clock, so that one side may run for any time before the other does.
/// Nothing is assumed of the streams.
public struct AsynchronousFIFOProof: Module {
    public var fifo: AsynchronousFIFO

    public init(_ fifo: AsynchronousFIFO) { self.fifo = fifo }

    public var moduleName: String { "\(fifo.moduleName)_proof" }

    public struct Ports: SignalBundle {
        public let write, read: ClockPort
        public let input: Flipped<Stream>
        public let output: Stream
        /// Picks the item that goes in, unless one is followed already.
        public let mark: Input
        /// Bits of a pointer's code that the other side catches as they were before their change.
        public let lateWriteBits, lateReadBits: Input
    }

    public func ports() -> Ports {
        let ports = fifo.ports()
        return Ports(
            write: ports.write, read: ports.read, input: ports.input, output: ports.output, mark: Input(1, "write"),
            lateWriteBits: Input(fifo.pointerWidth, "read"), lateReadBits: Input(fifo.pointerWidth, "write"))
    }

    public func build(_ m: Builder<Ports>) {
        let write = m.clocked(by: m.write)
        let read = m.clocked(by: m.read)
        // The pointers as they truly were at the last edge of the other side.
        let seenRead = write.crossingRegister("seen_read_gray", fifo.pointerWidth)
        let seenWrite = read.crossingRegister("seen_write_gray", fifo.pointerWidth)
        let state = m.scope("fifo") {
            fifo.queue(write: write, read: read, input: m.input, output: m.output) { pointer in
                let seen = pointer.side == .read ? seenRead : seenWrite
                let lateBits = pointer.side == .read ? m.lateReadBits : m.lateWriteBits
                seen.next(pointer.gray)
                let late = (lateBits & (pointer.gray ^ pointer.pastGray)).named("late_\(pointer.side.rawValue)_bits")
                return mux(pointer.gray == seen, pointer.gray, pointer.gray ^ late)
            }
        }
        let stability = read.assertStable("output", m.output)

        let observer = m.instance("observer", AsynchronousFIFOObserver(fifo))
        let writeState = follow(m, write, state, observer)
        let readState = take(m, read, observer)

        let readCodes = state.readCodes.reversed() + [seenRead, state.readPointer.gray]
        let writeCodes = state.writeCodes.reversed() + [seenWrite, state.writePointer.gray]
        for (port, code) in zip(observer.codes, readCodes + writeCodes) { port.drive(code) }
        for (pointer, ports) in [
            (state.writePointer, observer.writePointer), (state.readPointer, observer.readPointer),
        ] {
            ports.number.drive(pointer.number)
            ports.gray.drive(pointer.gray)
            ports.pastGray.drive(pointer.pastGray)
        }
        observer.isPut.drive(state.isPut)
        observer.isFetched.drive(state.isFetched)
        observer.valid.drive(m.output.valid)
        observer.payload.drive(m.output.payload)
        observer.wasHeldUp.drive(stability.wasHeldUp)
        observer.pastPayload.drive(stability.pastItem)
        observer.isWriteReset.drive(write.domain.isResetActive)
        observer.isReadReset.drive(read.domain.isResetActive)
        let written = [state.writePointer.number, state.writePointer.gray, state.writePointer.pastGray, seenRead]
        observer.writeState.drive(concatenate(writeState + written + state.readCodes))
        let readOut = [state.readPointer.number, state.readPointer.gray, state.readPointer.pastGray, seenWrite]
        let held = [m.output.valid, stability.wasHeldUp]
        observer.readState.drive(concatenate(readState + held + readOut + state.writeCodes))
    }

    /// Counts the items that go in and keeps one of them.
    /// - Returns: registers that are zero in a reset.
    private func follow(
        _ m: Builder<Ports>, _ write: Builder<Ports>, _ state: AsynchronousFIFO.State,
        _ observer: Instance<AsynchronousFIFOObserver.Ports>
    ) -> [Bits] {
        let isPut = m.input.fire.named("is_put")
        let putNumber = write.register("put_number", AsynchronousFIFOObserver.numberWidth(fifo))
        let isFollowing = write.register("is_following")
        let followed = write.register("followed_item", fifo.width)
        let number = write.register("followed_number", putNumber.width)
        when(isPut) { putNumber.next(putNumber + 1) }
        when(isPut & m.mark & !isFollowing) {
            isFollowing.next(1)
            followed.next(m.input.payload)
            number.next(putNumber)
        }
        observer.putNumber.drive(putNumber)
        observer.isFollowing.drive(isFollowing)
        observer.followed.drive(followed)
        observer.followedNumber.drive(number)
        observer.storedItem.drive(state.word(number))
        return [putNumber, isFollowing]
    }

    /// Counts the items that come out, and notes that the followed one has.
    /// - Returns: registers that are zero in a reset.
    private func take(
        _ m: Builder<Ports>, _ read: Builder<Ports>, _ observer: Instance<AsynchronousFIFOObserver.Ports>
    ) -> [Bits] {
        let isTaken = m.output.fire.named("is_taken")
        let takenNumber = read.register("taken_number", AsynchronousFIFOObserver.numberWidth(fifo))
        when(isTaken) { takenNumber.next(takenNumber + 1) }
        // The harness may look at the other side at once: the item cannot cross as fast.
        let wasTaken = read.crossingRegister("followed_item_was_taken")
        wasTaken.next(wasTaken | (isTaken & observer.isFollowedItem))
        read.cover("followed_item_leaves", wasTaken)
        observer.takenNumber.drive(takenNumber)
        observer.wasTaken.drive(wasTaken)
        return [takenNumber, wasTaken]
    }
}
