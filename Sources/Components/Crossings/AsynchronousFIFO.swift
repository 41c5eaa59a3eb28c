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
        queue(write: write, read: read, input: m.input, output: m.output)
        write.assumeStable("input", m.input)
        read.assertStable("output", m.output)
    }

    /// Bits of a pointer.
    private var pointerWidth: Int { addressWidth(max(depth, 2)) + 1 }

    /// The queue between streams of two domains of any module; its proof puts it into a module of its own.
    func queue(
        write: Builder<some SignalBundle>, read: Builder<some SignalBundle>, input: BundleView<Stream>,
        output: BundleView<Stream>
    ) {
        let words = 1 << (pointerWidth - 1)
        let memory = write.memory("words", depth: words, width: width)
        let readPort = memory.clocked(by: read.domain)
        let addresses = 0..<pointerWidth - 1
        let isPut = write.wire("is_put")
        let isFetched = read.wire("is_fetched")
        let writePointer = Pointer(write, "write_pointer", width: pointerWidth, advance: isPut)
        let readPointer = Pointer(read, "read_pointer", width: pointerWidth, advance: isFetched)

        // The side that writes: full when the pointers differ by the depth, which inverts the two upper bits of a code.
        let readGray = write.synchronize("read_gray", readPointer.gray, stages: stages)
        let upper = pointerWidth - 2
        let atFull = concatenate([~readGray[upper...upper + 1]] + (upper > 0 ? [readGray[0..<upper]] : []))
        let isFull = (writePointer.gray == atFull).named("is_full")
        input.ready.drive(!isFull)
        isPut.drive(input.valid & !isFull)
        when(isPut) { memory.write(writePointer.number[addresses], input.payload) }

        // The side that reads: the word at the pointer is not written any more once the pointer to it has arrived.
        let writeGray = read.synchronize("write_gray", writePointer.gray, stages: stages)
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
    }

    /// A number that counts up, and its Gray code in registers.
    private struct Pointer {
        let number, gray: Bits

        init(_ m: Builder<some SignalBundle>, _ name: String, width: Int, advance: Bits) {
            number = m.register(name, width)
            gray = m.register("\(name)_gray", width)
            let following = (number + 1).named("\(name)_following")
            when(advance) {
                number.next(following)
                gray.next(GrayCode.encode(following))
            }
            m.assert("\(name)_is_gray_coded", gray == GrayCode.encode(number))
            let changed = (gray ^ m.past(gray)).named("\(name)_gray_changed")
            m.assert("\(name)_changes_in_one_bit", (changed & (changed - 1)) == 0)
        }
    }
}
