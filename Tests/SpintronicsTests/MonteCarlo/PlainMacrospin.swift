import Foundation
import Randomness

@testable import Spintronics

/// One trial of a Monte-Carlo run, written as plainly as the equation: the reference of the kernel.
///
/// It shares the keys of the random words and the stepping of a segment with the kernel, and no arithmetic: double
/// precision throughout, the equation term by term, the C library's logarithm and cosine, a square root for the length.
struct PlainMacrospin {
    let dynamics: MacrospinDynamics
    let noise: ThermalNoise
    private var words: KeyedStream
    private(set) var m: SIMD3<Double>

    init(_ run: SwitchingMonteCarlo, trial: UInt32) {
        dynamics = run.dynamics
        noise = run.noise
        words = KeyedStream(seed: run.seed, stream: run.stream, block0: trial, block1: 2 * run.junction)
        var start = KeyedStream(seed: run.seed, stream: run.stream, block0: trial, block1: 2 * run.junction + 1)
        m = BoltzmannStart(thermalStability: dynamics.thermalStability, isReversed: run.startsReversed)
            .draw(from: &start)
    }

    private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
        SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    }

    private func slope(_ m: SIMD3<Double>, _ drive: TorqueDrive, _ thermal: SIMD3<Double>) -> SIMD3<Double> {
        let alpha = dynamics.damping
        let s = dynamics.spinOrbitPolarization
        let field = dynamics.biasField + thermal + drive.fieldLike * s + SIMD3(0, 0, m.z)
        let q = SIMD3(0, 0, drive.overdrive * alpha) - drive.dampingLike * s
        let precession = Self.cross(m, field)
        let transfer = Self.cross(m, q)
        return Self.cross(m, transfer) - alpha * transfer - precession - alpha * Self.cross(m, precession)
    }

    mutating func follow(_ segment: TorqueSegment, steps: Int) {
        let seconds = segment.seconds / Double(steps)
        let h = dynamics.precessionPerSecond * seconds
        let alpha = dynamics.damping
        let strength = (alpha / (dynamics.thermalStability * (1 + alpha * alpha) * h)).squareRoot()
        var fields: [SIMD3<Double>] = []
        for n in 0..<steps {
            if fields.isEmpty { fields = noise == .threePoint ? threePoints() : normals() }
            let thermal = strength * fields.removeFirst()
            let share = (Double(n) + 0.5) / Double(steps)
            let (a, b) = (segment.start, segment.end)
            let drive = TorqueDrive(
                overdrive: a.overdrive * (1 - share) + b.overdrive * share,
                dampingLike: a.dampingLike * (1 - share) + b.dampingLike * share,
                fieldLike: a.fieldLike * (1 - share) + b.fieldLike * share)
            let first = slope(m, drive, thermal)
            let second = slope(m + h * first, drive, thermal)
            m += 0.5 * h * (first + second)
            m /= (m * m).sum().squareRoot()
        }
    }

    /// Four steps from a block of four words.
    private mutating func threePoints() -> [SIMD3<Double>] {
        (0..<4).map { _ in
            let word = words.nextUInt32()
            var field = SIMD3<Double>.zero
            for component in 0..<3 {
                let bits = Int(word >> UInt32(22 - 10 * component)) & 1023
                let signed = bits < 512 ? bits : bits - 1024
                field[component] = signed >= 341 ? sqrt(512.0 / 171) : signed < -341 ? -sqrt(512.0 / 171) : 0
            }
            return field
        }
    }

    /// Two steps from a block of four words.
    private mutating func normals() -> [SIMD3<Double>] {
        let block = (0..<4).map { _ in words.nextUInt32() }
        let numbers = (0..<3).flatMap { k in
            let u = (Double(block[k] >> 9) + 0.5) / 0x1p23
            let j = (block[k] & 511) << 10 | (block[3] >> UInt32(2 + 10 * k)) & 1023
            let angle = 2 * .pi * ((Double(j) + 0.5) / 0x1p19 - 0.125)
            let radius = sqrt(-2 * log(u))
            return [radius * cos(angle), radius * sin(angle)]
        }
        return [SIMD3(numbers[0], numbers[1], numbers[2]), SIMD3(numbers[3], numbers[4], numbers[5])]
    }
}
