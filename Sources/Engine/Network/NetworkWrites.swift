public import HDL

/// Settings and account of the rows that a `NetworkEngine` writes by pulses; the row itself is on its write ports.
public struct NetworkWrites: SignalBundle {
    /// As in `WriteHost`.
    public let plane, last: Input?
    public let changedOnly, verify: Input
    public let retries: Input
    public let codeWrite: Input
    public let codePlane: Input?
    public let codeTowardsOne, codeCycles, codeAmplitude: Input
    /// Junctions that a pulse does not move, beside `writeFail`; taken at a pulse's last cycle.
    public let complementFail: Input?
    public let eraseFail: [Input]
    /// A row is taken in a cycle with `write` and `ready`: between networks, when no other is being written.
    public let ready, busy, done, failed: Output
    public let error, errorBank, errorAddress, errorBits: Output
    public let counters: WriteCounters
    /// The pulse in progress and its last cycle.
    public let pulse, pulseEnds: Output
    public let amplitude: Output
}

extension NetworkEngine {
    public var cellKind: CellKind { CellKind(rawValue: kind) ?? .ideal }

    /// The controller that writes all banks: a row's address has its bank's number above that in the bank.
    var writeController: WriteController {
        var controller = WriteController()
        controller.rows = 1 << (addressWidth(banks) + addressWidth(bankRows))
        controller.columns = columns
        controller.kind = kind
        controller.period = phases.period
        controller.planes = planes
        controller.longestPulse = longestPulse
        controller.mostRetries = mostRetries
        return controller
    }

    var bank: Bank {
        var bank = Bank()
        bank.rows = bankRows
        bank.columns = columns
        bank.phases = phases
        bank.kind = kind
        return bank
    }

    /// The ports of the write controller; nil for ideal cells.
    var writePorts: NetworkWrites? {
        guard cellKind.isPulsed else { return nil }
        let (host, cells, lines) = (writeController.ports().host, bank.ports(), writeController.ports().bank)
        func same(_ port: Input?) -> Input? { port.map { Input($0.width) } }
        return NetworkWrites(
            plane: same(host.plane), last: same(host.last), changedOnly: Input(), verify: Input(),
            retries: Input(host.retries.width), codeWrite: Input(), codePlane: same(host.codePlane),
            codeTowardsOne: Input(), codeCycles: Input(host.codeCycles.width),
            codeAmplitude: Input(host.codeAmplitude?.width ?? 1), complementFail: same(cells.complementFail),
            eraseFail: cells.eraseFail.map { Input($0.width) }, ready: Output(), busy: Output(), done: Output(),
            failed: Output(), error: Output(), errorBank: Output(addressWidth(banks)),
            errorAddress: Output(addressWidth(bankRows)), errorBits: Output(host.errorBits.width),
            counters: WriteCounters(), pulse: Output(), pulseEnds: Output(),
            amplitude: Output(lines.amplitude?.width ?? 1))
    }
}

/// The write controller of a `NetworkEngine` with pulsed cells. Rows are written between networks, since a sense of the
/// controller changes the latch of its bank, which a network's row stays in for all of its steps.
struct WriteStage {
    private let m: Builder<NetworkEngine.Ports>
    private let controller: Instance<WriteController.Ports>
    private let banks: Int
    private let addressBits: Int

    /// A write is under way: no network starts.
    var isBusy: Bits { controller.host.busy }
    private var bankNumber: Bits { controller.bank.address[addressBits..<controller.bank.address.width] }
    private var address: Bits { controller.bank.address[0..<addressBits] }

    /// A row is taken: no network runs or starts, and no other row is being written.
    let isReady: Bits

    /// Nil for ideal cells.
    init?(_ m: Builder<NetworkEngine.Ports>, _ engine: NetworkEngine) {
        guard m.writes != nil else { return nil }
        self.m = m
        banks = engine.banks
        addressBits = addressWidth(engine.bankRows)
        controller = m.instance("write_controller", engine.writeController)
        isReady = m.wire("row_is_ready")
    }

    /// Takes a row while no network runs or starts.
    func take(isRunning: Bits) {
        guard let writes = m.writes else { return }
        let host = controller.host
        let isOpen = (!isRunning & !m.start).named("is_open_for_writes")
        host.valid.drive(m.write & isOpen)
        host.address.drive(concatenate([m.writeBank, m.writeAddress]))
        host.data.drive(m.writeData)
        for case (let inner?, let outer?) in [
            (host.plane, writes.plane), (host.last, writes.last), (host.codePlane, writes.codePlane),
            (host.codeAmplitude, writes.codeAmplitude),
        ] {
            inner.drive(outer)
        }
        host.changedOnly.drive(writes.changedOnly)
        host.verify.drive(writes.verify)
        host.retries.drive(writes.retries)
        host.codeWrite.drive(writes.codeWrite)
        host.codeTowardsOne.drive(writes.codeTowardsOne)
        host.codeCycles.drive(writes.codeCycles)
        host.clear.drive(m.clear)
        isReady.drive(host.ready & isOpen)
        writes.ready.drive(isReady)
        writes.busy.drive(host.busy)
        writes.done.drive(host.done)
        writes.failed.drive(host.failed)
        writes.error.drive(host.error)
        writes.errorBank.drive(host.errorAddress[addressBits..<host.errorAddress.width])
        writes.errorAddress.drive(host.errorAddress[0..<addressBits])
        writes.errorBits.drive(host.errorBits)
        writes.counters.drive(host.counters)
        writes.pulse.drive(controller.bank.pulse)
        writes.pulseEnds.drive(controller.bank.write)
        if let amplitude = controller.bank.amplitude { writes.amplitude.drive(amplitude) }
    }

    /// Writes and reads one of the banks; `start` and `rowAddress` are those of a network's rows.
    func connect(_ bank: Instance<Bank.Ports>, _ number: Int, start: Bits, rowAddress: Bits) {
        let lines = controller.bank
        let isMine = (bankNumber == number).named("writes_bank_\(number)")
        bank.start.drive(mux(lines.sense & isMine, bank.ready, start))
        bank.address.drive(mux(lines.sense, address, rowAddress))
        bank.claim?.drive(lines.claim & isMine)
        bank.write.drive(lines.write & isMine)
        bank.writeAddress.drive(address)
        bank.towardsOne?.drive(lines.towardsOne)
        bank.mask?.drive(lines.mask)
        bank.writeFail.drive(m.writeFail)
        if let mask = lines.complementMask { bank.complementMask?.drive(mask) }
        guard let writes = m.writes else { return }
        if let fail = writes.complementFail { bank.complementFail?.drive(fail) }
        for (inner, outer) in zip(bank.eraseFail, writes.eraseFail) { inner.drive(outer) }
    }

    /// Tells the controller how its bank is; a bank that there is not keeps it waiting for nothing.
    func answer(_ cells: [Instance<Bank.Ports>]) {
        func ofBank(_ signals: [Bits]) -> Bits {
            let missing = (1 << bankNumber.width) - signals.count
            return select(bankNumber, signals + (0..<missing).map { _ in m.constant(1, 1) })
        }
        controller.bank.senseReady.drive(ofBank(cells.map(\.ready)))
        controller.bank.writeReady.drive(ofBank(cells.compactMap { $0.writeReady }))
        controller.bank.row.drive(select(bankNumber, cells.map(\.row)))
    }
}
