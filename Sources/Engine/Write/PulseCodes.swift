import HDL

/// The table of pulses: length and amplitude for each weight plane and direction.
struct PulseCodes {
    /// Cycles of the pulse asked for; 0 is as long as 1.
    let cycles: Bits
    let amplitude: Bits?

    /// - Parameters:
    ///   - plane: nil where there is one plane.
    ///   - towardsOne: the direction of the pulse asked for.
    init<P: SignalBundle>(
        _ m: Builder<P>, _ host: BundleView<WriteHost>, _ parameters: WriteController, plane: Bits?, towardsOne: Bits
    ) {
        let width = parameters.lengthWidth + (parameters.amplitudes > 1 ? addressWidth(parameters.amplitudes) : 0)
        let codes = m.memory("codes", depth: 2 * parameters.planes, width: width)
        func place(_ plane: Bits?, _ towardsOne: Bits) -> Bits {
            plane.map { concatenate([$0, towardsOne]) } ?? towardsOne
        }
        when(host.codeWrite) {
            codes.write(
                place(host.codePlane, host.codeTowardsOne),
                concatenate([host.codeAmplitude, host.codeCycles].compactMap(\.self)))
        }
        let code = codes.read(place(plane, towardsOne)).named("code")
        cycles = code[0..<parameters.lengthWidth]
        amplitude = parameters.amplitudes > 1 ? code[parameters.lengthWidth..<width] : nil
    }
}
