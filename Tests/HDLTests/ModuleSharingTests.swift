import BitVectors
import Testing

@testable import HDL

/// Law: definitions of one name are one if and only if they describe the same circuit; a suffix is a matter of the
/// definition's structure alone.
@Suite("Module sharing")
struct ModuleSharingTests {
    struct Pass: SignalBundle { let a = Input(8), out = Output(8) }

    /// A module that is called the same whatever its parameter.
    struct Leaf: Module {
        let constant: Int
        var note = ""
        var moduleName: String { "leaf" }
        func ports() -> Pass { Pass() }
        func build(_ m: Builder<Pass>) {
            let r = m.register("r", 8, reset: constant)
            r.next(m.a)
            m.out.drive(r)
        }
    }

    /// A module around a leaf, called the same whatever is inside.
    struct Middle: Module {
        let leaf: Leaf
        var moduleName: String { "middle" }
        func ports() -> Pass { Pass() }
        func build(_ m: Builder<Pass>) {
            let leaf = m.instance("inner", self.leaf)
            leaf.a.drive(m.a)
            m.out.drive(leaf.out)
        }
    }

    /// Makes an instance, with its number and what goes into it, and returns what comes out.
    typealias Part = @Sendable (Builder<Pass>, Int, Bits) -> Bits

    private func part<M: Module>(_ module: M) -> Part where M.Ports == Pass {
        { m, index, value in
            let instance = m.instance("part_\(index)", module)
            instance.a.drive(value)
            return instance.out
        }
    }

    /// A chain of instances of some modules.
    private func chain(_ parts: [Part], name: String = "top") throws -> Design {
        try elaborate(
            Snippet(name, Pass.init) { m in
                m.out.drive(parts.enumerated().reduce(m.a) { $1.element(m, $1.offset, $0) })
            })
    }

    @Test("different values that describe one circuit are one definition")
    func same() throws {
        let design = try chain([
            part(Leaf(constant: 1, note: "x")), part(Leaf(constant: 1, note: "y")), part(Leaf(constant: 1)),
        ])
        #expect(design.circuits.map(\.name) == ["leaf", "top"])
        #expect(design.top.instances.map(\.module) == ["leaf", "leaf", "leaf"])
        for instance in design.top.instances {
            #expect(design.definition(of: instance, in: design.top) === design.circuits[0])
        }
    }

    @Test("different circuits get suffixes that no other part of the design changes")
    func different() throws {
        let few = try chain([part(Leaf(constant: 1)), part(Leaf(constant: 2))])
        let many = try chain([
            part(Leaf(constant: 1)), part(Leaf(constant: 3)), part(Leaf(constant: 2, note: "again")),
            part(Leaf(constant: 2)),
        ])
        #expect(few.circuits.count == 3)
        #expect(many.circuits.count == 4)
        let name = few.circuits[1].name
        let digits = String(Structure(few.circuits[1]).bytes.fingerprint, radix: 16)
        #expect(name == "leaf_" + String(repeating: "0", count: 8 - digits.count) + digits)
        #expect(few.top.instances.map(\.module) == ["leaf", name])
        #expect(many.top.instances[2].module == name)
        #expect(many.top.instances[3].module == name)
        #expect(many.top.instances[1].module.wholeMatch(of: /leaf_[0-9a-f]{8}/) != nil)
        #expect(Set(many.circuits.map(\.name)).count == 4)
    }

    @Test("a module around different ones is different, one around equal ones the same")
    func nested() throws {
        let design = try chain([
            part(Middle(leaf: Leaf(constant: 1))), part(Middle(leaf: Leaf(constant: 2))),
            part(Middle(leaf: Leaf(constant: 1, note: "x"))),
        ])
        let modules = design.top.instances.map(\.module)
        #expect(design.circuits.count == 5)
        #expect(modules[0] == "middle")
        #expect(modules[2] == "middle")
        #expect(modules[1].hasPrefix("middle_"))
        let second = design.definition(of: design.top.instances[1], in: design.top)
        #expect(second.instances.map(\.module) == [design.circuits.first { $0.name.hasPrefix("leaf_") }?.name])
    }

    @Test("the top keeps its name")
    func top() throws {
        let design = try chain([part(Leaf(constant: 1))], name: "leaf")
        #expect(design.top.name == "leaf")
        #expect(design.circuits[0].name.wholeMatch(of: /leaf_[0-9a-f]{8}/) != nil)
        #expect(design.top.instances[0].module == design.circuits[0].name)
    }

    @Test("black boxes keep their name, whatever their parameters")
    func blackBoxes() throws {
        struct Box: BlackBox {
            let size: Int
            var moduleName: String { "leaf" }
            var parameters: [(name: String, value: VerilogParameter)] { [("SIZE", .integer(size))] }
            func ports() -> Pass { Pass() }
        }
        let design = try chain([part(Box(size: 1)), part(Box(size: 2)), part(Leaf(constant: 1))])
        #expect(design.top.instances.map(\.module).prefix(2) == ["leaf", "leaf"])
        #expect(design.top.instances[2].module.wholeMatch(of: /leaf_[0-9a-f]{8}/) != nil)
        let sizes = design.top.instances.prefix(2).map { instance in
            design.definition(of: instance, in: design.top).blackBox?.parameters.map(\.value) ?? []
        }
        #expect(sizes == [[.integer(1)], [.integer(2)]])
    }

    @Test("the hash is FNV-1a of 64 bits, folded")
    func hash() {
        // The published values of the empty string and of "foobar" are cbf29ce484222325 and 85944171f73967e8.
        #expect([UInt8]().fingerprint == 0xcbf2_9ce4 ^ 0x8422_2325)
        #expect(Array("foobar".utf8).fingerprint == 0x8594_4171 ^ 0xf739_67e8)
    }

    /// Changes of one circuit, each of which makes another one.
    static let bodies: [@Sendable (Builder<Pass>) -> Void] = [
        { m in m.out.drive(m.a) },
        { m in m.out.drive(~m.a) },
        { m in m.out.drive(m.a + 1) },
        { m in m.out.drive(m.a + 2) },
        { m in m.out.drive((m.a + 2).named("sum")) },
        { m in m.out.drive(m.a >> 1) },
        { m in m.out.drive(m.register("r", 8)) },
        { m in m.out.drive(m.register("r", 8, powerUp: 1)) },
        { m in m.out.drive(m.register("s", 8)) },
        { m in m.out.drive(m.crossingRegister("r", 8)) },
        { m in m.out.drive(m.memory("r", depth: 2, width: 8).read(m.a[0])) },
        { m in m.out.drive(m.memory("r", depth: 2, width: 8, contents: [.ones(8)]).read(m.a[0])) },
        { m in
            m.out.drive(m.a)
            m.assert("one", m.a[0])
        },
        { m in
            m.out.drive(m.a)
            m.cover("one", m.a[0])
        },
        { m in
            let w = m.wire("w", 8, default: 0)
            when(m.a[0]) { w.drive(1) }
            m.out.drive(w)
        },
        { m in
            let w = m.wire("w", 8, default: 0)
            when(m.a[0]) {}.otherwise { w.drive(1) }
            m.out.drive(w)
        },
        { m in
            let w = m.wire("w", 8, default: 0)
            choose(m.a[0]) {
                $0.case(1) { w.drive(1) }; $0.default {}
            }
            m.out.drive(w)
        },
    ]

    @Test("each of many small differences is one")
    func differences() throws {
        let structures = try Self.bodies.map { body in
            Structure(try elaborate(Snippet("leaf", Pass.init, body)).top).bytes
        }
        #expect(Set(structures).count == Self.bodies.count)
        let again = try Self.bodies.map { body in
            Structure(try elaborate(Snippet("leaf", Pass.init, body)).top).bytes
        }
        #expect(again == structures)
    }
}
