import HDL

/// What travels beside a row while its bank senses it, and meets the latched row behind.
struct PixelToken {
    var valid, bank, chunk, negative, first, lastOfFilter, last, empty: Bits
    /// The steps that the row takes, one bit each: number `pixel step × plane groups + plane group`.
    var steps: Bits
    var plane: Bits?

    private var fields: [Bits] {
        [valid, bank, chunk, negative, first, lastOfFilter, last, empty, steps] + (plane.map { [$0] } ?? [])
    }

    private static let names = [
        "valid", "bank", "chunk", "negative", "first", "last_of_filter", "last", "empty", "steps", "plane",
    ]

    /// The fields, each replaced by what `change` makes of it.
    private func mapped(_ change: (_ name: String, _ field: Bits) -> Bits) -> PixelToken {
        let new = zip(Self.names, fields).map { change($0, $1) }
        return PixelToken(
            valid: new[0], bank: new[1], chunk: new[2], negative: new[3], first: new[4], lastOfFilter: new[5],
            last: new[6], empty: new[7], steps: new[8], plane: plane == nil ? nil : new[9])
    }

    /// The fields after a number of clock edges: a shift register of whole tokens.
    func delayed<P: SignalBundle>(_ m: Builder<P>, by cycles: Int) -> PixelToken {
        let packed = concatenate(fields)
        var stage = packed
        for number in 1...cycles {
            let register = m.register("sensing_\(number)", packed.width)
            register.next(stage)
            stage = register
        }
        var top = packed.width
        return mapped { name, field in
            top -= field.width
            return stage[top..<top + field.width].named("sensed_\(name)")
        }
    }

    /// The token held from its arrival through the steps that its row takes; `isArriving` in the first of them.
    func held<P: SignalBundle>(_ m: Builder<P>, isArriving: Bits) -> PixelToken {
        mapped { name, field in
            if name == "valid" { return field }
            let register = m.register("held_\(name)", field.width)
            when(isArriving) { register.next(field) }
            return mux(isArriving, field, register).named("work_\(name)")
        }
    }
}

/// The steps of a sensed row: over the pixels of the group, and for each over the groups of activation planes.
///
/// Law: one cycle for each step that the token names, in the order of their numbers, the row held in its latch.
struct RowSteps {
    let token: PixelToken
    /// A step is in the datapath.
    let active: Bits
    /// Numbers of the step; nil where there is one at most.
    let pixelStep, planeGroup: Bits?
    /// The step is the first of its pixels, the last of its pixels, the last of its row.
    let isFirstGroup, isLastGroup, isLastStep: Bits

    /// - Parameters:
    ///   - pixelSteps: steps over the pixels of a full group.
    ///   - planeGroups: groups of the widest activations' planes.
    init<P: SignalBundle>(_ m: Builder<P>, _ sensed: PixelToken, pixelSteps: Int, planeGroups: Int) {
        guard pixelSteps * planeGroups > 1 else {
            let one = m.constant(1, 1)
            token = sensed
            active = sensed.valid
            (pixelStep, planeGroup) = (nil, nil)
            (isFirstGroup, isLastGroup, isLastStep) = (one, one, one)
            return
        }
        let later = m.register("steps_left", pixelSteps * planeGroups)
        let token = sensed.held(m, isArriving: sensed.valid)
        let left = mux(sensed.valid, sensed.steps, later).named("steps_now")
        let step = left.lowestSet.named("step")
        let rest = (left & ~step).named("steps_then")
        let past = (token.steps & ~left).named("steps_before")
        later.next(rest)
        active = left.anySet.named("active")

        // Which pixel step it is, one bit each; whether another group of its planes follows, or came before.
        func groups(_ steps: Bits, _ number: Int) -> Bits { steps[number * planeGroups..<(number + 1) * planeGroups] }
        let pixels = (0..<pixelSteps).map { groups(step, $0).anySet }
        func isMine(_ steps: Bits) -> Bits {
            pixels.enumerated().map { $1 & groups(steps, $0).anySet }.reduce(m.constant(0, 1)) { $0 | $1 }
        }
        isFirstGroup = (!isMine(past)).named("is_first_group")
        isLastGroup = (!isMine(rest)).named("is_last_group")
        isLastStep = (rest == 0).named("is_last_step")
        pixelStep =
            pixelSteps > 1 ? concatenate(pixels.reversed()).oneHotIndex.named("pixel_step") : nil
        let group = (0..<pixelSteps).map { groups(step, $0) }.reduce(m.constant(0, planeGroups)) { $0 | $1 }
        planeGroup = planeGroups > 1 ? group.oneHotIndex.named("plane_group") : nil
        self.token = token
    }
}
