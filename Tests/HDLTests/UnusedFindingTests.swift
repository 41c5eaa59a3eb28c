import BitVectors
import HDL
import Testing

/// Law: a warning names what can be taken out of the description without a change of any output or check.
@Suite("Findings about what is not used")
struct UnusedFindingTests {
    struct Ports: SignalBundle { let a = Input(8), c = Input(), out = Output(8) }
    struct Pass: SignalBundle { let a = Input(8), out = Output(8) }
    static let file = #fileID

    private func text(_ line: UInt, _ what: String, in module: String = "snippet") -> String {
        "\(Self.file):\(line): warning: \(what) is never used; end its name in '_unused' if that is meant"
            + " (module '\(module)')"
    }

    @Test("a wire, a register, a memory, a named signal, an instance and an input")
    func kinds() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("snippet", Ports.init) { m in
                let w = m.wire("w", 8, default: 0)
                let r = m.register("r", 8)
                let store = m.memory("store", depth: 4, width: 8)
                let part = m.instance("part", Snippet("part", Pass.init) { $0.out.drive($0.a) })
                r.next(r + 1)
                store.write(r[0...1], r)
                part.a.drive(r)
                when(r[0]) { w.drive(part.out) }
                _ = (m.a + 1).named("sum")
                m.out.drive(m.a)
            })
        #expect(
            found == [
                "Design.swift:7: warning: input 'c' is never used; end its name in '_unused' if that is meant"
                    + " (module 'snippet')",
                text(line + 3, "wire 'w'"), text(line + 4, "register 'r'"), text(line + 5, "memory 'store'"),
                text(line + 6, "instance 'part'"), text(line + 11, "signal 'sum'"),
            ])
    }

    @Test("warnings come with the design")
    func design() throws {
        let design = try elaborate(
            Snippet("snippet", Pass.init) { m in
                _ = m.register("idle", 8)
                m.out.drive(m.a)
            })
        #expect(design.warnings.map(\.severity) == [.warning])
        #expect(
            design.warnings.map(\.message) == [
                "register 'idle' is never used; end its name in '_unused' if that is meant"
            ])
    }

    @Test("a memory that is read and never written")
    func neverWritten() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("snippet", Pass.init) { m in
                let store = m.memory("store", depth: 4, width: 8)
                let rom = m.memory("rom", depth: 4, width: 8, contents: [.ones(8)])
                m.out.drive(store.read(m.a[0...1]) ^ rom.read(m.a[6...7]))
            })
        #expect(
            found == [
                "\(Self.file):\(line + 3): warning: memory 'store' is never written and begins with no contents; every word"
                    + " is zero (module 'snippet')"
            ])
    }

    @Test("a name that ends in '_unused' silences, and what it reads is used")
    func suffix() {
        struct Spare: SignalBundle { let a = Input(8), spare_unused = Input(), out = Output(8) }
        let found = findings(
            about: Snippet("snippet", Spare.init) { m in
                let r = m.register("r", 8)
                let store = m.memory("store_unused", depth: 4, width: 8)
                let part = m.instance("part_unused", Snippet("part", Pass.init) { $0.out.drive($0.a) })
                r.next(m.a)
                let w = m.wire("w", 8, default: 3)
                store.write(r[0...1], w)
                part.a.drive(r)
                _ = m.wire("spare_unused", 8, default: 0)
                _ = (r + 1).named("sum_unused")
                m.out.drive(m.a)
            })
        #expect(found == [])
    }

    @Test("what a check looks at is used, also below an instance without outputs")
    func checks() {
        struct Watch: SignalBundle { let a = Input(8) }
        let found = findings(
            about: Snippet("snippet", Ports.init) { m in
                let r = m.register("r", 8)
                let s = m.register("s", 8)
                r.next(m.a)
                s.next(r)
                when(m.c) { m.assert("small", r < 9) }
                let watch = m.instance("watch", Snippet("watch", Watch.init) { $0.cover("seen", $0.a == 3) })
                watch.a.drive(s)
                m.out.drive(m.a)
            })
        #expect(found == [])
    }

    @Test("outputs of instances and bits of words may go unread, and registers may stand for a derived clock")
    func silence() {
        struct Two: SignalBundle { let a = Input(8), x = Output(8), y = Output(8) }
        let found = findings(
            about: Snippet("snippet", Ports.init) { m in
                let part = m.instance(
                    "part",
                    Snippet("part", Two.init) {
                        $0.x.drive($0.a)
                        $0.y.drive(~$0.a)
                    })
                part.a.drive(m.a)
                let half = m.register("half")
                half.next(~half ^ m.c)
                let slow = m.clockDomain("slow", clock: half)
                let r = m.clocked(by: slow).register("r_unused", 8, reset: nil)
                r.next(r + 1)
                m.out.drive(part.x[0..<4].zeroExtended(to: 8))
            })
        #expect(found == [])
    }

    @Test("a black box is never unused, nor are its ports")
    func blackBox() {
        struct Box: BlackBox {
            struct Ports: SignalBundle { let a = Input(8), x = Output() }
            var moduleName: String { "box" }
            func ports() -> Ports { Ports() }
        }
        let found = findings(
            about: Snippet("snippet", Pass.init) { m in
                let box = m.instance("box", Box())
                box.a.drive(m.a)
                m.out.drive(m.a)
            })
        #expect(found == [])
    }

    @Test("random registers: those from which no output can be reached")
    func random() {
        final class Note: @unchecked Sendable { var unused: Set<String> = [] }
        var total = 0
        for seed in 1...200 as ClosedRange<UInt64> {
            let note = Note()
            let found = findings(
                about: Snippet("snippet", Ports.init) { m in
                    var random = SplitMix(state: seed)
                    func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
                    let registers = (0..<10).map { m.register("r_\($0)", 8) }
                    var readers = [Set<Int>](repeating: [], count: 10)
                    for (index, register) in registers.enumerated() {
                        let (value, condition) = (pick(10), pick(10))
                        let other = pick(3) == 0 ? pick(10) : value
                        if pick(2) == 0 { continue }
                        when(registers[condition].parity) { register.next(registers[value] + registers[other] + m.a) }
                        for read in [value, condition, other] { readers[read].insert(index) }
                    }
                    let outputs = [pick(10), pick(10)]
                    m.out.drive(registers[outputs[0]] ^ registers[outputs[1]] ^ m.a ^ m.c.replicated(8))
                    // A register is of use if an output reads it, or one of use does: repeated until nothing changes.
                    var used = Set(outputs)
                    for _ in 0..<10 {
                        for index in 0..<10 where !readers[index].isDisjoint(with: used) { used.insert(index) }
                    }
                    note.unused = Set((0..<10).filter { !used.contains($0) }.map { "r_\($0)" })
                })
            let named = found.compactMap { $0.firstMatch(of: /register '(r_\d+)' is never used/)?.1 }.map(String.init)
            #expect(Set(named) == note.unused, "seed \(seed)")
            #expect(found.count == note.unused.count, "seed \(seed)")
            total += note.unused.count
        }
        #expect(total > 200 && total < 1_900, "\(total) of 2,000")
    }
}
