/// Advances a group of 64 trials through many steps.
///
/// Four vectors of sixteen trials take turns, so that the CPU always has independent work; the noise of the steps that
/// share a Philox block is drawn first.
struct HeunKernel<Lanes: TrialLanes, Noise: NoiseSource> {
    static var vectors: Int { 4 }
    static var trials: Int { vectors * Lanes.count }

    private let philox: [TrialPhilox]
    private(set) var moments: [LaneVector<Lanes>]
    /// Philox blocks that were used.
    private var blocks: UInt32 = 0

    /// 64 neighbouring trials, where they start, and the keys of their noise.
    init(moments: [LaneVector<Lanes>], philox: [TrialPhilox]) {
        self.moments = moments
        self.philox = philox
    }

    /// Takes steps under drives that `step(n)` gives for the n-th of them, or under one drive all along.
    ///
    /// - Parameter scale: angle of the thermal turn in a step, root mean square.
    mutating func advance(steps: Int, scale: Double, isConstant: Bool, step: (Int) -> HeunStep<Lanes>) {
        let perBlock = Noise.stepsPerBlock
        let scale = Float(scale)
        var heun = step(0)
        var taken = 0
        withUnsafeTemporaryAllocation(of: SIMD16<Float>.self, capacity: Self.vectors * 3 * perBlock) { noise in
            moments.withUnsafeMutableBufferPointer { moments in
                guard let numbers = noise.baseAddress, let m = moments.baseAddress else { return }
                while taken < steps {
                    for vector in 0..<Self.vectors {
                        Noise.fill(numbers + vector * 3 * perBlock, from: philox[vector].block(blocks), scale: scale)
                    }
                    blocks &+= 1
                    for inBlock in 0..<min(perBlock, steps - taken) {
                        if !isConstant { heun = step(taken + inBlock) }
                        for vector in 0..<Self.vectors {
                            let n = numbers + 3 * (vector * perBlock + inBlock)
                            let thermal = LaneVector(x: Lanes(n[0]), y: Lanes(n[1]), z: Lanes(n[2]))
                            heun.advance(&m[vector], thermal)
                        }
                    }
                    taken += perBlock
                }
            }
        }
    }
}
