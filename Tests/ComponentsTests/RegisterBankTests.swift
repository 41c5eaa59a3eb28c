import BitVectors
import Components
import HDL
import Simulation
import Testing

/// Law: to the bus and to the hardware, a register bank is an array of words to which requests are applied in order.
@Suite("Register banks against an array of words")
struct RegisterBankTests {
    /// How eager the channels are, and the seed.
    struct Traffic: Sendable, CustomStringConvertible {
        let percents: [Int]
        let dataWidth: Int
        let seed: UInt64
        var description: String { "aw, w, ar, b, r: \(percents) %, \(dataWidth) bits, seed \(seed)" }

        private static let paces = [
            [100, 100, 100, 100, 100], [10, 100, 50, 100, 100], [100, 10, 50, 100, 20], [90, 90, 90, 10, 10],
            [50, 50, 50, 50, 50],
        ]
        static let all = paces.enumerated().flatMap { index, percents in
            [32, 64].map { Traffic(percents: percents, dataWidth: $0, seed: UInt64(index * 64 + $0)) }
        }
    }

    @Test("requests in bursts do what they do to an array", arguments: Traffic.all)
    func bursts(_ traffic: Traffic) throws {
        var random = RandomSource(seed: traffic.seed)
        let simulator = try Simulator(elaborate(try exampleBank(dataWidth: traffic.dataWidth)))
        var model = RegisterModel(dataWidth: traffic.dataWidth)
        for _ in 0..<20 {
            // What the hardware sets while the bus is quiet.
            let events = random.word(6)
            let (busy, count) = (random.word(1), random.word(10))
            simulator.set("status_events_set", events)
            simulator.set("status_busy", busy)
            simulator.set("status_count", count)
            simulator.step()
            simulator.set("status_events_set", 0)
            model.words[8]? |= events.words[0] << 4
            model.status = busy.words[0] | count.words[0] << 16

            let writes = (0..<20).map { _ in randomWrite(traffic, &random) }
            var manager = manager(of: writes, traffic)
            manager.run(simulator, &random)
            let answers = writes.map { write -> Int in
                guard case .write(let address, let data, let strobes) = write else { return -1 }
                return model.write(address, data, strobes)
            }
            #expect(manager.written.map { $0["resp"]?.intValue } == answers)
            checkOutputs(simulator, model)

            let addresses = (0..<20).map { _ in Int.random(in: 0..<64, using: &random) }
            manager = self.manager(of: addresses.map { .read(address: $0) }, traffic)
            manager.run(simulator, &random)
            #expect(manager.read.map { $0["data"]?.words[0] } == addresses.map { model.read($0).data })
            #expect(manager.read.map { $0["resp"]?.intValue } == addresses.map { model.read($0).response })
        }
        #expect(simulator.failures.map(\.description) == [])
    }

    @Test("reads and writes at once are each answered once, by the rules of the bus", arguments: Traffic.all)
    func bothWays(_ traffic: Traffic) throws {
        var random = RandomSource(seed: traffic.seed)
        let simulator = try Simulator(elaborate(try exampleBank(dataWidth: traffic.dataWidth)))
        var requests: [BusRequest] = []
        for _ in 0..<200 {
            requests.append(randomWrite(traffic, &random))
            requests.append(.read(address: Int.random(in: 0..<64, using: &random)))
        }
        var manager = manager(of: requests, traffic)
        manager.run(simulator, &random)
        #expect(manager.written.count == 200)
        #expect(manager.read.count == 200)
        // Two slices deep, and then a request each way in every cycle.
        if traffic.percents.allSatisfy({ $0 == 100 }) { #expect(manager.cycles == 202) }
        for _ in 0..<20 { manager.step(simulator, &random) }
        #expect(manager.written.count == 200)
        #expect(manager.read.count == 200)
        #expect(simulator.failures.map(\.description) == [])
    }

    @Test("a write waits for both its address and its data")
    func halves() throws {
        let simulator = try Simulator(elaborate(try exampleBank()))
        simulator.set("axi_bready", 1)
        for (first, second) in [("axi_awvalid", "axi_wvalid"), ("axi_wvalid", "axi_awvalid")] {
            for (signal, isFirst) in [(first, true), (second, false)] {
                simulator.set(signal, 1)
                simulator.step()
                simulator.set(signal, 0)
                if isFirst {
                    for _ in 0..<5 {
                        #expect(simulator.get("axi_bvalid").isZero)
                        simulator.step()
                    }
                }
            }
            simulator.step()
            #expect(simulator.get("axi_bvalid").reduceOr)
            simulator.step()
            #expect(simulator.get("axi_bvalid").isZero)
        }
        #expect(simulator.failures.isEmpty)
    }

    @Test("a bit that is set in the cycle in which it is cleared stays set")
    func setWins() throws {
        let simulator = try Simulator(elaborate(try exampleBank()))
        simulator.set("status_events_set", 0b001011)
        simulator.step()
        write(simulator, address: 8, data: 0b110010 << 4)
        // The request takes effect at the edge after that which takes it.
        simulator.set("status_events_set", 0b100010)
        simulator.step()
        simulator.set("status_events_set", 0)
        #expect(simulator.get("status_events") == BitVector(0b101011, width: 6))
        write(simulator, address: 8, data: 0b000011 << 4)
        simulator.step()
        #expect(simulator.get("status_events") == BitVector(0b101000, width: 6))
    }

    @Test("an order is new for one cycle, and only when its byte is written")
    func orders() throws {
        let simulator = try Simulator(elaborate(try exampleBank()))
        for (strobes, code, isNew) in [(0b0011, 0xa8, 1), (0b0001, 0xab, 1), (0b1100, 0xab, 0)] {
            write(simulator, address: 16, data: (strobes == 1 ? 0xff : 0xa8) << 6, strobes: strobes)
            #expect(simulator.get("command_code_written").isZero)
            simulator.step()
            #expect(simulator.get("command_code_written").intValue == isNew)
            #expect(simulator.get("command_code").intValue == code)
            simulator.step()
            #expect(simulator.get("command_code_written").isZero)
        }
    }

    @Test("a write to a register that is read only is refused; the others are as they were", arguments: [true, false])
    func readOnly(isAlone: Bool) throws {
        let fixed = RegisterDescription(
            "fixed", offset: 4, "What is.", fields: [.init("value", 0...7, "As it is.", access: .readOnly)])
        let free = RegisterDescription("free", offset: 0, "What may be.", fields: [.init("value", 0...31, "Any.")])
        let bank = try RegisterBank("some", addressWidth: 4, registers: isAlone ? [fixed] : [free, fixed])
        let simulator = try Simulator(elaborate(bank))
        simulator.set("fixed_value", 0x5a)
        for (address, isTaken) in [(0, !isAlone), (4, false), (8, false)] {
            write(simulator, address: address, data: 0x1234_5678)
            simulator.step()
            #expect(simulator.get("axi_bvalid").reduceOr)
            #expect(simulator.get("axi_bresp").intValue == (isTaken ? 0 : 2), "address \(address)")
            if !isAlone { #expect(simulator.get("free_value").intValue == 0x1234_5678) }
        }
        simulator.set("axi_araddr", 4)
        simulator.set("axi_arvalid", 1)
        simulator.step(2)
        #expect(simulator.get("axi_rdata").intValue == 0x5a && simulator.get("axi_rresp").isZero)
        #expect(simulator.failures.isEmpty)
    }

    @Test("the outputs of the bus are flip-flops: no input of it changes them before an edge")
    func registeredOutputs() throws {
        let simulator = try Simulator(elaborate(try exampleBank()))
        let outputs = ["awready", "wready", "bvalid", "bresp", "arready", "rvalid", "rdata", "rresp"]
        let inputs = ["awvalid", "wvalid", "arvalid", "bready", "rready"]
        var random = RandomSource(seed: 3)
        for _ in 0..<200 {
            for input in inputs { simulator.set("axi_\(input)", random.word(1)) }
            let before = outputs.map { simulator.get("axi_\($0)") }
            for values in 0..<32 {
                for (index, input) in inputs.enumerated() { simulator.set("axi_\(input)", values >> index & 1) }
                #expect(outputs.map { simulator.get("axi_\($0)") } == before)
            }
            simulator.step()
        }
    }

    /// Has a write taken by the slices; it takes effect at the next edge.
    private func write(_ simulator: Simulator, address: Int, data: Int, strobes: Int = 15) {
        simulator.set("axi_bready", 1)
        simulator.set("axi_awaddr", address)
        simulator.set("axi_wdata", data)
        simulator.set("axi_wstrb", strobes)
        for valid in [1, 0] {
            simulator.set("axi_awvalid", valid)
            simulator.set("axi_wvalid", valid)
            if valid == 1 { simulator.step() }
        }
    }

    private func randomWrite(_ traffic: Traffic, _ random: inout RandomSource) -> BusRequest {
        .write(
            address: Int.random(in: 0..<64, using: &random), data: random.word(traffic.dataWidth),
            strobes: random.word(traffic.dataWidth / 8))
    }

    private func manager(of requests: [BusRequest], _ traffic: Traffic) -> AXI4LiteManager {
        AXI4LiteManager(requests, dataWidth: traffic.dataWidth, addressWidth: 6, percents: traffic.percents)
    }

    /// The hardware sees the values that the bus has written.
    private func checkOutputs(_ simulator: Simulator, _ model: RegisterModel) {
        let (control, status) = (model.words[0] ?? 0, model.words[8] ?? 0)
        #expect(simulator.get("control_enable").words[0] == control & 1)
        #expect(simulator.get("control_mode").words[0] == control >> 4 & 0xff)
        #expect(simulator.get("control_level").words[0] == control >> 12 & 0x7f)
        #expect(simulator.get("status_events").words[0] == status >> 4 & 0x3f)
        #expect(simulator.get("command_code").words[0] == (model.words[16] ?? 0) >> 6 & 0xff)
        #expect(simulator.get("word_value").words[0] == model.words[24])
    }
}
