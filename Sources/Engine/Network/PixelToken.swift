import HDL

/// What travels beside a row while its bank senses it, and meets the latched row behind.
struct PixelToken {
    var valid, bank, chunk, negative, first, lastOfFilter, last, empty: Bits
    var plane: Bits?

    private var fields: [Bits] {
        [valid, bank, chunk, negative, first, lastOfFilter, last, empty] + (plane.map { [$0] } ?? [])
    }

    private static let names = [
        "valid", "bank", "chunk", "negative", "first", "last_of_filter", "last", "empty", "plane",
    ]

    /// The fields, each replaced by what `change` makes of it.
    private func mapped(_ change: (_ name: String, _ field: Bits) -> Bits) -> PixelToken {
        let new = zip(Self.names, fields).map { change($0, $1) }
        return PixelToken(
            valid: new[0], bank: new[1], chunk: new[2], negative: new[3], first: new[4], lastOfFilter: new[5],
            last: new[6], empty: new[7], plane: plane == nil ? nil : new[8])
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
/// One cycle each, the row held in its latch; how many they are is said by the layer and by the group of pixels.
struct RowSteps {
    let token: PixelToken
    /// A step is in the datapath.
    let active: Bits
    /// Numbers of the step; nil where there is one at most.
    let pixelStep, planeGroup: Bits?
    /// The step is the first of its pixels, the last of its pixels, the last of its row.
    let isFirstGroup, isLastGroup, isLastStep: Bits

    /// - Parameters:
    ///   - lastPixelStep: number of the group's last step over pixels, of a width that holds the engine's most.
    ///   - lastPlaneGroup: number of the layer's last plane group, likewise.
    init<P: SignalBundle>(
        _ m: Builder<P>, _ sensed: PixelToken, lastPixelStep: Bits?, lastPlaneGroup: Bits?
    ) {
        let one = m.constant(1, 1)
        let pixelStep = lastPixelStep.map { m.register("pixel_step", $0.width) }
        let planeGroup = lastPlaneGroup.map { m.register("plane_group", $0.width) }
        let isBegun = [pixelStep, planeGroup].compactMap { $0?.anySet }.reduce(m.constant(0, 1)) { $0 | $1 }
        let active = (sensed.valid | isBegun).named("active")
        isFirstGroup = planeGroup.map { ($0 == 0).named("is_first_group") } ?? one
        let isLastGroup =
            zip(planeGroup, lastPlaneGroup).map { ($0 == $1).named("is_last_group") } ?? one
        let isLastPixelStep =
            zip(pixelStep, lastPixelStep).map { ($0 == $1).named("is_last_pixel_step") } ?? one
        isLastStep = (isLastGroup & isLastPixelStep).named("is_last_step")
        when(active) {
            if let planeGroup { planeGroup.next(mux(isLastGroup, 0, planeGroup + 1)) }
            if let pixelStep {
                when(isLastGroup) { pixelStep.next(mux(isLastPixelStep, 0, pixelStep + 1)) }
            }
        }
        token = pixelStep == nil && planeGroup == nil ? sensed : sensed.held(m, isArriving: sensed.valid)
        self.active = active
        self.isLastGroup = isLastGroup
        self.pixelStep = pixelStep
        self.planeGroup = planeGroup
    }
}

/// Both values, where both are there.
private func zip(_ a: Bits?, _ b: Bits?) -> (Bits, Bits)? {
    guard let a, let b else { return nil }
    return (a, b)
}
