import CoSim
import Examples
import HDL
import Verilog

/// Time to elaborate, check and emit a popcount array, all phases included.
struct EmissionBenchmark {
    let array: PopcountArray
    private(set) var nodes = 0
    /// Processor seconds of each run; one thread works.
    private(set) var seconds: [Double] = []

    init(_ style: PopcountArray.Style, _ shape: PopcountArray.Shape, columns: Int) {
        array = PopcountArray(style, shape, columns: columns)
    }

    /// One run more.
    mutating func run() throws {
        let start = threadSeconds()
        let design = try elaborate(array)
        let emission = try emit(design)
        seconds.append(threadSeconds() - start)
        nodes = design.nodeCount
        // The text is looked at, so that no part of the work can be left out.
        let lines = emission.modules.reduce(0) { $0 + $1.bytes.count { $0 == UInt8(ascii: "\n") } }
        if lines == 0 { throw BenchmarkError.emptyEmission(name) }
    }

    /// What a report calls it: `emit gate flat 64`.
    var name: String { "emit \(array.style) \(array.shape) \(array.columns)" }
}

/// A benchmark that did not do its work.
enum BenchmarkError: Error, Equatable, CustomStringConvertible {
    case emptyEmission(String)
    case sumsDiffer(String)
    case resultsDiffer(String, Double, Double)
    case noPeers(String)
    case peerMissing(String)
    case peerFailed(script: String, status: Int32, said: String)

    var description: String {
        switch self {
        case .emptyEmission(let name): "\(name): the emission has no line"
        case .sumsDiffer(let name): "\(name): the sums are not those of the hand-written Verilog"
        case .resultsDiffer(let name, let ours, let theirs): "\(name): found \(ours), the reference has \(theirs)"
        case .noPeers(let path):
            "--peers: found '\(path)', allowed is a program, such as that of the project in its folder scripts"
        case .peerMissing(let said): said
        case .peerFailed(let script, let status, let said): "\(script) ended with status \(status): \(said)"
        }
    }
}
