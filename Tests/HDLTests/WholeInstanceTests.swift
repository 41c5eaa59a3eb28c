import HDL
import Simulation
import Testing

private enum Kind: HardwareEnum { case none, load, store }

/// Law: a wrapper that hands on all ports of an instance is that module.
@Suite("Instances connected whole")
struct WholeInstanceTests {
    private struct Part: Module {
        struct Ports: SignalBundle {
            let write = ClockPort(Clocking(reset: .none))
            let value = Input(8, "write")
            let request = Stream()
            let kind = EnumInput(Kind.self)
            let sum = Output(8, "write"), isLoad = Output()
        }
        struct Stream: SignalBundle { let valid = Output(), ready = Input() }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            let sum = m.clocked(by: m.write).register("total", 8, reset: nil)
            sum.next(sum + m.value)
            m.sum.drive(sum)
            let valid = m.register("valid")
            valid.next(~m.request.ready)
            m.request.valid.drive(valid)
            m.isLoad.drive(m.kind == .load)
        }
    }

    private struct Wrapper: Module {
        struct Ports: SignalBundle { let part = Part.Ports() }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) { m.instance("part", Part()).connect(to: m.part) }
    }

    @Test("inputs, outputs, nested bundles, enums and clocks go through")
    func whole() throws {
        let part = try Simulator(elaborate(Part()))
        let wrapper = try Simulator(elaborate(Wrapper()))
        var random = SplitMix(state: 11)
        for cycle in 0..<200 {
            for (name, width) in [("value", 8), ("request_ready", 1), ("kind", 2)] {
                let value = Int.random(in: 0..<1 << width, using: &random)
                part.set(name, value)
                wrapper.set("part_\(name)", value)
            }
            for name in ["request_valid", "sum", "is_load"] {
                #expect(part.get(name) == wrapper.get("part_\(name)"), "cycle \(cycle), seed 11")
            }
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                part.step(clocks: ["write"])
                wrapper.step(clocks: ["part_write"])
            case 1:
                part.step()
                wrapper.step()
            default:
                part.step(clocks: ["main", "write"])
                wrapper.step(clocks: ["main", "part_write"])
            }
        }
    }

    @Test("a bundle of wires has no clocks to connect")
    func wires() {
        struct Ports: SignalBundle { let a = Input(8), out = Output(8) }
        let line: UInt = #line
        let found = findings(
            about: Snippet("faulty", Ports.init) { m in
                let wires = m.wires("part", Part().ports())
                let part = m.instance("part_instance", Part())
                part.connect(to: wires)
                wires.value.drive(m.a)
                wires.request.ready.drive(0)
                wires.kind.drive(.load)
                m.out.drive(wires.sum)
            })
        #expect(
            found == [
                "\(#fileID):\(line + 4): error: clock 'write' of instance 'part_instance' is not connected (module 'faulty')"
            ])
    }
}
