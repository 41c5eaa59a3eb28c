import HDL
import Testing
import Verilog

/// The whole text of small modules: what the statements of a description become.
@Suite("Emitted statements")
struct EmittedStatementTests {
    @Test("registers with and without reset have a block each")
    func registers() throws {
        struct Ports: Bundle { let a = Input(8), out = Output(8) }
        let text = try text(Ports.init) { m in
            let counted = m.register("counted", 8, reset: 5)
            let delayed = m.register("delayed", 8, reset: nil)
            let constant = m.register("constant", 8, reset: 9)
            counted.next(counted + m.a)
            delayed.next(counted)
            m.out.drive(delayed ^ constant)
        }
        #expect(text == """
            @@registers@@
            """)
    }

    @Test("an output register is the port itself")
    func outputRegister() throws {
        struct Ports: Bundle { let enable = Input(), count = Output(8), done = Output() }
        let text = try text(Ports.init) { m in
            let count = m.register("count", 8)
            when(m.enable) { count.next(count + 1) }
            m.count.drive(count)
            m.done.drive(count == 255)
        }
        #expect(text == """
            @@outputRegister@@
            """)
    }

    @Test("a chain of conditions is if, else if, else; registers and wires in it go to their own blocks")
    func conditions() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), d = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let state = m.register("state", 8)
            let next = m.wire("next_state", 8)
            when(m.c) {
                state.next(0)
                next.drive(m.a)
            }.elseWhen(m.d) {
                when(m.a == 3) { state.next(state + 1) }
                next.drive(1)
            }.otherwise {
                next.drive(state)
            }
            m.out.drive(next)
        }
        #expect(text == """
            @@conditions@@
            """)
    }

    @Test("a wire with a default is assigned in an always @* block")
    func defaultOfWire() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let limited = m.wire("limited", 8, default: 255)
            when(m.c) { limited.drive(m.a) }
            m.out.drive(limited)
        }
        #expect(text == """
            @@defaultOfWire@@
            """)
    }

    @Test("a drive outside any condition wins over all before it, and is a plain assign")
    func lastDriveWins() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let w = m.wire("w", 8, default: 0)
            when(m.c) { w.drive(m.a) }
            w.drive(7)
            m.out.drive(w)
        }
        #expect(text == """
            @@lastDriveWins@@
            """)
    }

    @Test("an output driven under conditions is a variable")
    func variableOutput() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            when(m.c) { m.out.drive(m.a) }.otherwise { m.out.drive(1) }
        }
        #expect(text == """
            @@variableOutput@@
            """)
    }

    @Test("a memory is cleared at power-up, written at the edge and read at once")
    func memory() throws {
        struct Ports: Bundle { let address = Input(4), value = Input(8), write = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let store = m.memory("store", depth: 16, width: 8)
            when(m.write) { store.write(m.address, m.value) }
            m.out.drive(store.read(m.address))
        }
        #expect(text == """
            @@memory@@
            """)
    }

    @Test("a read beyond a memory's last word is guarded")
    func memoryGuard() throws {
        struct Ports: Bundle { let address = Input(3), value = Input(), out = Output() }
        let text = try text(Ports.init) { m in
            let store = m.memory("store", depth: 5, width: 1)
            let word = m.register("store_word")
            store.write(m.address + 1, m.value)
            word.next(store.read(m.address - 1))
            m.out.drive(word)
        }
        #expect(text == """
            @@memoryGuard@@
            """)
    }

    @Test("a memory that is never written is cleared all the same")
    func unwrittenMemory() throws {
        struct Ports: Bundle { let address = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            m.out.drive(m.memory("store", depth: 1, width: 8).read(m.address))
        }
        #expect(text == """
            @@unwrittenMemory@@
            """)
    }

    @Test("instances are connected by name; clock and reset go where they are needed")
    func instances() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), out = Output(8) }
        struct LeafPorts: Bundle { let value = Input(8), kept = Output(8), spare = Output() }
        let leaf = Snippet("leaf", LeafPorts.init) { m in
            let kept = m.register("kept", 8)
            kept.next(m.value)
            m.kept.drive(kept)
            m.spare.drive(m.value.anySet)
        }
        let texts = try verilog(
            of: Snippet("snippet", Ports.init) { m in
                let first = m.instance("first", leaf)
                let second = m.instance("second", leaf)
                first.value.drive(m.a + 1)
                second.value.drive(0)
                when(m.c) { second.value.drive(first.kept) }
                m.out.drive(second.kept & first.spare.replicated(8))
            })
        #expect(texts.keys.sorted() == ["leaf.v", "snippet.v"])
        #expect(texts["snippet.v"] == """
            @@instances@@
            """)
        #expect(texts["leaf.v"] == """
            @@leaf@@
            """)
    }
}
