import HDL
import Testing

/// Law: a module whose own clock is its only one takes values that may change at any time by crossing registers alone.
@Suite("Findings about clock domains in modules of one clock")
struct OneClockFindingTests {
    static let file = #fileID

    struct Ports: SignalBundle {
        let button = Input(1, .asynchronous)
        let count = Output(4)
    }

    @Test("an input that changes at any time")
    func input() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("counter", Ports.init) { m in
                let count = m.register("count", 4)
                when(m.button) { count.next(count + 1) }
                m.count.drive(count)
            })
        #expect(
            found == [
                """
                \(Self.file):\(line + 4): error: register 'count' of clock domain 'main' depends on 'button', which may \
                change at any time; cross by a 'crossingRegister' (module 'counter')
                Design.swift:7: note: 'button' may change at any time
                """
            ])
    }

    /// Its output follows its clock's edges and, by what it says, no one's.
    struct Sensor: Module {
        struct Ports: SignalBundle { let touched = Output(1, .asynchronous) }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            let state = m.register("state")
            state.next(~state)
            m.touched.drive(state)
        }
    }

    struct Watch: SignalBundle { let seen = Output() }

    @Test("an instance's output that changes at any time")
    func instance() {
        let line: UInt = #line
        let found = findings(
            about: Snippet("watch", Watch.init) { m in
                let sensor = m.instance("sensor", Sensor())
                let seen = m.register("seen")
                seen.next(sensor.touched)
                m.seen.drive(seen)
            })
        #expect(
            found == [
                """
                \(Self.file):\(line + 5): error: register 'seen' of clock domain 'main' depends on 'sensor_touched', which \
                may change at any time; cross by a 'crossingRegister' (module 'watch')
                \(Self.file):\(line + 3): note: 'sensor_touched' may change at any time
                """
            ])
    }
}
