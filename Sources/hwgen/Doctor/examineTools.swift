import Foundation

/// Looks for every tool that `hwgen` may use; takes a fraction of a second, most of it Verilator's.
func examineTools(on machine: Machine = Machine(), probes: [ToolProbe] = ToolProbe.all) -> [Tool] {
    let versions = machine.packageVersions(Set(probes.compactMap(\.package)).sorted())
    return probes.map { probe in
        let (path, version) = machine.examine(probe)
        return Tool(
            name: probe.name, isFound: path != nil,
            version: path == nil ? nil : version ?? probe.package.flatMap { versions[$0] },
            path: path, package: probe.package, isRequired: probe.isRequired, purpose: probe.purpose,
            remedy: probe.remedy)
    }
}

extension Machine {
    /// Where a tool is, and the version that it says itself.
    fileprivate func examine(_ probe: ToolProbe) -> (path: String?, version: String?) {
        switch probe.method {
        case .program(let variable, let arguments):
            let path = find(program: variable.flatMap(chosen) ?? probe.name)
            return (path, path.flatMap { output(of: $0, arguments) }.flatMap(versionNumber))
        case .compiler:
            let path = findCompiler()
            return (path, path.flatMap { output(of: $0, ["--version"]) }.flatMap(versionNumber))
        case .verilatorHeader:
            return (findVerilatorHeader(), nil)
        case .header(let name):
            return (find(header: name), nil)
        case .file(let path):
            return (FileManager.default.fileExists(atPath: path) ? path : nil, nil)
        }
    }

    /// What a variable says; an empty one says nothing.
    private func chosen(_ variable: String) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Swift's own clang first: it knows the headers of the toolchain's C++ library and matches its linker.
    func findCompiler() -> String? {
        if let compiler = chosen("HWGEN_CXX") { return find(program: compiler) }
        if let swift = find(program: "swiftc") {
            let folder = URL(fileURLWithPath: swift).resolvingSymlinksInPath().deletingLastPathComponent()
            if let beside = find(program: folder.path + "/clang++") { return beside }
        }
        return find(program: "clang++")
    }

    /// The program being there is not enough: some packages ship it without its headers or report a root of the
    /// machine that they were built on.
    func findVerilatorHeader() -> String? {
        guard
            let verilator = find(program: chosen("HWGEN_VERILATOR") ?? "verilator"),
            let root = output(of: verilator, ["--getenv", "VERILATOR_ROOT"])
        else { return nil }
        let header = root.trimmingCharacters(in: .whitespacesAndNewlines) + "/include/verilated.h"
        return FileManager.default.fileExists(atPath: header) ? header : nil
    }
}

/// The first number with a dot in it, with what follows it up to a space: `5.006`, `4.8.12`, `2.43.0`. Where there is
/// none, the first whole number that a dash ties to a name: that of `ngspice-39`.
func versionNumber(in text: String) -> String? {
    let words = text.split(whereSeparator: { " \t\n(),:".contains($0) })
    for word in words {
        let start = word.drop { !$0.isNumber }
        let whole = start.prefix { $0.isNumber }
        let rest = start.dropFirst(whole.count)
        if !whole.isEmpty, rest.first == ".", rest.dropFirst().first?.isNumber == true { return String(start) }
    }
    for word in words {
        guard word.first?.isLetter == true, let dash = word.lastIndex(of: "-") else { continue }
        let number = word[word.index(after: dash)...]
        if !number.isEmpty, number.allSatisfy(\.isNumber) { return String(number) }
    }
    return nil
}
