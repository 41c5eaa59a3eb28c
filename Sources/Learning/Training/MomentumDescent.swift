/// Stochastic gradient descent with momentum and weight decay.
///
/// Law: v ← momentum · v + gradient + decay · w; w ← (w − rate · v) · mask.
struct MomentumDescent: Sendable {
    var momentum: Float
    var decay: Float

    func step(_ parameters: [Parameter], rate: Float) {
        for parameter in parameters {
            let (values, gradient, velocity, mask) = (
                parameter.values.start, parameter.gradient.start, parameter.velocity.start, parameter.mask.start
            )
            let decay = parameter.decays ? decay : 0
            for index in 0..<parameter.count {
                let speed = momentum * velocity[index] + gradient[index] + decay * values[index]
                velocity[index] = speed
                values[index] = (values[index] - rate * speed) * mask[index]
            }
        }
    }
}
