extension SwitchingMonteCarlo {
    /// Refuses numbers that no layer or schedule has.
    func check(_ schedule: TorqueSchedule) throws(MonteCarloError) {
        func check(_ name: String, _ value: Double, _ allowed: String, _ isAllowed: Bool) throws(MonteCarloError) {
            guard isAllowed, value.isFinite else { throw .number(name: name, value: value, allowed: allowed) }
        }
        try check("damping", dynamics.damping, "more than 0 up to 1", dynamics.damping > 0 && dynamics.damping <= 1)
        try check(
            "thermal stability", dynamics.thermalStability, "1 or more", dynamics.thermalStability >= 1)
        try check(
            "precession", dynamics.precessionPerSecond, "a positive number a second", dynamics.precessionPerSecond > 0)
        for component in 0..<3 {
            let field = dynamics.biasField[component]
            try check("bias field over Hk", field, "−100 to 100", abs(field) <= 100)
        }
        let s = dynamics.spinOrbitPolarization
        let length = (s * s).sum().squareRoot()
        try check("length of the polarisation", length, "1", abs(length - 1) < 1e-9)
        for segment in schedule.segments {
            try check("length of a segment in seconds", segment.seconds, "0 or more", segment.seconds >= 0)
            for drive in [segment.start, segment.end] {
                for torque in [drive.overdrive, drive.dampingLike, drive.fieldLike] {
                    try check("torque", torque, "−1000 to 1000", abs(torque) <= 1000)
                }
            }
        }
        if let stepSeconds {
            try check("time step in seconds", stepSeconds, "more than 0", stepSeconds > 0)
            let largest = largestStepSeconds(for: schedule)
            guard stepSeconds <= largest else { throw .step(seconds: stepSeconds, largest: largest) }
        }
        // Two steps or more share one of 2³² blocks of random words.
        let steps =
            schedule.segments.reduce(0) { $0 + $1.seconds } / (stepSeconds ?? suggestedStepSeconds(for: schedule))
        try check("number of steps", steps, "up to 4e9", steps <= 4e9)
    }
}
