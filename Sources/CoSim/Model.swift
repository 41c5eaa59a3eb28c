import CCoSim
import Synchronization

/// A running instance of a design. Used by one thread at a time; several models may run in several threads.
///
/// A cycle: set inputs, `settle()`, read outputs, `edge()`.
public final class Model {
    public let library: ModelLibrary
    @usableFromInline let handle: OpaquePointer
    @usableFromInline let settleFunction: @convention(c) (OpaquePointer?) -> Int32
    @usableFromInline let edgeFunction: @convention(c) (OpaquePointer?) -> Int32

    /// Verilator's runtime has process-wide state that changes while a model is made or taken down.
    private static let lock = Mutex(())

    /// Starts a model; everything is zero, or drawn from `seed` in a library built with `randomReset`.
    ///
    /// - Parameter plusArguments: What `$test$plusargs` and `$value$plusargs` see, each with its "+".
    /// - Throws: `CoSimError.createFailed`.
    public init(_ library: ModelLibrary, seed: UInt64 = 1, plusArguments: [String] = []) throws {
        var message = [CChar](repeating: 0, count: 1024)
        let arguments = ["model"] + plusArguments
        let made: OpaquePointer? = withCStrings(arguments) { strings in
            // A pointer may not cross out of the lock, its bits may.
            let bits = Self.lock.withLock { _ in
                UInt(
                    bitPattern: library.api.pointee.create(
                        seed, strings, Int32(arguments.count), &message, message.count))
            }
            return OpaquePointer(bitPattern: bits)
        }
        guard let made, let settle = library.api.pointee.settle, let edge = library.api.pointee.edge else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw CoSimError.createFailed(top: library.top, reason: reason)
        }
        self.library = library
        handle = made
        settleFunction = settle
        edgeFunction = edge
    }

    deinit {
        Self.lock.withLock { _ in library.api.pointee.destroy(handle) }
    }

    /// Sets the clock low and evaluates: outputs are those of the inputs set.
    @inlinable @inline(__always)
    public func settle() throws(ModelError) {
        if settleFunction(handle) != 0 { throw failure() }
    }

    /// Raises the clock and evaluates: one cycle is done.
    @inlinable @inline(__always)
    public func edge() throws(ModelError) {
        if edgeFunction(handle) != 0 { throw failure() }
    }

    /// Whole cycles with the inputs held.
    public func cycles(_ count: Int) throws(ModelError) {
        if library.api.pointee.cycles(handle, UInt64(max(0, count))) != 0 { throw failure() }
    }

    /// Whether the model can go on.
    public var isAlive: Bool { library.api.pointee.status(handle) == 0 }

    /// Edges since the model was started.
    public var cycle: UInt64 { library.api.pointee.cycle(handle) }

    /// What the model printed (`$display`, `$write`, messages of the runtime); cut after 1 MiB.
    public var output: String {
        var size = 0
        guard let text = library.api.pointee.output(handle, &size) else { return "" }
        return text.withMemoryRebound(to: UInt8.self, capacity: size) {
            String(decoding: UnsafeBufferPointer(start: $0, count: size), as: UTF8.self)
        }
    }

    public func clearOutput() { library.api.pointee.clear_output(handle) }

    /// The error of a model that is not alive.
    @usableFromInline
    func failure() -> ModelError {
        let api = library.api.pointee
        if api.status(handle) == Int32(COSIM_FINISHED) { return .finished(cycle: endCycle) }
        return .died(cycle: endCycle, message: api.last_error(handle).map { String(cString: $0) } ?? "")
    }

    /// The cycle in which the model ended.
    private var endCycle: UInt64 { library.api.pointee.end_cycle(handle) }
}

/// Calls `body` with the strings as a C array that lives as long as the call.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for string in strings {
        starts.append(bytes.count)
        bytes += string.utf8CString
    }
    return bytes.withUnsafeBufferPointer { buffer in
        let pointers = starts.map { buffer.baseAddress?.advanced(by: $0) }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
