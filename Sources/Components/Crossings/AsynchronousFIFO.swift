public import HDL

/// A first-in, first-out queue between two clock domains whose clocks have nothing to do with each other.
///
/// Law: items leave in the order in which they came, none lost, none twice. The memory holds `depth` items and the
/// output register one more. Each side learns of the other `stages` of its edges late, so it may see the queue fuller
/// or emptier than it is, never the reverse. Both domains are reset together.
///
/// The pointers cross as Gray codes, of which one bit changes at a time, so that a synchroniser that catches a change
/// half way gives the old or the new pointer (Cummings, "Simulation and Synthesis Techniques for Asynchronous FIFO
/// Design", SNUG 2002). They have one bit more than an address, which tells a full memory from an empty one.
public struct AsynchronousFIFO: Module {
    public var width: Int
    /// Words of the memory: a power of two, at least 2. Full throughput needs about `2 × stages + 2`.
    public var depth: Int
    /// Flip-flops of each crossing, at least two.
    public var stages: Int

    public init(width: Int, depth: Int, stages: Int = 2) {
        self.width = width
        self.depth = depth
        self.stages = stages
    }

    public struct Ports: SignalBundle {
        public let write, read: ClockPort
        /// In the domain `write`.
        public let input: Flipped<Stream>
        /// In the domain `read`.
        public let output: Stream
    }

    public func ports() -> Ports {
        Ports(
            write: ClockPort(), read: ClockPort(), input: Flipped(Stream(width, "write")),
            output: Stream(width, "read"))
    }

    public func build(_ m: Builder<Ports>) {
        let isPowerOfTwo = depth >= 2 && depth.nonzeroBitCount == 1
        m.require(isPowerOfTwo, "an asynchronous FIFO of \(depth) items; a power of two, at least 2")
        m.require(stages >= 2, "an asynchronous FIFO with synchronisers of \(stages) flip-flops; at least 2")
        let write = m.clocked(by: m.write)
        let read = m.clocked(by: m.read)
        _ = queue(write: write, read: read, input: m.input, output: m.output, caught: \.gray)
        write.assumeStable("input", m.input)
        read.assertStable("output", m.output)
    }

    /// Bits of a pointer.
    var pointerWidth: Int { addressWidth(max(depth, 2)) + 1 }

    /// What a proof wants to know of a queue.
    struct State {
        let writePointer, readPointer: Pointer
        /// The flip-flops through which a pointer's code goes to the other side, the first one first.
        let writeCodes, readCodes: [Bits]
        /// An item goes into the memory, or from there to the output.
        let isPut, isFetched: Bits
        /// The word at an address.
        let word: (Bits) -> Bits
    }

    /// The queue between streams of two domains of any module; its proof puts it into a module of its own, to see its
    /// inside.
    ///
    /// - Parameter caught: what the other side's first flip-flop catches of a pointer: its code, or in a proof what a code
    ///   that just changes may look like.
    func queue(
        write: Builder<some SignalBundle>, read: Builder<some SignalBundle>, input: BundleView<Stream>,
        output: BundleView<Stream>, caught: (Pointer) -> Bits
    ) -> State {
        let words = 1 << (pointerWidth - 1)
        let memory = write.memory("words", depth: words, width: width)
        let readPort = memory.clocked(by: read.domain)
        let addresses = 0..<pointerWidth - 1
        let isPut = write.wire("is_put")
        let isFetched = read.wire("is_fetched")
        let writePointer = Pointer(write, .write, width: pointerWidth, advance: isPut)
        let readPointer = Pointer(read, .read, width: pointerWidth, advance: isFetched)

        // The side that writes: full when the pointers differ by the depth, which inverts the two upper bits of a code.
        let readCodes = write.synchronizerChain("read_gray", caught(readPointer), stages: stages)
        let readGray = readCodes[readCodes.count - 1]
        let upper = pointerWidth - 2
        let atFull = concatenate([~readGray[upper...upper + 1]] + (upper > 0 ? [readGray[0..<upper]] : []))
        let isFull = (writePointer.gray == atFull).named("is_full")
        input.ready.drive(!isFull)
        isPut.drive(input.valid & !isFull)
        when(isPut) { memory.write(writePointer.number[addresses], input.payload) }

        // The side that reads: the word at the pointer is not written any more once the pointer to it has arrived.
        let writeCodes = read.synchronizerChain("write_gray", caught(writePointer), stages: stages)
        let writeGray = writeCodes[writeCodes.count - 1]
        let isEmpty = (readPointer.gray == writeGray).named("is_empty")
        let valid = read.register("output_valid_register")
        isFetched.drive(!isEmpty & (!valid | output.ready))
        let address = readPointer.number[addresses]
        let payload = readPort.readSynchronous("output_payload_register", address, enable: isFetched)
        when(!valid | output.ready) { valid.next(!isEmpty) }
        output.valid.drive(valid)
        output.payload.drive(payload)

        let filled = (writePointer.number - GrayCode.decode(readGray)).named("filled_at_most")
        write.assert("never_overflows", filled <= words)
        let left = (GrayCode.decode(writeGray) - readPointer.number).named("left_at_least")
        read.assert("never_underflows", left <= words)
        return State(
            writePointer: writePointer, readPointer: readPointer, writeCodes: writeCodes, readCodes: readCodes,
            isPut: isPut, isFetched: isFetched, word: { memory.read($0[addresses]) })
    }

    /// A number that counts up, and its Gray code in registers.
    struct Pointer {
        enum Side: String { case write, read }
        let side: Side
        /// The code of the edge before is `pastGray`.
        let number, gray, pastGray: Bits

        fileprivate init(_ m: Builder<some SignalBundle>, _ side: Side, width: Int, advance: Bits) {
            self.side = side
            let name = "\(side.rawValue)_pointer"
            number = m.register(name, width)
            gray = m.register("\(name)_gray", width)
            pastGray = m.past(gray)
            let following = (number + 1).named("\(name)_following")
            when(advance) {
                number.next(following)
                gray.next(GrayCode.encode(following))
            }
            m.assert("\(name)_is_gray_coded", gray == GrayCode.encode(number))
            let changed = (gray ^ pastGray).named("\(name)_gray_changed")
            m.assert("\(name)_changes_in_one_bit", (changed & (changed - 1)) == 0)
        }
    }
}
