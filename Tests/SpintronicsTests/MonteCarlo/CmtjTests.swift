import Foundation
import Testing

@testable import Spintronics

/// Law: an independent simulator finds the same probabilities, for torques that no Fokker-Planck equation of ours covers.
struct CmtjTests {
    private struct Segment: Encodable {
        let seconds, overdrive, dampingLike, fieldLike: Double
    }

    private struct Run: Encodable {
        let damping, thermalStability, precessionPerSecond: Double
        let biasField: [Double]
        let segments: [Segment]
        let stepSeconds: Double
        let trials, seed: Int
        let startsReversed: Bool
    }

    private struct Outcome: Decodable {
        let reversed: [Int]
    }

    /// Counts of mz < 0 after each segment; nil, with a word in the tests' output, where cmtj cannot be installed.
    private func cmtj(_ run: SwitchingMonteCarlo, _ segments: [TorqueSegment], trials: Int) throws -> [Int]? {
        let field = run.dynamics.biasField
        let input = Run(
            damping: run.dynamics.damping, thermalStability: run.dynamics.thermalStability,
            precessionPerSecond: run.dynamics.precessionPerSecond, biasField: [field.x, field.y, field.z],
            segments: segments.map {
                Segment(
                    seconds: $0.seconds, overdrive: $0.start.overdrive, dampingLike: $0.start.dampingLike,
                    fieldLike: $0.start.fieldLike)
            }, stepSeconds: run.stepSeconds ?? 1e-12, trials: trials, seed: 1, startsReversed: run.startsReversed)
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let folder = FileManager.default.temporaryDirectory.appending(path: "cmtj-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["in", "out", "log"].map { folder.appending(path: $0) }
        for file in files { try Data().write(to: file) }
        try JSONEncoder().encode(input).write(to: files[0])
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "bash", root.path + "/scripts/python", "cmtj==1.15.0", "--",
            root.path + "/scripts/macrospin/cmtj_macrospin.py",
        ]
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let log = try String(contentsOf: files[2], encoding: .utf8)
        if process.terminationStatus == 3 {
            let said = log.split(separator: "\n").last.map(String.init) ?? ""
            withKnownIssue("cmtj was not run: \(said)") { Issue.record("cmtj was not run: \(said)") }
            return nil
        }
        #expect(process.terminationStatus == 0, "\(log)")
        return try JSONDecoder().decode(Outcome.self, from: Data(contentsOf: files[1])).reversed
    }

    private func compare(_ run: SwitchingMonteCarlo, _ segments: [TorqueSegment]) throws {
        let (trials, peers) = (50_000, 1500)
        guard let counts = try cmtj(run, segments, trials: peers) else { return }
        let schedule = TorqueSchedule(stages: segments.map { .init([$0], look: []) })
        let found = try run.estimates(schedule, trials: trials, threads: 2)
        #expect(counts.count == found.count)
        for (index, count) in counts.enumerated() {
            let p = found[index].probability
            let sigma = max((p * (1 - p) * (1 / Double(peers) + 1 / Double(trials))).squareRoot(), 1 / Double(peers))
            let z = (Double(count) / Double(peers) - p) / sigma
            #expect(abs(z) < 4, "after segment \(index): \(count) of \(peers), \(p): \(z) standard errors")
        }
    }

    private let dynamics = MacrospinDynamics(layer: .reference(damping: 0.1), biasField: SIMD3(-0.2, 0, 0))

    @Test func spinOrbitTorqueAgrees() throws {
        var run = SwitchingMonteCarlo(dynamics, stepSeconds: 1e-12, seed: 31)
        try compare(
            run,
            [
                TorqueSegment(seconds: 0.2e-9, TorqueDrive(dampingLike: 0.28)), TorqueSegment(seconds: 0.4e-9),
                TorqueSegment(seconds: 0.15e-9, TorqueDrive(overdrive: 1.5, dampingLike: 0.2, fieldLike: 0.15)),
                TorqueSegment(seconds: 0.3e-9),
            ])
        // Against the other polarity of the bias, with a field along z too.
        run.dynamics.biasField = SIMD3(0.15, 0, -0.1)
        run.startsReversed = true
        try compare(
            run,
            [
                TorqueSegment(seconds: 0.3e-9, TorqueDrive(dampingLike: 0.3, fieldLike: -0.2)),
                TorqueSegment(seconds: 0.3e-9),
            ])
    }

    /// Erase, settle, program, settle: the schedule of a string's junction, pulse by pulse.
    @Test(arguments: [true, false])
    func nandSpinSequenceAgrees(isParallel: Bool) throws {
        var string = NandSpinStringTests.string
        string.erase.fallSeconds = 0
        string.programAssist = TorqueDrive(dampingLike: -0.1, fieldLike: 0.05)
        var run = SwitchingMonteCarlo(string.dynamics, stepSeconds: 1e-12, seed: 32)
        run.startsReversed = !isParallel
        let word = [true, false, false, false, false, false, false, false]
        try compare(run, string.schedule(of: 0, storing: word).segments)
    }
}
