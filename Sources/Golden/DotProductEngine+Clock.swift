/// A row on its way from issue to the datapath.
struct Token {
    var isValid = false
    var bank = 0
    var chunk = 0
    var work = AndAccumulate.Work()
}

extension DotProductEngine {
    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        let issued = nextToken()
        let issue = issued.isValid
        clockDatapath(reset: reset)
        clockBanks(inputs, issue: issue, token: issued, reset: reset)
        clockCounters(inputs, issue: issue && !issued.work.empty, reset: reset)

        let frees = lastGroupFrees
        buffer.clock(
            valid: inputs.valid, planes: inputs.planes, issued: issue && issued.work.last, free: frees, reset: reset)
        advancePlaneGroup(reset: reset)
        if parameters.skips {
            clockController(inputs, take: issue, reset: reset)
        } else {
            var take = DenseSequencer.Inputs()
            take.take = issue
            sequencer.clock(take, reset: reset)
        }
        scheduler.clock(issue: issue, last: issued.work.last, reset: reset)
        if reset {
            sensing.clear()
            imageNumber = 0
        } else {
            sensing.push(issued)
            if issue, issued.work.last { imageNumber += 1 }
        }
    }

    /// The row that the controller shows, valid if it is issued in this cycle.
    private func nextToken() -> Token {
        var token = Token()
        token.bank = scheduler.bank
        let position: Int
        let isOffered: Bool
        if parameters.skips {
            isOffered = controller.isValid
            position = controller.position
            token.chunk = controller.current.chunk
            token.work.filter = controller.current.filter
            token.work.last = controller.isLast
            token.work.empty = controller.current.isEmpty
        } else {
            isOffered = true
            position = sequencer.position
            token.chunk = sequencer.chunk
            token.work.filter = sequencer.filter
            token.work.last = sequencer.isLast
        }
        token.work.plane = position >> 1
        token.work.negative = position & 1 == 1
        token.work.first = scheduler.isFirst
        token.isValid = scheduler.issues(
            valid: isOffered, imageReady: buffer.isImageReady, bankReady: banks[token.bank].amplifiers.isReady)
        return token
    }

    /// The token that is in the datapath in this cycle, and whether one is.
    private var working: (token: Token, isActive: Bool) {
        let sensed = sensing.oldest
        return sensed.isValid ? (sensed, true) : (held, planeGroup != 0)
    }

    private var lastGroupFrees: Bool {
        let (token, isActive) = working
        return isActive && planeGroup == parameters.planeGroups - 1 && token.work.last
    }

    private mutating func clockDatapath(reset: Bool) {
        let (token, isActive) = working
        var work = token.work
        work.planeGroup = planeGroup
        work.first = work.first && planeGroup == 0
        work.last = work.last && planeGroup == parameters.planeGroups - 1
        var ones = 0
        if isActive {
            let row = banks[token.bank].amplifiers.row
            ones = buffer.weighedOnes(row, chunk: token.chunk, planeGroup: planeGroup)
        }
        datapath.clock(valid: isActive, weighedOnes: ones, work: work, reset: reset)
    }

    private mutating func advancePlaneGroup(reset: Bool) {
        let (token, isActive) = working
        if reset {
            planeGroup = 0
            held = Token()
        } else if isActive {
            held = token
            planeGroup = planeGroup + 1 == parameters.planeGroups ? 0 : planeGroup + 1
        }
    }

    private mutating func clockBanks(_ inputs: Inputs, issue: Bool, token: Token, reset: Bool) {
        let address = scheduler.address
        for number in banks.indices {
            let start = issue && number == token.bank
            banks[number].clock(start: start, address: address, upset: inputs.upset[number], reset: reset)
            if start { sensedRows[number] = token.work.empty ? nil : sense(of: token) }
        }
        if inputs.write, inputs.writeBank < banks.count {
            banks[inputs.writeBank].store(
                inputs.writeData, at: inputs.writeAddress, failing: inputs.writeFail)
        }
    }

    private func sense(of token: Token) -> LogicalSense {
        let group = token.work.filter * parameters.chunks + token.chunk
        let row = (group * parameters.planes + token.work.plane) * 2 + (token.work.negative ? 1 : 0)
        return LogicalSense(image: imageNumber, row: row)
    }

    private mutating func clockController(_ inputs: Inputs, take: Bool, reset: Bool) {
        if reset || inputs.map.mapWrite {
            var map = inputs.map
            map.take = take
            controller.clock(map, reset: reset)
        } else {
            controller.clock(take: take)
        }
    }

    private mutating func clockCounters(_ inputs: Inputs, issue: Bool, reset: Bool) {
        if reset || inputs.clear {
            isRunning = false
            cycles = 0
            senses = 0
            return
        }
        if inputs.valid && buffer.isReady { isRunning = true }
        if isRunning { cycles &+= 1 }
        if issue { senses &+= 1 }
    }
}
