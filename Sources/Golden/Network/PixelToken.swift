/// What travels beside a row from its issue to the datapath; Engine's `PixelToken`.
struct PixelToken {
    var isValid = false
    var bank = 0
    var chunk = 0
    var plane = 0
    var negative = false
    var first = false
    var lastOfFilter = false
    var last = false
    var empty = false
}

/// A delay line of tokens.
struct TokenDelay {
    private var tokens: [PixelToken]
    private var head = 0

    init(length: Int) { tokens = Array(repeating: PixelToken(), count: length) }

    /// The token put in `length` edges ago.
    var oldest: PixelToken { tokens[head] }

    mutating func push(_ token: PixelToken) {
        tokens[head] = token
        head = head + 1 == tokens.count ? 0 : head + 1
    }

    mutating func clear() { for index in tokens.indices { tokens[index] = PixelToken() } }
}

/// Golden twin of Engine's `RowSteps`: the steps of a sensed row over pixels and plane groups.
struct RowSteps {
    private var held = PixelToken()
    private var pixelStep = 0
    private var planeGroup = 0

    /// A step in the datapath.
    struct Step {
        var token: PixelToken
        var isActive: Bool
        var pixelStep: Int
        var planeGroup: Int
        var isLastGroup: Bool
        var isLastStep: Bool

        var isFirstGroup: Bool { planeGroup == 0 }
        var filterEnds: Bool { isLastStep && token.lastOfFilter }
        var isPassEnd: Bool { isActive && isLastStep && token.last }
    }

    func step(_ sensed: PixelToken, lastPixelStep: Int, lastPlaneGroup: Int) -> Step {
        let isBegun = pixelStep != 0 || planeGroup != 0
        let isLastGroup = planeGroup == lastPlaneGroup
        return Step(
            token: sensed.isValid ? sensed : held, isActive: sensed.isValid || isBegun, pixelStep: pixelStep,
            planeGroup: planeGroup, isLastGroup: isLastGroup, isLastStep: isLastGroup && pixelStep == lastPixelStep)
    }

    mutating func clock(_ step: Step) {
        guard step.isActive else { return }
        held = step.token
        planeGroup = step.isLastGroup ? 0 : planeGroup + 1
        if step.isLastGroup { pixelStep = step.isLastStep ? 0 : pixelStep + 1 }
    }
}
