import HDL

extension Compiler {
    /// Drops copies and what nobody reads, and orders the instructions so that operands come before their users.
    ///
    /// Among those that are ready, instructions of the opcode at hand go first: they become one run.
    /// - Parameter kept: places that must have their values whether an instruction reads them or not.
    mutating func schedule(keeping kept: [UInt32]) throws(SimulationError) {
        forwardCopies()
        let isLive = liveInstructions(kept.map { sourceOfCopies[Int($0)] })
        let order = try ordered(isLive)
        var instructions: [Instruction] = []
        instructions.reserveCapacity(order.count)
        for index in order {
            let opcode = opcodes[Int(index)]
            if let last = program.runs.last, last.opcode == opcode {
                program.runs[program.runs.count - 1] = Run(opcode: opcode, start: last.start, end: last.end + 1)
            } else {
                let start = Int32(instructions.count)
                program.runs.append(Run(opcode: opcode, start: start, end: start + 1))
            }
            instructions.append(program.instructions[Int(index)])
        }
        program.instructions = instructions
    }

    /// Lets the readers of a copy read its source; `sourceOfCopies` says which that is for every place.
    mutating func forwardCopies() {
        sourceOfCopies = (0..<UInt32(producers.count)).map { $0 }
        for (opcode, instruction) in zip(opcodes, program.instructions) {
            guard opcode == .copy || opcode == .copyWide else { continue }
            let count = opcode == .copy ? 1 : words(of: Int(instruction.d))
            for word in 0..<UInt32(count) { sourceOfCopies[Int(instruction.target + word)] = instruction.a + word }
        }
        shortenCopies()
        var pool = program.pool
        for index in program.instructions.indices {
            program.instructions[index].forEachRead(of: opcodes[index], in: &pool) { place in
                place = sourceOfCopies[Int(place)]
            }
        }
        program.pool = pool
    }

    /// Makes every place that is copied from another know the first of the chain. A ring of copies is cut open at one
    /// place, whose copy then reads itself: the order finds that loop.
    private mutating func shortenCopies() {
        enum Mark: UInt8 { case new, onPath, done }
        var marks = [Mark](repeating: .new, count: sourceOfCopies.count)
        var path: [Int] = []
        for place in sourceOfCopies.indices where sourceOfCopies[place] != UInt32(place) && marks[place] == .new {
            var end = place
            while marks[end] == .new, sourceOfCopies[end] != UInt32(end) {
                marks[end] = .onPath
                path.append(end)
                end = Int(sourceOfCopies[end])
            }
            // A finished place knows its first one already.
            let first = marks[end] == .done ? sourceOfCopies[end] : UInt32(end)
            for step in path {
                sourceOfCopies[step] = first
                marks[step] = .done
            }
            path.removeAll(keepingCapacity: true)
        }
    }

    private mutating func liveInstructions(_ roots: [UInt32]) -> [Bool] {
        var isLive = [Bool](repeating: false, count: program.instructions.count)
        var pool = program.pool
        var stack: [Int32] = []
        func reach(_ place: UInt32) {
            let producer = producers[Int(place)]
            if producer >= 0, !isLive[Int(producer)] {
                isLive[Int(producer)] = true
                stack.append(producer)
            }
        }
        roots.forEach(reach)
        while let index = stack.popLast() {
            var instruction = program.instructions[Int(index)]
            instruction.forEachRead(of: opcodes[Int(index)], in: &pool) { reach($0) }
        }
        return isLive
    }

    private mutating func ordered(_ isLive: [Bool]) throws(SimulationError) -> [Int32] {
        let graph = InstructionGraph(self, isLive)
        var waiting = graph.operandCounts
        // Ready instructions by opcode.
        var ready = [[Int32]](repeating: [], count: Opcode.allCases.count)
        for index in isLive.indices where isLive[index] && waiting[index] == 0 {
            ready[Int(opcodes[index].rawValue)].append(Int32(index))
        }
        var order: [Int32] = []
        var opcode = 0
        var idle = 0
        while idle < ready.count {
            guard !ready[opcode].isEmpty else {
                opcode = (opcode + 1) % ready.count
                idle += 1
                continue
            }
            idle = 0
            // In the order in which they became ready: neighbours in the description stay neighbours.
            var position = 0
            while position < ready[opcode].count {
                let index = ready[opcode][position]
                position += 1
                order.append(index)
                for user in graph.users(of: index) {
                    waiting[Int(user)] -= 1
                    if waiting[Int(user)] == 0 { ready[Int(opcodes[Int(user)].rawValue)].append(user) }
                }
            }
            ready[opcode].removeAll(keepingCapacity: true)
        }
        if order.count < isLive.count(where: { $0 }) {
            throw .combinationalLoop(names(ofLoopAmong: waiting.indices.filter { isLive[$0] && waiting[$0] > 0 }))
        }
        return order
    }

    /// Hierarchical names along one loop.
    private func names(ofLoopAmong waiting: [Int]) -> [String] {
        let isWaiting = Set(waiting)
        var pool = program.pool
        var path: [Int] = []
        var position: [Int: Int] = [:]
        var current = waiting[0]
        while position[current] == nil {
            position[current] = path.count
            path.append(current)
            var previous = current
            var instruction = program.instructions[current]
            instruction.forEachRead(of: opcodes[current], in: &pool) { place in
                let producer = Int(producers[Int(place)])
                if isWaiting.contains(producer) { previous = producer }
            }
            current = previous
        }
        let loop = path[(position[current] ?? 0)...].reversed()
        let names = self.names(ofPlaces: loop.map { program.instructions[$0].target })
        return names.isEmpty ? ["a signal without a name"] : names
    }

    private func names(ofPlaces places: [UInt32]) -> [String] {
        var known: [UInt32: String] = [:]
        for scope in scopes {
            for (node, name) in scope.circuit.names.sorted(by: { $0.key < $1.key }) {
                let place = sourceOfCopies[Int(scope.places[Int(node)])]
                if known[place] == nil { known[place] = scope.name(name) }
            }
        }
        return places.compactMap { known[$0] }
    }
}

/// Which instructions read the result of which: lists in one array, as there may be millions.
struct InstructionGraph {
    /// How many of its operands an instruction computes with; the rest are sources.
    private(set) var operandCounts: [Int32]
    private var starts: [Int32]
    private var userList: [Int32] = []

    init(_ compiler: Compiler, _ isLive: [Bool]) {
        var pool = compiler.program.pool
        var operandCounts = [Int32](repeating: 0, count: isLive.count)
        var starts = [Int32](repeating: 0, count: isLive.count + 1)
        func forEachEdge(_ body: (Int, Int) -> Void) {
            for index in isLive.indices where isLive[index] {
                var instruction = compiler.program.instructions[index]
                instruction.forEachRead(of: compiler.opcodes[index], in: &pool) { place in
                    let producer = Int(compiler.producers[Int(place)])
                    if producer >= 0 { body(producer, index) }
                }
            }
        }
        forEachEdge { producer, user in
            operandCounts[user] += 1
            starts[producer + 1] += 1
        }
        for index in isLive.indices { starts[index + 1] += starts[index] }
        var next = starts
        userList = [Int32](repeating: 0, count: Int(starts[isLive.count]))
        var users = userList
        forEachEdge { producer, user in
            users[Int(next[producer])] = Int32(user)
            next[producer] += 1
        }
        userList = users
        self.operandCounts = operandCounts
        self.starts = starts
    }

    func users(of instruction: Int32) -> ArraySlice<Int32> {
        userList[Int(starts[Int(instruction)])..<Int(starts[Int(instruction) + 1])]
    }
}
