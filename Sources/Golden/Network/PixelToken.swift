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
    /// The steps that the row takes, one bit each: number `pixel step × plane groups + plane group`.
    var steps: UInt64 = 0
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

/// Golden twin of Engine's `RowSteps`: the steps of a sensed row, one cycle each, in the order of their numbers.
struct RowSteps {
    private let planeGroups: Int
    private var held = PixelToken()
    /// Steps of the held row that are still to come.
    private var later: UInt64 = 0

    init(planeGroups: Int) { self.planeGroups = planeGroups }

    /// A step in the datapath.
    struct Step {
        var token: PixelToken
        /// Steps of the row after this one.
        fileprivate var rest: UInt64
        var isActive: Bool
        var pixelStep: Int
        var planeGroup: Int
        var isFirstGroup: Bool
        var isLastGroup: Bool
        var isLastStep: Bool

        var filterEnds: Bool { isLastStep && token.lastOfFilter }
        var isPassEnd: Bool { isActive && isLastStep && token.last }
    }

    func step(_ sensed: PixelToken) -> Step {
        let left = sensed.isValid ? sensed.steps : later
        let token = sensed.isValid ? sensed : held
        let rest = left & (left &- 1)
        let number = left == 0 ? 0 : left.trailingZeroBitCount
        let pixelStep = planeGroups == 1 ? number : number / planeGroups
        let first = pixelStep * planeGroups
        let mine: UInt64 = (1 << UInt64(planeGroups) - 1) << UInt64(first)
        return Step(
            token: token, rest: rest, isActive: left != 0, pixelStep: pixelStep, planeGroup: number - first,
            isFirstGroup: token.steps & ~left & mine == 0, isLastGroup: rest & mine == 0, isLastStep: rest == 0)
    }

    mutating func clock(_ step: Step) {
        guard step.isActive else { return }
        held = step.token
        later = step.rest
    }
}
