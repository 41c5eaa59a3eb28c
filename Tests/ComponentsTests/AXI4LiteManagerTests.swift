import BitVectors
import Components
import Formal
import HDL
import Simulation
import Testing

/// A manager that writes a word and reads it again, one request at a time, and watches itself.
private struct Manager: Module {
    enum Fault: String { case none, dropsAddress, changesData, changesReadAddress }
    var fault: Fault

    struct Ports: SignalBundle {
        let axi = AXI4Lite(addressWidth: 4)
        let start = Input()
        let isDone = Output()
    }
    func ports() -> Ports { Ports() }

    enum State: HardwareEnum { case idle, writing, answered, reading, read }

    func build(_ m: Builder<Ports>) {
        let bus = m.axi
        let count = m.register("count", 8)
        let (addressValid, dataValid) = (m.register("address_valid"), m.register("data_valid"))
        let readValid = m.register("read_valid")
        when(bus.awready | (fault == .dropsAddress ? 1 : 0)) { addressValid.next(0) }
        when(bus.wready) { dataValid.next(0) }
        when(bus.arready) { readValid.next(0) }
        let isFree = [Fault.changesData, .changesReadAddress].contains(fault)
        let state = m.stateMachine("state", reset: State.idle) { state, on in
            on.case(.idle) {
                when(m.start) {
                    addressValid.next(1)
                    dataValid.next(1)
                    state.next(.writing)
                }
            }
            on.case(.writing) { when(!addressValid & !dataValid) { state.next(.answered) } }
            on.case(.answered) {
                when(bus.bvalid) {
                    readValid.next(1)
                    state.next(.reading)
                }
            }
            on.case(.reading) { when(!readValid) { state.next(.read) } }
            on.case(.read) {
                when(bus.rvalid) {
                    if !isFree { count.next(count + 1) }
                    state.next(.idle)
                }
            }
        }
        if isFree { count.next(count + 1) }
        let plain = m.register("plain_count", 8)
        when((state == .read) & bus.rvalid) { plain.next(plain + 1) }
        bus.awaddr.drive(plain[0..<4])
        bus.awprot.drive(0)
        bus.awvalid.drive(addressValid)
        bus.wdata.drive((fault == .changesData ? count : plain).zeroExtended(to: 32))
        bus.wstrb.drive(15)
        bus.wvalid.drive(dataValid)
        bus.bready.drive(state == .answered)
        bus.araddr.drive((fault == .changesReadAddress ? count : plain)[0..<4])
        bus.arprot.drive(0)
        bus.arvalid.drive(readValid)
        bus.rready.drive(state == .read)
        m.isDone.drive(state == .idle)
        for (name, signal) in [("bresp", bus.bresp), ("rdata", bus.rdata), ("rresp", bus.rresp)] {
            m.wire("\(name)_unused", signal.width).drive(signal)
        }
        m.checkManager("axi", bus, limit: 1)
        // What makes the induction close.
        m.assert("writes_in_its_state", !(addressValid | dataValid) | (state == .writing))
        m.assert("reads_in_its_state", !readValid | (state == .reading))
    }
}

/// Law: the checks of a manager pass a correct one on any bus that keeps the rules, and name the rule that another breaks,
/// or that the bus does.
@Suite("Checks of an AXI4-Lite manager", .serialized)
struct AXI4LiteManagerTests {
    /// A subordinate that takes requests at random and answers when all of one have come.
    private func run(_ fault: String, seed: UInt64, answersTooSoon: Bool = false) throws -> (Set<String>, Int) {
        let simulator = try Simulator(elaborate(Manager(fault: Manager.Fault(rawValue: fault) ?? .none)))
        var random = RandomSource(seed: seed)
        var (addresses, data, reads) = (0, 0, 0)
        var (isWriteAnswered, isReadAnswered, transfers) = (false, false, 0)
        func isOne(_ name: String) -> Bool { simulator.get(name)[0] }
        for _ in 0..<400 {
            for ready in ["axi_awready", "axi_wready", "axi_arready", "start"] {
                simulator.set(ready, Int.random(in: 0..<3, using: &random) == 0 ? 1 : 0)
            }
            let isSlow = Int.random(in: 0..<2, using: &random) == 0
            if answersTooSoon || (addresses > 0 && data > 0 && !isSlow) { isWriteAnswered = true }
            if reads > 0, !isSlow { isReadAnswered = true }
            simulator.set("axi_bvalid", isWriteAnswered ? 1 : 0)
            simulator.set("axi_rvalid", isReadAnswered ? 1 : 0)
            if isOne("axi_awvalid"), isOne("axi_awready") { addresses += 1 }
            if isOne("axi_wvalid"), isOne("axi_wready") { data += 1 }
            if isOne("axi_arvalid"), isOne("axi_arready") { reads += 1 }
            if isOne("axi_bvalid"), isOne("axi_bready") {
                (addresses, data, isWriteAnswered) = (addresses - 1, data - 1, false)
                transfers += 1
            }
            if isOne("axi_rvalid"), isOne("axi_rready") {
                (reads, isReadAnswered) = (reads - 1, false)
                transfers += 1
            }
            simulator.step()
        }
        return (Set(simulator.failures.map { "\($0.kind.rawValue) \($0.name)" }), transfers)
    }

    @Test("a correct manager on a bus that takes its time", arguments: [1, 2, 3] as [UInt64])
    func correct(seed: UInt64) throws {
        let (failures, transfers) = try run("none", seed: seed)
        #expect(failures == [], "seed \(seed)")
        #expect(transfers > 20)
    }

    @Test(
        "a manager that breaks a rule",
        arguments: [
            ("dropsAddress", "assert axi_aw_stays_valid"), ("changesData", "assert axi_w_keeps_its_item"),
            ("changesReadAddress", "assert axi_ar_keeps_its_item"),
        ])
    func faulty(fault: String, check: String) throws {
        // A manager that drops its address hangs, and so does the bus: no other rule is broken.
        #expect(try run(fault, seed: 4).0 == [check])
    }

    @Test("a bus that answers before it is asked is no manager's fault")
    func faultyBus() throws {
        let (failures, _) = try run("none", seed: 5, answersTooSoon: true)
        #expect(failures.isSuperset(of: ["assume axi_answers_written_addresses", "assume axi_answers_written_data"]))
        #expect(failures.allSatisfy { $0.hasPrefix("assume ") })
    }

    @Test("a correct manager is proved, and each fault found")
    func proved() throws {
        let options = ProofOptions(depth: 8, inductionDepth: 2, secondsPerRun: 60, includesCovers: false)
        let report = try ProofRunner(options).prove(elaborate(Manager(fault: .none)))
        #expect(report.properties.count == 8)
        let open = report.properties.filter { $0.verdict != .proved }
        #expect(open.isEmpty, "\(open.map { "\($0.name) \($0.verdict)" })")
        for (fault, name) in [
            (Manager.Fault.dropsAddress, "axi_aw_stays_valid"), (.changesData, "axi_w_keeps_its_item"),
            (.changesReadAddress, "axi_ar_keeps_its_item"),
        ] {
            let report = try ProofRunner(options).prove(elaborate(Manager(fault: fault)))
            let failed = report.properties.filter { $0.verdict == .failed }.map(\.name)
            #expect(failed == [name])
        }
    }
}
