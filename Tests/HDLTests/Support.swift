import HDL
import Verilog

/// The Verilog of every module of a design, by name.
func verilog(of module: some Module) throws -> [String: String] {
    let files = try emit(elaborate(module)).modules
    return Dictionary(uniqueKeysWithValues: files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
}

/// The Verilog of a module of one file.
func text<P: SignalBundle>(
    _ makePorts: @escaping @Sendable () -> P, _ body: @escaping @Sendable (Builder<P>) -> Void
) throws -> String {
    try verilog(of: Snippet("snippet", makePorts, body))["snippet.v"] ?? ""
}
