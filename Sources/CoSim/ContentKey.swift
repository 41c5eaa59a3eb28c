import CCoSim
import Hashing

/// Everything that a built file depends on, one line a fact; its hash is the name in the cache.
struct ContentKey {
    private(set) var description = ""

    mutating func add(_ name: String, _ value: String) {
        description += "\(name): \(value)\n"
    }

    var hash: String { sha256(description.utf8) }

    /// What the runtime and every model share.
    init(kind: String, toolchain: Toolchain, options: BuildOptions, texts: [SupportText]) {
        add("kind", kind)
        add("verilator", "\(toolchain.verilator.version) at \(toolchain.verilator.path)")
        add("compiler", "\(toolchain.compiler.version) at \(toolchain.compiler.path)")
        add("compiler flags", toolchain.compilerFlags.joined(separator: " "))
        add("definitions", options.definitions.joined(separator: " "))
        add("processor", processorIdentity)
        for text in texts { add(text.rawValue, sha256(text.bytes)) }
    }

    mutating func add(_ source: ModelSource, _ options: BuildOptions) {
        add("verilator flags", options.verilatorFlags.joined(separator: " "))
        add("top", source.top)
        for port in source.ports {
            add("port", "\(port.name) \(port.width) \(port.direction.rawValue)\(port.isClock ? " clock" : "")")
        }
        for file in source.files { add("file", "\(file.name) \(sha256(file.text))") }
    }
}

/// The texts of the C target that go into every build.
enum SupportText: String, CaseIterable {
    case abi = "cosim.h"
    case hooks = "hooks.hpp"
    case runtime = "runtime.ipp"
    case shim = "shim.ipp"
    case shimFiles = "shim_files.ipp"

    var bytes: [UInt8] {
        let name =
            switch self {
            case .abi: COSIM_TEXT_ABI
            case .hooks: COSIM_TEXT_HOOKS
            case .runtime: COSIM_TEXT_RUNTIME
            case .shim: COSIM_TEXT_SHIM
            case .shimFiles: COSIM_TEXT_SHIM_FILES
            }
        var size = 0
        let start = cosim_text(name, &size)
        return Array(UnsafeBufferPointer(start: start, count: size))
    }
}

/// Model and instruction set of the processor: code built for one may not run on another.
private let processorIdentity: String = {
    let text = FileSystem.readStart("/proc/cpuinfo")
    let wanted = ["vendor_id", "model name", "flags", "CPU implementer", "CPU part", "Features"]
    var lines: [String] = []
    for name in wanted {
        if let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }) { lines.append(String(line)) }
    }
    return sha256(lines.joined(separator: "\n").utf8)
}()
