import BitVectors
import HDL
import Testing

/// Law: a memory's writes have one clock and take values of it; its words are values of that clock wherever they are
/// read, but for a port that says by its name that they cross.
@Suite("Findings about the clocks of memories")
struct MemoryDomainFindingTests {
    struct Ports: SignalBundle {
        let write = ClockPort()
        let data = Input(8, "write")
        let own = Input(8)
        let sum = Output(8)
        let wide = Output(8, "write")
    }
    static let file = #fileID

    private func about(_ body: @escaping @Sendable (Builder<Ports>) -> Void) -> [String] {
        findings(
            about: Snippet("faulty", Ports.init) { m in
                body(m)
                let keep = m.wire("keep_unused", 16)
                keep.drive(concatenate([m.data, m.own]))
            })
    }

    @Test("a write of another domain, and a read from another domain than that of the writes")
    func crossing() {
        let line: UInt = #line
        let found = about { m in
            let store = m.memory("store", depth: 4, width: 8)
            store.write(m.own[0...1], m.data)
            let w = m.clocked(by: m.write).register("w", 8)
            w.next(store.read(m.data[0...1]) ^ store.read(m.data[2...3]))
            let rom = m.memory("rom", depth: 2, width: 8, contents: [.ones(8)])
            m.sum.drive(rom.read(m.own[0]))
            m.wide.drive(rom.read(m.data[0]) ^ w)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 3): error: memory 'store' of clock domain 'main' depends on 'data' of clock domain \
                'write'; cross by a 'crossingRegister' (module 'faulty')
                Design.swift:7: note: 'data' changes with clock domain 'write'
                """,
                """
                \(Self.file):\(line + 5): error: register 'w' of clock domain 'write' depends on memory 'store' of clock \
                domain 'main'; cross by a 'crossingRegister', or read by 'readSynchronous' or 'crossingRead' in 'write' \
                (module 'faulty')
                \(Self.file):\(line + 2): note: memory 'store' changes with clock domain 'main'
                """,
            ])
    }

    @Test("a write is in the domain of its port, not in that of the declaration")
    func writePort() {
        let line: UInt = #line
        let found = about { m in
            let store = m.memory("store", depth: 4, width: 8).clocked(by: m.write)
            store.write(m.data[0...1], m.data)
            m.wide.drive(store.read(m.data[2...3]))
            m.sum.drive(store.clocked(by: m.domain).read(m.own[0...1]))
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 5): error: output 'sum' of clock domain 'main' depends on memory 'store' of clock \
                domain 'write'; cross by a 'crossingRegister', or read by 'readSynchronous' or 'crossingRead' in 'main' \
                (module 'faulty')
                \(Self.file):\(line + 2): note: memory 'store' changes with clock domain 'write'
                """
            ])
    }

    @Test("a synchronous read and one that says that it crosses are values of their own domain")
    func crossingPorts() {
        let found = about { m in
            let store = m.memory("store", depth: 4, width: 8)
            let writePort = store.clocked(by: m.write)
            writePort.write(m.data[0...1], m.data)
            let late = store.readSynchronous("late", m.own[0...1])
            m.sum.drive(late ^ store.crossingRead(m.own[2...3]))
            m.wide.drive(writePort.readSynchronous("own_late", m.data[0...1], underWrite: .new))
        }
        #expect(found == [])
    }

    @Test("the address of a crossing read is of its domain")
    func address() {
        let line: UInt = #line
        let found = about { m in
            let store = m.memory("store", depth: 4, width: 8)
            store.clocked(by: m.write).write(m.data[0...1], m.data)
            m.sum.drive(store.crossingRead(m.data[2...3]))
            m.wide.drive(0)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: output 'sum' of clock domain 'main' depends on 'data' of clock domain \
                'write'; cross by a 'crossingRegister' (module 'faulty')
                Design.swift:7: note: 'data' changes with clock domain 'write'
                """
            ])
    }

    @Test("writes of two clocks, and a read under the writes of another clock")
    func twoClocks() {
        let line: UInt = #line
        let found = about { m in
            let store = m.memory("store", depth: 4, width: 8)
            store.write(m.own[0...1], m.own)
            store.clocked(by: m.write).write(m.data[0...1], m.data)
            let other = store.clocked(by: m.write).readSynchronous("other", m.data[2...3], underWrite: .new)
            m.wide.drive(other)
            m.sum.drive(m.own)
        }
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: memory 'store' is written by clock domains 'main' and 'write'; its \
                writes have one clock (module 'faulty')
                \(Self.file):\(line + 3): note: the first write, in 'main'
                """,
                """
                \(Self.file):\(line + 5): error: 'other' of clock domain 'write' reads under the writes of 'store', \
                which are in 'main'; a read by another clock gets the 'old' word (module 'faulty')
                """,
            ])
    }

    @Test("a port in a clock domain of another module")
    func foreignDomain() {
        final class Note: @unchecked Sendable { var domain: ClockDomain? }
        struct Inside: SignalBundle { let a = Input(8), out = Output(8) }
        let note = Note()
        let line: UInt = #line
        let found = about { m in
            let inner = m.instance(
                "inner",
                Snippet("other", Inside.init) { inner in
                    note.domain = inner.domain
                    inner.out.drive(inner.a)
                })
            inner.a.drive(m.own)
            let store = m.memory("store", depth: 4, width: 8).clocked(by: note.domain ?? m.domain)
            m.sum.drive(store.read(inner.out[0...1]))
            m.wide.drive(0)
        }
        #expect(
            found == [
                "\(Self.file):\(line + 9): error: a port of memory 'store' in a clock domain of module 'other' (module 'faulty')"
            ])
    }
}
