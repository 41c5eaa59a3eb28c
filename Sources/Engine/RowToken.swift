import HDL

/// What travels beside a row while its bank senses it.
struct Token {
    struct Fields {
        let valid, bank, filter, chunk, negative, first, last, empty: Bits
        let plane: Bits?
    }
    private let fields: Fields

    init(_ fields: Fields) { self.fields = fields }

    /// The fields after a number of clock edges: a shift register of whole tokens.
    func delayed<P: SignalBundle>(_ m: Builder<P>, by cycles: Int) -> Fields {
        let parts = [
            fields.valid, fields.bank, fields.filter, fields.chunk, fields.negative, fields.first, fields.last,
            fields.empty,
        ]
        let packed = concatenate(parts + (fields.plane.map { [$0] } ?? []))
        var stage = packed
        for number in 1...cycles {
            let register = m.register("sensing_\(number)", packed.width)
            register.next(stage)
            stage = register
        }
        var top = packed.width
        func field(_ name: String, _ width: Int) -> Bits {
            top -= width
            return stage[top..<top + width].named("sensed_\(name)")
        }
        return Fields(
            valid: field("valid", 1), bank: field("bank", fields.bank.width),
            filter: field("filter", fields.filter.width), chunk: field("chunk", fields.chunk.width),
            negative: field("negative", 1), first: field("first", 1), last: field("last", 1),
            empty: field("empty", 1), plane: fields.plane.map { field("plane", $0.width) })
    }
}

/// The steps of a sensed row over the groups of activation planes: one cycle each, the row held in its latch.
struct PlaneSteps {
    let token: Token.Fields
    /// A group is in the datapath.
    let active: Bits
    /// The group's number; nil when there is one.
    let group: Bits?
    /// Whether it is the row's first group, its last; nil when there is one, which is both.
    private let isFirstGroup, isLastGroup: Bits?

    init<P: SignalBundle>(_ m: Builder<P>, _ sensed: Token.Fields, groups: Int) {
        guard groups > 1 else {
            token = sensed
            active = sensed.valid
            group = nil
            isFirstGroup = nil
            isLastGroup = nil
            return
        }
        let step = m.register("plane_group", addressWidth(groups))
        let active = (sensed.valid | (step != 0)).named("active")
        let isLast = (step == groups - 1).named("is_last_group")
        when(active) { step.next(mux(isLast, 0, step + 1)) }

        /// The field of the row that arrives, or of the one being worked on.
        func held(_ name: String, _ value: Bits) -> Bits {
            let register = m.register("held_\(name)", value.width)
            when(sensed.valid) { register.next(value) }
            return mux(sensed.valid, value, register).named("work_\(name)")
        }
        token = Token.Fields(
            valid: sensed.valid, bank: held("bank", sensed.bank), filter: held("filter", sensed.filter),
            chunk: held("chunk", sensed.chunk), negative: held("negative", sensed.negative),
            first: held("first", sensed.first), last: held("last", sensed.last), empty: held("empty", sensed.empty),
            plane: sensed.plane.map { held("plane", $0) })
        self.active = active
        group = step
        isFirstGroup = (step == 0).named("is_first_group")
        isLastGroup = isLast
    }

    /// The condition, in the row's first group only.
    func inFirstGroup(_ condition: Bits) -> Bits { isFirstGroup.map { condition & $0 } ?? condition }

    /// The condition, in the row's last group only.
    func inLastGroup(_ condition: Bits) -> Bits { isLastGroup.map { condition & $0 } ?? condition }
}
