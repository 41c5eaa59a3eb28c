import HDL

/// The activation memory: a bank a pixel lane, a word of codes an address; written code by code.
struct ActivationBanks {
    private let m: Builder<NetworkEngine.Ports>
    private let engine: NetworkEngine
    private let banks: [Memory]

    /// One who reads.
    struct Reader {
        let read, bank, address: Bits
    }

    init(_ m: Builder<NetworkEngine.Ports>, _ engine: NetworkEngine) {
        self.m = m
        self.engine = engine
        banks = (0..<engine.pixelLanes).map { bank in
            m.memory("activations_\(bank)", depth: engine.depth, width: engine.wordWidth, isNonvolatile: true)
        }
    }

    /// The word that one of the readers asked for, from the next cycle on until another one is asked for.
    func read(_ readers: [Reader]) -> Bits {
        var (read, bank, address) = (readers[0].read, readers[0].bank, readers[0].address)
        for reader in readers.dropFirst() {
            bank = mux(reader.read, reader.bank, bank)
            address = mux(reader.read, reader.address, address)
            read = read | reader.read
        }
        let enable = read.named("reads")
        let place = address.named("read_address")
        let words = banks.enumerated().map { bank, memory in
            memory.readSynchronous("read_word_\(bank)", place, enable: enable)
        }
        let chosen = m.register("read_bank", addressWidth(engine.pixelLanes))
        when(enable) { chosen.next(bank) }
        return select(chosen, words).named("word_read")
    }

    /// Stores what comes out of the stages, or the host's word.
    func store(_ output: OutputStage, _ pooling: PoolingStage, _ addition: AdditionStage) {
        let isPooled = pooling.unit.resultValid
        let isAdded = addition.adder.codeValid
        let lanes = (output.resultBanks | pooling.resultBanks | addition.resultBanks).named("stored_banks")
        let computed = mux(isAdded, addition.resultAddress, output.resultAddress)
        let address = mux(isPooled, pooling.resultAddress, computed).named("result_address_now")
        let code = mux(isAdded, addition.resultCode, output.resultCode).named("result_code_now")
        let oneCode = code.oneHot(engine.wordCodes)
        let codes = mux(isPooled, m.constant(-1, engine.wordCodes), oneCode).named("result_mask")
        let results = output.codes.map { mux(isAdded, addition.adder.code, $0) }
        for (bank, memory) in banks.enumerated() {
            let isHost = (m.activationWrite & (m.activationBank == bank)).named("host_writes_\(bank)")
            let mask = mux(isHost, m.constant(-1, engine.wordCodes), codes)
            let result = mux(isPooled, pooling.unit.result, results[bank].replicated(engine.wordCodes))
            let data = mux(isHost, m.activationData, result)
            when(engine.whenAwake(m, isHost | lanes[bank])) {
                memory.write(
                    mux(isHost, m.activationAddress, address), data.named("written_word_\(bank)"),
                    mask: mask.named("written_codes_\(bank)"))
            }
        }
        m.stored.drive(lanes)
        m.storedAddress.drive(address)
        m.storedMask.drive(codes)
        m.storedCodes.drive(concatenate(results.reversed()))
        m.storedWord.drive(pooling.unit.result)
    }
}
