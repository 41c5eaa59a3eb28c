import HDL

extension Compiler {
    /// Drops copies and what nobody reads, and orders the instructions so that operands come before their users.
    ///
    /// Among those that are ready, instructions of the opcode at hand go first: they become one run.
    /// - Parameter kept: places that must have their values whether an instruction reads them or not.
    mutating func schedule(keeping kept: [UInt32]) {
        forwardCopies()
        let isLive = liveInstructions(kept.map { sourceOfCopies[Int($0)] })
        var instructions: [Instruction] = []
        for block in ordered(isLive) {
            let firstRun = program.runs.count
            for index in block.instructions {
                let opcode = opcodes[Int(index)]
                let place = Int32(instructions.count)
                if let last = program.runs.last, last.opcode == opcode, program.runs.count > firstRun {
                    program.runs[program.runs.count - 1] = Run(opcode: opcode, start: last.start, end: place + 1)
                } else {
                    program.runs.append(Run(opcode: opcode, start: place, end: place + 1))
                }
                instructions.append(program.instructions[Int(index)])
            }
            guard block.isLoop else { continue }
            let results = block.instructions.flatMap { index in
                (0..<UInt32(resultWords[Int(index)])).map { program.instructions[Int(index)].target + $0 }
            }
            program.repeated.append(
                RepeatedRuns(
                    runs: firstRun..<program.runs.count, results: results, names: names(ofPlaces: results)))
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

    /// The live instructions in blocks, in an order in which they can run.
    private func ordered(_ isLive: [Bool]) -> [InstructionBlock] {
        let graph = InstructionGraph(self, isLive)
        var waiting = graph.operandCounts
        var queue = ReadyInstructions(opcodes)
        for index in isLive.indices where isLive[index] && waiting[index] == 0 { queue.append(Int32(index)) }
        var blocks = [InstructionBlock()]
        func drain() {
            while let index = queue.next() {
                blocks[blocks.count - 1].instructions.append(index)
                for user in graph.users(of: index) {
                    waiting[Int(user)] -= 1
                    if waiting[Int(user)] == 0 { queue.append(user) }
                }
            }
        }
        drain()
        // What still waits stands in loops, or behind them.
        let left = isLive.indices.filter { isLive[$0] && waiting[$0] > 0 }
        for component in graph.components(among: left) where component.isLoop {
            blocks.append(component)
            for index in component.instructions { waiting[Int(index)] = 0 }
            blocks.append(InstructionBlock())
            let members = Set(component.instructions)
            for index in component.instructions {
                for user in graph.users(of: index) where !members.contains(user) {
                    waiting[Int(user)] -= 1
                    if waiting[Int(user)] == 0 { queue.append(user) }
                }
            }
            drain()
        }
        return blocks.filter { !$0.instructions.isEmpty }
    }

    private func names(ofPlaces places: [UInt32]) -> [String] {
        var known: [UInt32: String] = [:]
        for scope in scopes {
            for (node, name) in scope.circuit.names.sorted(by: { $0.key < $1.key }) {
                let place = sourceOfCopies[Int(scope.places[Int(node)])]
                if known[place] == nil { known[place] = scope.name(name) }
            }
        }
        var seen: Set<String> = []
        return places.compactMap { known[$0] }.filter { seen.insert($0).inserted }
    }
}
