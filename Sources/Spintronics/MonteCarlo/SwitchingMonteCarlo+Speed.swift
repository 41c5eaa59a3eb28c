import Foundation

extension SwitchingMonteCarlo {
    /// Steps that trials 0 ..< `trials` take a second of processor time in one thread, their starts included.
    ///
    /// - Throws: `MonteCarloError` for numbers out of range.
    public func stepsPerSecond(_ schedule: TorqueSchedule, trials: Int) throws(MonteCarloError) -> Double {
        let steps = try stepCount(schedule)
        let begin = clock()
        _ = try counts(schedule, trials: 0..<trials)
        let seconds = Double(clock() - begin) / Double(CLOCKS_PER_SEC)
        return Double(steps) * Double(trials) / seconds
    }
}
