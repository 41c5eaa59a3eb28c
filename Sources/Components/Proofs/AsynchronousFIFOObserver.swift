import HDL

/// What is claimed of an asynchronous FIFO in its proof, and the invariants that make the claims inductive.
///
/// It has no clock: it looks at both sides at every moment, where the checks of a clock's domain would look at its edges.
///
/// The invariants are about the pointers as numbers on a circle of twice the depth. Going up from the oldest copy of
/// the read pointer, one passes its younger copies, the read pointer, the copies of the write pointer, and the write
/// pointer, which is at most the depth away from where one began.
struct AsynchronousFIFOObserver: Module {
    let fifo: AsynchronousFIFO

    init(_ fifo: AsynchronousFIFO) { self.fifo = fifo }

    var moduleName: String { "\(fifo.moduleName)_observer" }

    /// Bits of an item's number: enough that as many items as may be inside, and one more, do not go round once.
    static func numberWidth(_ fifo: AsynchronousFIFO) -> Int { fifo.pointerWidth + 1 }

    struct PointerPorts: SignalBundle {
        let number, gray, pastGray: Input

        init(_ width: Int) {
            number = Input(width)
            gray = Input(width)
            pastGray = Input(width)
        }
    }

    struct Ports: SignalBundle {
        let writePointer, readPointer: PointerPorts
        /// Codes in the order of the circle, the read pointer's last copy first.
        let codes: [Input]
        let isWriteReset, isReadReset: Input
        /// Registers that are zero in a reset.
        let writeState, readState: Input
        let isPut, isFetched: Input
        let putNumber, takenNumber: Input
        /// An item is followed, and has come out.
        let isFollowing, wasTaken: Input
        let followed, followedNumber, storedItem: Input
        let valid, payload, wasHeldUp, pastPayload: Input
        /// The item at the output is the followed one.
        let isFollowedItem: Output
    }

    func ports() -> Ports {
        let (pointer, number, word) = (fifo.pointerWidth, Self.numberWidth(fifo), fifo.width)
        let stages = max(fifo.stages, 2)
        return Ports(
            writePointer: PointerPorts(pointer), readPointer: PointerPorts(pointer),
            codes: (0..<2 * (stages + 2)).map { _ in Input(pointer) }, isWriteReset: Input(), isReadReset: Input(),
            writeState: Input((stages + 4) * pointer + number + 1),
            readState: Input((stages + 4) * pointer + number + 3), isPut: Input(), isFetched: Input(),
            putNumber: Input(number), takenNumber: Input(number), isFollowing: Input(), wasTaken: Input(),
            followed: Input(word),
            followedNumber: Input(number), storedItem: Input(word), valid: Input(),
            payload: Input(word), wasHeldUp: Input(), pastPayload: Input(word), isFollowedItem: Output())
    }

    func build(_ m: Builder<Ports>) {
        let inside = (m.putNumber - m.takenNumber).named("items_inside")
        m.assert("holds_at_most_its_depth_and_one", inside <= fifo.depth + 1)
        m.assert("offers_only_what_is_inside", !m.valid | inside.anySet)

        let isAwaited = (m.isFollowing & !m.wasTaken).named("is_awaited")
        let ahead = (m.followedNumber - m.takenNumber).named("items_ahead")
        m.assert("followed_item_is_inside", !isAwaited | (ahead < inside))
        let isNow = (isAwaited & m.valid & (ahead == 0)).named("is_now")
        m.assert("followed_item_comes_out", !isNow | (m.payload == m.followed))
        m.isFollowedItem.drive(isNow)

        let fetched = m.valid.zeroExtended(to: ahead.width)
        let isStored = (isAwaited & (ahead >= fetched)).named("is_stored")
        m.assert("invariant_followed_item_is_stored", !isStored | (m.storedItem == m.followed))
        assertOrderOfWords(m)
        assertCounts(m, inside: inside, fetched: fetched)
        assertPointers(m)

        let isHeld = (m.valid & (m.payload == m.pastPayload)).named("is_held")
        m.assert("invariant_output_is_held", !m.wasHeldUp | isHeld)
        m.assert("invariant_write_side_is_zero_in_reset", !m.isWriteReset | !m.writeState.anySet)
        m.assert("invariant_read_side_is_zero_in_reset", !m.isReadReset | !m.readState.anySet)
    }

    /// A word that was written and fetched at the same instant would be neither the old nor the new one.
    private func assertOrderOfWords(_ m: Builder<Ports>) {
        let addresses = 0..<fifo.pointerWidth - 1
        let isSameWord = m.writePointer.number[addresses] == m.readPointer.number[addresses]
        let isBoth = (m.isPut & m.isFetched & isSameWord).named("is_put_and_fetched")
        m.assert("never_writes_the_word_that_is_fetched", !isBoth)
    }

    /// The pointers count the items: those between them are in the memory, and one more may be at the output.
    private func assertCounts(_ m: Builder<Ports>, inside: Bits, fetched: Bits) {
        let (writeNumber, readNumber) = (m.writePointer.number, m.readPointer.number)
        let isPutCounted = (m.putNumber[0..<writeNumber.width] == writeNumber).named("is_put_counted")
        let stored = (writeNumber - readNumber).named("items_stored")
        let isInsideCounted = inside == stored.zeroExtended(to: inside.width) + fetched
        m.assert("invariant_write_pointer_counts_the_items_put", isPutCounted)
        m.assert("invariant_pointers_count_the_items_inside", isInsideCounted)
    }

    /// Each pointer's registers agree, it moves by single steps, and its copies lag behind it.
    private func assertPointers(_ m: Builder<Ports>) {
        for (name, pointer) in [("write", m.writePointer), ("read", m.readPointer)] {
            m.assert("invariant_\(name)_pointer_is_gray_coded", GrayCode.decode(pointer.gray) == pointer.number)
            let moved = (pointer.number - GrayCode.decode(pointer.pastGray)).named("\(name)_pointer_moved")
            m.assert("invariant_\(name)_pointer_moves_by_one", moved <= 1)
        }
        let numbers = m.codes.map { GrayCode.decode($0) }
        var distance = m.constant(0, fifo.pointerWidth + addressWidth(numbers.count))
        for (place, pair) in zip(numbers, numbers.dropFirst()).enumerated() {
            let step = (pair.1 - pair.0).zeroExtended(to: distance.width)
            distance = (distance + step).named("distance_\(place)")
        }
        m.assert("invariant_pointers_are_in_order", distance <= fifo.depth)
    }
}
