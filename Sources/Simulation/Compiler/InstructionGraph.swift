/// Instructions that run one after the other; those of a loop until nothing changes.
struct InstructionBlock {
    var instructions: [Int32] = []
    var isLoop = false
}

/// Instructions whose operands are known, by opcode: one opcode after the other, so that equal ones become one run.
struct ReadyInstructions {
    private let opcodes: [Opcode]
    private var lists = [[Int32]](repeating: [], count: Opcode.allCases.count)
    /// Position of the next one in each list.
    private var heads = [Int](repeating: 0, count: Opcode.allCases.count)
    private var opcode = 0

    init(_ opcodes: [Opcode]) { self.opcodes = opcodes }

    mutating func append(_ index: Int32) { lists[Int(opcodes[Int(index)].rawValue)].append(index) }

    /// Takes one, of the same opcode as the last as long as there are such, in the order in which they were added.
    mutating func next() -> Int32? {
        for _ in lists.indices {
            if heads[opcode] < lists[opcode].count {
                heads[opcode] += 1
                return lists[opcode][heads[opcode] - 1]
            }
            lists[opcode].removeAll(keepingCapacity: true)
            heads[opcode] = 0
            opcode = (opcode + 1) % lists.count
        }
        return nil
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

extension InstructionGraph {
    /// The strongly connected components of some instructions, operands before users: Tarjan's algorithm (1972) with
    /// a stack of its own, as loops may be long.
    ///
    /// Tarjan finds a component before those that lead to it, so the search goes along the users and the order is
    /// turned at the end.
    func components(among indices: [Int]) -> [InstructionBlock] {
        if indices.isEmpty { return [] }
        let isMember = Set(indices.map { Int32($0) })
        var number: [Int32: Int] = [:]
        var low: [Int32: Int] = [:]
        var isOpen: Set<Int32> = []
        var open: [Int32] = []
        var found: [InstructionBlock] = []
        for root in indices where number[Int32(root)] == nil {
            var stack: [(index: Int32, nextUser: Int)] = [(Int32(root), 0)]
            while let (index, position) = stack.last {
                if position == 0 {
                    number[index] = number.count
                    low[index] = number[index]
                    open.append(index)
                    isOpen.insert(index)
                }
                let users = users(of: index)
                if position < users.count {
                    stack[stack.count - 1].nextUser += 1
                    let user = users[users.startIndex + position]
                    guard isMember.contains(user) else { continue }
                    if number[user] == nil {
                        stack.append((user, 0))
                    } else if isOpen.contains(user) {
                        low[index] = min(low[index] ?? 0, number[user] ?? 0)
                    }
                    continue
                }
                stack.removeLast()
                if let parent = stack.last?.index { low[parent] = min(low[parent] ?? 0, low[index] ?? 0) }
                guard low[index] == number[index] else { continue }
                var component = InstructionBlock()
                var member: Int32
                repeat {
                    member = open.removeLast()
                    isOpen.remove(member)
                    component.instructions.append(member)
                } while member != index
                component.isLoop = component.instructions.count > 1 || users.contains(index)
                component.instructions.sort()
                found.append(component)
            }
        }
        return found.reversed()
    }
}
