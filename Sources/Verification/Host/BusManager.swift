import Golden

/// A manager of the register bus: writes and reads in order, as many at once as the bus takes, each part with pauses.
struct BusManager {
    struct Write {
        var offset: Int
        var data: UInt32
        var strobes: UInt8 = 15
        /// Whether the bus is to take it.
        var isGood = true
    }

    private struct Read {
        var offset: Int
        var isGood: Bool
    }

    private var writes: ArraySlice<Write> = []
    private var reads: ArraySlice<Read> = []
    /// Parts of the writes and of the reads that have been taken.
    private var (addressesTaken, dataTaken, readsTaken) = (0, 0, 0)
    private var (offersAddress, offersData, offersRead) = (false, false, false)
    /// Answers that were not what they should be.
    private(set) var wrongAnswers = 0
    /// What the last read gave.
    private(set) var lastRead: UInt32 = 0

    /// Whether every request has been answered.
    var isQuiet: Bool { writes.isEmpty && reads.isEmpty }

    mutating func write(_ write: Write) { writes.append(write) }
    mutating func read(_ offset: Int, isGood: Bool = true) { reads.append(Read(offset: offset, isGood: isGood)) }

    /// Forgets all requests, as a reset makes the host do.
    mutating func reset() {
        let wrong = wrongAnswers
        self = BusManager()
        wrongAnswers = wrong
    }

    /// - Parameter pauses: drawn for each part; whether it rests in this cycle.
    mutating func next(_ inputs: inout RegisterBusInputs, bus: RegisterBus, pauses: () -> Bool) {
        if addressesTaken < writes.count, !offersAddress { offersAddress = !pauses() }
        inputs.writeAddressValid = offersAddress
        if offersAddress {
            inputs.writeAddress = writes[writes.startIndex + addressesTaken].offset
            if bus.isWriteAddressReady { (offersAddress, addressesTaken) = (false, addressesTaken + 1) }
        }
        if dataTaken < writes.count, !offersData { offersData = !pauses() }
        inputs.writeDataValid = offersData
        if offersData {
            let write = writes[writes.startIndex + dataTaken]
            (inputs.writeData, inputs.strobes) = (write.data, write.strobes)
            if bus.isWriteDataReady { (offersData, dataTaken) = (false, dataTaken + 1) }
        }
        inputs.writeResponseReady = !pauses()
        if inputs.writeResponseReady, bus.isWriteAnswered, let write = writes.popFirst() {
            (addressesTaken, dataTaken) = (addressesTaken - 1, dataTaken - 1)
            if (bus.writeResponse == .okay) != write.isGood { wrongAnswers += 1 }
        }
        if readsTaken < reads.count, !offersRead { offersRead = !pauses() }
        inputs.readAddressValid = offersRead
        if offersRead {
            inputs.readAddress = reads[reads.startIndex + readsTaken].offset
            if bus.isReadAddressReady { (offersRead, readsTaken) = (false, readsTaken + 1) }
        }
        inputs.readDataReady = !pauses()
        if inputs.readDataReady, bus.isReadAnswered, let read = reads.popFirst() {
            readsTaken -= 1
            lastRead = bus.readData
            if (bus.readResponse == .okay) != read.isGood { wrongAnswers += 1 }
        }
    }
}
