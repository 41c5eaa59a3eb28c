import BitVectors
import HDL
import Simulation
import Testing
import Verilog

// guide: bundles
/// A request and its answer, from the side of the one who asks.
struct Lookup: SignalBundle {
    let key = Output(4)
    let value = Input(8)
}

struct Table: Module {
    struct Ports: SignalBundle { let lookup = Flipped(Lookup()) }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let squares = m.rom("squares", width: 8, contents: (0..<16).map { $0 * $0 % 256 })
        m.lookup.value.drive(squares.read(m.lookup.key))
    }
}

struct Asker: Module {
    struct Ports: SignalBundle {
        let number = Input(4)
        let square = Output(8)
        let lookup = Lookup()
    }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        m.lookup.key.drive(m.number)
        m.square.drive(m.lookup.value)
    }
}

struct Pair: Module {
    struct Ports: SignalBundle {
        let number = Input(4)
        let square = Output(8)
    }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let asker = m.instance("asker", Asker())
        let table = m.instance("table", Table())
        asker.number.drive(m.number)
        table.lookup.connect(to: asker.lookup)
        m.square.drive(asker.square)
    }
}
// end

struct MemoryLaws: Module {
    struct Ports: SignalBundle {
        let address = Input(3), value = Input(16), mask = Input(2), write = Input()
        let now = Output(16), later = Output(16)
    }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        // guide: memory
        let store = m.memory("store", depth: 6, width: 16)
        when(m.write) { store.write(m.address, m.value, mask: m.mask) }  // a bit of the mask lets 8 bits in
        m.now.drive(store.read(m.address))  // the old word in the cycle of a write; zero beyond the last
        m.later.drive(store.readSynchronous("later_word", m.address))  // a register: the word a cycle late
        // end
    }
}

struct Fraction: Module {
    struct Ports: SignalBundle {
        let x = Input(8), y = Input(8)
        let product = Output(8)
    }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        // guide: fixed
        let x = FixedPoint(m.x, .signed(4, 4))  // four bits above the point, the sign among them, four below
        let y = FixedPoint(m.y, .signed(4, 4))
        let product = (x *^ y).named("product")  // exact: eight and eight
        m.product.drive(product.resized(to: .signed(4, 4), rounding: .nearestEven, overflow: .saturate).bits)
        // end
    }
}

// guide: domains
struct Crossing: Module {
    struct Ports: SignalBundle {
        let fast = ClockPort(Clocking(reset: .asynchronous(.low)))
        let level = Input(1, "fast")
        let seen = Output()
    }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let source = m.clocked(by: m.fast).register("source")
        source.next(m.level)
        let first = m.crossingRegister("first")  // the one kind of register that another clock may feed
        first.next(source)
        let second = m.register("second")
        second.next(first)
        m.seen.drive(second)
    }
}
// end

// guide: two-clocks
struct SampleStore: Module {
    struct Ports: SignalBundle {
        let write = ClockPort(), read = ClockPort()
        let isValid = Input(1, "write"), writeAddress = Input(4, "write"), sample = Input(8, "write")
        let readAddress = Input(4, "read")
        let word = Output(8, "read")
    }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let store = m.clocked(by: m.write).memory("store", depth: 16, width: 8)
        when(m.isValid) { store.write(m.writeAddress, m.sample) }
        m.word.drive(store.clocked(by: m.read).readSynchronous("word_register", m.readAddress))
    }
}
// end

// guide: checks
struct Credit: Module {
    struct Ports: SignalBundle {
        let give = Input(), take = Input()
        let left = Output(4)
    }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let left = m.register("left", 4, reset: 8)
        when(m.give & ~m.take) { left.next(left + 1) }
        when(m.take & ~m.give) {
            left.next(left - 1)
            m.assert("never_below_zero", left != 0)
        }
        m.assume("never_given_beyond_8", ~(m.give & (left == 8)))
        m.cover("all_taken", left == 0)
        m.left.drive(left)
    }
}
// end

@Suite("Guide: structure")
struct StructureTests {
    @Test func bundlesConnectBothWays() throws {
        let simulator = try Simulator(elaborate(Pair()))
        simulator.set("number", 7)
        simulator.settle()
        #expect(simulator.get("square").intValue == 49)
    }

    @Test func memoriesReadBeforeTheyWrite() throws {
        let simulator = try Simulator(elaborate(MemoryLaws()))
        simulator.set("address", 5)
        simulator.set("value", 0xabcd)
        simulator.set("mask", 1)
        simulator.set("write", 1)
        simulator.settle()
        #expect(simulator.get("now").intValue == 0)
        simulator.step()
        #expect(simulator.get("now").intValue == 0xcd)
        #expect(simulator.get("later").intValue == 0)
        simulator.step()
        #expect(simulator.get("later").intValue == 0xcd)
        simulator.set("address", 6)
        simulator.step()
        #expect(simulator.get("now").intValue == 0)
    }

    @Test func fixedPointSaysHowItRounds() throws {
        let simulator = try Simulator(elaborate(Fraction()))
        for (x, y, product) in [(0x18, 0x10, 0x18), (0x7f, 0x7f, 0x7f), (0x08, 0x01, 0x00), (0x18, 0x01, 0x02)] {
            simulator.set("x", x)
            simulator.set("y", y)
            simulator.settle()
            #expect(simulator.get("product").intValue == product)
        }
    }

    @Test func aValueCrossesThroughACrossingRegister() throws {
        let simulator = try Simulator(elaborate(Crossing()))
        simulator.set("fast_rst_n", 1)
        simulator.set("level", 1)
        simulator.step(clocks: ["fast"])
        simulator.step(clocks: ["main"])
        #expect(simulator.get("seen").intValue == 0)
        simulator.step(clocks: ["main"])
        #expect(simulator.get("seen").intValue == 1)
    }

    @Test func anotherClockReadsTheOldWordWhenEdgesCoincide() throws {
        let simulator = try Simulator(elaborate(SampleStore()))
        simulator.set("is_valid", 1)
        simulator.set("sample", 7)
        simulator.step(clocks: ["write", "read"])
        #expect(simulator.get("word").intValue == 0)
        simulator.step(clocks: ["read"])
        #expect(simulator.get("word").intValue == 7)
    }

    @Test func checksFailInTheCycleOfTheViolation() throws {
        let simulator = try Simulator(elaborate(Credit()))
        simulator.set("take", 1)
        simulator.step(8)
        #expect(simulator.failures.isEmpty)
        simulator.step()
        #expect(simulator.failures.map(\.name) == ["never_below_zero"])
        #expect(simulator.covers["all_taken"] == 1)
    }
}
