import BitVectors
import HDL

extension RecipeDrawer {
    func drawRegister() {
        let width = width()
        let reset = random.chance(1, of: 4) ? nil : number(width)
        let powerUp = random.chance(1, of: 3) ? number(width) : nil
        registers.append(add(.register(width: width, reset: reset, powerUp: powerUp), width))
    }

    /// A number for a declaration of some width: one, zero, or any of up to forty bits.
    private func number(_ width: Int) -> Int {
        random.chance(2, of: 3) ? random.below(2) : random.below(1 << min(width, 40))
    }

    /// Registers that take signals of the other domain, and reads of its memories.
    func drawCrossings() {
        for _ in 0..<2 {
            let width = width()
            let value = anyForeign(width)
            let reset = random.chance(1, of: 2) ? nil : number(width)
            add(.crossing(width: width, reset: reset, value), width)
        }
        for (memory, depth, width) in memories {
            let asynchronous = any(addressWidth(depth))
            add(.read(memory: memory, address: asynchronous, enable: nil, forwards: false), width)
            let synchronous = any(addressWidth(depth))
            add(.read(memory: memory, address: synchronous, enable: any(1), forwards: false), width)
        }
    }

    /// One of two memories of the second domain is made in the first one, and only its ports are here.
    func drawMemory() {
        let depth = random.pick([1, 5, 8])
        let width = width()
        let lanes = random.pick([1, 2, 3, 4, 5].filter { width % $0 == 0 })
        let contents = (0..<random.below(depth + 1)).map { _ in random.value(width) }
        let memory = addMemory(
            .memory(depth: depth, lanes: lanes, laneWidth: width / lanes, contents: contents),
            in: random.chance(1, of: 2) ? 0 : domain)
        memories.append((memory, depth, width))
        let address = addressWidth(depth)
        func write(masked: Bool) -> Action {
            .write(
                memory: memory, address: any(address), value: any(width), mask: masked ? any(lanes) : nil)
        }
        let inner = Action.when(
            [
                .init(condition: any(1), body: [write(masked: false)]),
                .init(condition: any(1), body: [write(masked: true)]),
            ],
            otherwise: nil)
        let first = Action.when([.init(condition: any(1), body: [write(masked: true), inner])], otherwise: nil)
        let second = choice(width: 2) { $0.append(write(masked: true)) }
        add(.actions([first, second]))
        let asynchronous = any(address)
        add(.read(memory: memory, address: asynchronous, enable: nil, forwards: false), width)
        for forwards in [false, true] {
            let synchronous = any(address)
            add(.read(memory: memory, address: synchronous, enable: any(1), forwards: forwards), width)
        }
    }

    func drawInstance() {
        let width = width()
        let enable = any(1)
        add(.instance(width: width, enable: enable, value: any(width)), width, width)
    }

    func drawWire() {
        let width = width()
        let id = nextID
        let half = width / 2
        func assign(low: Int = 0, count: Int = 0) -> Action {
            .assign(target: id, low: low, count: count, any(count == 0 ? width : count))
        }
        let halves = half > 0 ? [assign(count: half), assign(low: half, count: width - half)] : [assign()]
        let inner = Action.when([.init(condition: any(1), body: [assign()])], otherwise: [assign()])
        let isDefaulted = random.chance(1, of: 2)
        let chain = Action.when(
            [
                .init(condition: any(1), body: [assign()]),
                .init(condition: any(1), body: isDefaulted ? [inner] : halves),
            ],
            otherwise: isDefaulted ? [assign(count: 1)] : [inner])
        add(.wire(width: width, byDefault: isDefaulted ? number(width) : nil, [chain]), width)
    }

    func drawSwitchedWire() {
        let width = width()
        let id = nextID
        let choice = choice(width: random.pick([1, 3, 33, 128])) {
            $0.append(.assign(target: id, low: 0, count: 0, any(width)))
        }
        add(.wire(width: width, byDefault: nil, [choice]), width)
    }
}
