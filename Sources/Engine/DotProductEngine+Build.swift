public import HDL

extension DotProductEngine {
    public func build(_ m: Builder<Ports>) {
        let buffer = buildBuffer(m)
        let scheduler = m.instance("scheduler", schedulerParameters)
        let row = nextRow(m, take: scheduler.issue)
        scheduler.valid.drive(row.valid)
        scheduler.last.drive(row.last)
        scheduler.imageReady.drive(buffer.imageReady)
        buffer.issued.drive(scheduler.issue & row.last)

        let banks = buildBanks(m, scheduler)
        scheduler.bankReady.drive(concatenate(banks.map(\.ready).reversed()))

        // What is known of a row travels beside its sensing and meets the latched row behind it.
        let issued = Token.Fields(
            valid: scheduler.issue, bank: scheduler.bank, filter: row.filter, chunk: row.chunk,
            negative: row.negative, first: scheduler.first, last: row.last, empty: row.empty, plane: row.plane)
        let sensed = Token(issued).delayed(m, by: phases.period + 1)
        let work = PlaneSteps(m, sensed, groups: planeGroups)
        let token = work.token

        let datapath = m.instance("datapath", datapathParameters)
        buffer.chunk.drive(token.chunk)
        buffer.free.drive(work.active & work.inLastGroup(token.last))
        datapath.valid.drive(work.active)
        datapath.row.drive(select(token.bank, banks.map(\.row)).named("sensed_row"))
        for (lane, planes) in zip(datapath.lanes, buffer.lanes) { lane.drive(planes) }
        datapath.filter.drive(token.filter)
        datapath.negative.drive(token.negative)
        datapath.first.drive(work.inFirstGroup(token.first))
        datapath.last.drive(work.inLastGroup(token.last))
        datapath.empty.drive(token.empty)
        if let plane = token.plane { datapath.plane?.drive(plane) }
        if let group = work.group {
            buffer.planeGroup?.drive(group)
            datapath.planeGroup?.drive(group)
        }

        m.done.drive(datapath.done)
        for (output, sum) in zip(m.sums, datapath.sums) { output.drive(sum) }
        count(m, started: m.valid & buffer.ready, sensed: scheduler.issue & !row.empty)
    }

    private var schedulerParameters: BankScheduler {
        var scheduler = BankScheduler()
        scheduler.banks = banks
        scheduler.depth = depth
        scheduler.interval = planeGroups
        return scheduler
    }

    private var datapathParameters: AndAccumulate {
        var datapath = AndAccumulate()
        datapath.columns = columns
        datapath.planeLanes = planeLanes
        datapath.activationBits = activationBits
        datapath.planes = planes
        datapath.filters = filters
        datapath.accumulatorWidth = accumulatorWidth
        return datapath
    }

    private func buildBuffer(_ m: Builder<Ports>) -> Instance<ActivationBuffer.Ports> {
        var parameters = ActivationBuffer()
        parameters.columns = columns
        parameters.chunks = chunks
        parameters.activationBits = activationBits
        parameters.planeLanes = planeLanes
        let buffer = m.instance("activations", parameters)
        buffer.valid.drive(m.valid)
        for (port, plane) in zip(buffer.planes, m.planes) { port.drive(plane) }
        m.ready.drive(buffer.ready)
        return buffer
    }

    /// The row that the controller, or the sequencer, names next.
    private func nextRow(_ m: Builder<Ports>, take: Bits) -> Row {
        if let mapWrite = m.mapWrite, let mapAddress = m.mapAddress, let mapRows = m.mapRows,
            let mapFilter = m.mapFilter, let mapChunk = m.mapChunk
        {
            var parameters = SparseSkipController()
            parameters.groups = filters * chunks
            parameters.planes = planes
            parameters.filters = filters
            parameters.chunks = chunks
            let controller = m.instance("controller", parameters)
            controller.mapWrite.drive(mapWrite)
            controller.mapAddress.drive(mapAddress)
            controller.mapRows.drive(mapRows)
            controller.mapFilter.drive(mapFilter)
            controller.mapChunk.drive(mapChunk)
            controller.take.drive(take)
            return Row(
                valid: controller.valid, filter: controller.filter, chunk: controller.chunk,
                negative: controller.negative, last: controller.last, empty: controller.empty,
                plane: controller.plane)
        }
        var parameters = DenseSequencer()
        parameters.planes = planes
        parameters.filters = filters
        parameters.chunks = chunks
        let sequencer = m.instance("sequencer", parameters)
        sequencer.take.drive(take)
        return Row(
            valid: m.constant(1, 1), filter: sequencer.filter, chunk: sequencer.chunk,
            negative: sequencer.negative, last: sequencer.last, empty: m.constant(0, 1), plane: sequencer.plane)
    }

    private struct Row {
        let valid, filter, chunk, negative, last, empty: Bits
        let plane: Bits?
    }

    private func buildBanks(
        _ m: Builder<Ports>, _ scheduler: Instance<BankScheduler.Ports>
    ) -> [Instance<Bank.Ports>] {
        var parameters = Bank()
        parameters.rows = depth
        parameters.columns = columns
        parameters.phases = phases
        let instances = (0..<banks).map { number in
            let bank = m.instance("bank_\(number)", parameters)
            bank.write.drive(m.write & (m.writeBank == number))
            bank.writeAddress.drive(m.writeAddress)
            bank.writeData?.drive(m.writeData)
            bank.writeFail.drive(m.writeFail)
            bank.start.drive(scheduler.issue & (scheduler.bank == number))
            bank.address.drive(scheduler.address)
            bank.upset.drive(m.upset[number])
            return bank
        }
        m.precharge.drive(concatenate(instances.map(\.precharge).reversed()))
        m.evaluate.drive(concatenate(instances.map(\.evaluate).reversed()))
        m.latch.drive(concatenate(instances.map(\.latch).reversed()))
        return instances
    }

    private func count(_ m: Builder<Ports>, started: Bits, sensed: Bits) {
        let running = m.register("running")
        let cycles = m.register("cycles", 32)
        let senses = m.register("senses", 32)
        when(m.clear) {
            running.next(0)
            cycles.next(0)
            senses.next(0)
        }.otherwise {
            when(started) { running.next(1) }
            when(running | started) { cycles.next(cycles + 1) }
            when(sensed) { senses.next(senses + 1) }
        }
        m.cycles.drive(cycles)
        m.senses.drive(senses)
    }
}
