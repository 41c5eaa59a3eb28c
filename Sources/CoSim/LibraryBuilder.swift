import Glibc
import Verilog

/// Turns a design into a model library: Verilator, one C++ unit, one link; the runtime is built once and kept.
struct LibraryBuilder {
    var toolchain: Toolchain
    var options: BuildOptions
    var cache: LibraryCache

    /// The library of `source`, from the cache when it is there.
    func library(of source: ModelSource) throws -> (path: String, key: String, cached: Bool) {
        try source.validate()
        var key = ContentKey(
            kind: "model", toolchain: toolchain, options: options, texts: SupportText.allCases)
        key.add(source, options)
        let hash = key.hash
        let entry = try cache.file("model.so", key: hash, description: key.description) { folder in
            let runtime = try self.runtime()
            try build(source, key: hash, runtime: runtime, in: folder)
        }
        return (entry.path, hash, entry.cached)
    }

    private func build(_ source: ModelSource, key: String, runtime: String, in folder: String) throws {
        let rtl = folder + "/rtl"
        let cpp = folder + "/cpp"
        try FileSystem.makeFolders(rtl)
        try FileSystem.makeFolders(cpp)
        for file in source.files { try FileSystem.write(file.text, to: rtl + "/" + file.name) }
        // Run beside the files: messages then show plain file names, also those of a failing assertion.
        try run(
            [toolchain.verilator.path, "--cc", "--prefix", "Vdut", "--top-module", source.top, "-Mdir", "../cpp"]
                + options.verilatorFlags + source.files.map(\.name),
            name: "verilator", task: "read design '\(source.top)'", in: rtl)
        let header = String(decoding: try FileSystem.read(cpp + "/Vdut.h"), as: UTF8.self)
        let shim = ShimText(
            source: source, members: try VerilatedPort.members(of: source, header: header), key: key, options: options,
            generatedFiles: FileSystem.list(cpp).filter { $0.hasSuffix(".cpp") })
        for text in [SupportText.abi, .hooks, .shim, .shimFiles] {
            try FileSystem.write(text.bytes, to: "\(cpp)/\(text.rawValue)")
        }
        try FileSystem.write(shim.text, to: cpp + "/model.cc")
        try run(
            [toolchain.compiler.path] + compileFlags(include: try verilatorInclude(in: folder))
                + ["-shared", "-Wl,-Bsymbolic", "-Wl,--gc-sections", "-Wl,--exclude-libs,ALL"]
                + ["-o", "../model.so", "model.cc", runtime, "-lpthread"],
            name: "the C++ compiler", task: "compile the model of '\(source.top)'", in: cpp)
    }

    /// Verilator's runtime with our hooks as one relocatable object.
    private func runtime() throws -> String {
        let key = ContentKey(
            kind: "runtime", toolchain: toolchain, options: options, texts: [.abi, .hooks, .runtime])
        return try cache.file("runtime.o", key: key.hash, description: key.description) { folder in
            for text in [SupportText.abi, .hooks, .runtime] {
                try FileSystem.write(text.bytes, to: "\(folder)/\(text.rawValue)")
            }
            try FileSystem.write("#include \"runtime.ipp\"\n", to: folder + "/runtime.cc")
            let include = try verilatorInclude(in: folder)
            let units = [folder + "/runtime.cc"] + options.runtimeFiles.map { include + "/" + $0 }
            var commands: [[String]] = []
            for (index, unit) in units.enumerated() {
                commands.append(
                    [toolchain.compiler.path] + compileFlags(include: include) + ["-c", unit, "-o", "part\(index).o"])
            }
            let task = "compile Verilator's runtime (it needs libfmt-dev)"
            try run(commands, name: "the C++ compiler", task: task, in: folder)
            let parts = units.indices.map { "part\($0).o" }
            try run(
                [toolchain.compiler.path, "-r", "-nostdlib", "-o", "runtime.o"] + parts, name: "the C++ compiler",
                task: task, in: folder)
        }.path
    }

    private func compileFlags(include: String) -> [String] {
        toolchain.compilerFlags + options.definitions
            + [
                "-std=gnu++17", "-fPIC", "-fvisibility=hidden", "-fvisibility-inlines-hidden", "-ffunction-sections",
                "-w",
            ]
            // Unique symbols of g++ would be shared between libraries whatever their visibility.
            + (toolchain.isClang ? Emission.clangOptions : ["-fno-gnu-unique"])
            + ["-I.", "-I\(include)", "-I\(include)/vltstd", "-include", "hooks.hpp"]
    }

    private func verilatorInclude(in folder: String) throws -> String {
        let output = folder + "/root.txt"
        try run(
            [[toolchain.verilator.path, "--getenv", "VERILATOR_ROOT"]], name: "verilator", task: "tell its folder",
            in: folder, output: output)
        let text = String(decoding: try FileSystem.read(output), as: UTF8.self)
        return text.prefix { !$0.isNewline } + "/include"
    }

    private func run(_ command: [String], name: String, task: String, in folder: String) throws {
        try run([command], name: name, task: task, in: folder)
    }

    /// Runs commands side by side; the first that fails is the error.
    private func run(
        _ commands: [[String]], name: String, task: String, in folder: String, output: String? = nil
    ) throws {
        var children: [(process: ToolProcess?, code: Int32, errors: String)] = []
        for (index, command) in commands.enumerated() {
            let errors = "\(folder)/errors\(index).txt"
            let (process, code) = ToolProcess.start(
                command, in: folder, output: output ?? "\(folder)/output\(index).txt", errors: errors)
            children.append((process, code, errors))
        }
        var failure: CoSimError?
        for child in children {
            guard let process = child.process else {
                failure = failure ?? startFailure(child.code, name: name, task: task)
                continue
            }
            let status = process.wait()
            if status == 0 || failure != nil { continue }
            let text = String(decoding: (try? FileSystem.read(child.errors)) ?? [], as: UTF8.self)
            if text.contains("No space left on device") || FileSystem.isFull(cache.folder) {
                failure = .cacheUnusable(folder: cache.folder, reason: String(cString: strerror(ENOSPC)))
            } else {
                let ended = text.isEmpty ? "it ended with status \(status)" : firstErrorLine(text)
                failure = .toolFailed(name: name, task: task, line: ended)
            }
        }
        if let failure { throw failure }
    }

    private func startFailure(_ code: Int32, name: String, task: String) -> CoSimError {
        let reason = String(cString: strerror(code))
        return code == ENOSPC
            ? .cacheUnusable(folder: cache.folder, reason: reason) : .toolFailed(name: name, task: task, line: reason)
    }
}
