import Foundation

/// Power that a harvester gives over time: samples at equal intervals, the first one again after the last.
public struct HarvestTrace: Hashable, Sendable {
    public var sampleSeconds: Double
    /// Each at least 0.
    public var watts: [Double]

    public init(sampleSeconds: Double, watts: [Double]) {
        self.sampleSeconds = sampleSeconds
        self.watts = watts
    }

    /// What a synthetic harvester is like.
    public enum Kind: String, Sendable, CaseIterable {
        /// Bursts of a radio: short, strong, at random distances.
        case rf
        /// Light: always there, slowly changing, now and then in shadow.
        case solar
    }

    /// A synthetic harvester of 1 kHz samples, 4 s of them, with the mean that is asked for; a model of ours, no measurement.
    public init(_ kind: Kind, meanWatts: Double, seed: UInt64) {
        var random = StimulusRandom(seed: seed, purpose: 0x92)
        func uniform() -> Double { Double(random.bits(32)) / 4_294_967_296 }
        var samples: [Double] = []
        var level = 1.0
        while samples.count < 4000 {
            let length: Int
            switch kind {
            case .rf:
                // Off for 2 to 20 ms, on for 1 to 6 ms at a level over a range of 16.
                level = level > 0 ? 0 : pow(2, 4 * uniform())
                length = level > 0 ? 1 + Int(6 * uniform()) : 2 + Int(18 * uniform())
            case .solar:
                // Within a factor of 2 for 20 to 100 ms, every eighth stretch in shadow.
                level = uniform() < 0.125 ? 0.05 : 0.5 + uniform()
                length = 20 + Int(80 * uniform())
            }
            samples += Array(repeating: level, count: length)
        }
        samples.removeLast(samples.count - 4000)
        let mean = samples.reduce(0, +) / Double(samples.count)
        self.init(sampleSeconds: 1e-3, watts: samples.map { $0 / mean * meanWatts })
    }

    /// A measured one: lines `seconds,watts` after a first line that says so, at equal intervals.
    public init(contentsOf path: String) throws {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw HarvestTraceError.notReadable(file: path)
        }
        var samples: [(seconds: Double, watts: Double)] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index == 0 {
                guard line == "seconds,watts" else { throw HarvestTraceError.header(file: path, found: String(line)) }
                continue
            }
            if line.isEmpty { continue }
            let numbers = line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard numbers.count == 2, let seconds = numbers[0], let watts = numbers[1], watts >= 0, watts.isFinite,
                seconds.isFinite
            else { throw HarvestTraceError.line(file: path, line: index + 1, found: String(line)) }
            samples.append((seconds, watts))
        }
        guard samples.count >= 2 else { throw HarvestTraceError.tooShort(file: path, samples: samples.count) }
        let step = samples[1].seconds - samples[0].seconds
        for (index, pair) in zip(samples, samples.dropFirst()).enumerated() {
            let distance = pair.1.seconds - pair.0.seconds
            guard step > 0, abs(distance - step) <= 1e-3 * step else {
                throw HarvestTraceError.interval(file: path, line: index + 3, found: distance, expected: step)
            }
        }
        self.init(sampleSeconds: step, watts: samples.map(\.watts))
    }
}

/// What is wrong with a trace of a harvester; one line that names the file.
public enum HarvestTraceError: Error, Equatable, Sendable, CustomStringConvertible {
    case notReadable(file: String)
    case header(file: String, found: String)
    case line(file: String, line: Int, found: String)
    case tooShort(file: String, samples: Int)
    case interval(file: String, line: Int, found: Double, expected: Double)

    public var description: String {
        switch self {
        case .notReadable(let file): "\(file): cannot be read"
        case .header(let file, let found): "\(file):1: found '\(found)', allowed 'seconds,watts'"
        case .line(let file, let line, let found):
            "\(file):\(line): found '\(found)', allowed two numbers 'seconds,watts', watts from 0 on"
        case .tooShort(let file, let samples): "\(file): found \(samples) samples, allowed 2 or more"
        case .interval(let file, let line, let found, let expected):
            "\(file):\(line): found a step of \(found) s, allowed steps as the first, \(expected) s"
        }
    }
}
