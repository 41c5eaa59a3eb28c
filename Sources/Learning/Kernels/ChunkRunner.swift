private import Dispatch
private import Synchronization

/// Work in numbered chunks on several threads.
///
/// Law: which numbers a computation gives depends on its chunks and never on the threads: a chunk writes places of its own, and
/// what chunks have summed up is added in the order of their numbers.
struct ChunkRunner: Sendable {
    let threads: Int

    /// Calls `body` once for each chunk; free threads take the next one.
    func forEach(_ chunks: Int, _ body: @Sendable (_ chunk: Int) -> Void) {
        guard threads > 1, chunks > 1 else {
            for chunk in 0..<chunks { body(chunk) }
            return
        }
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, chunks)) { _ in
            while true {
                let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if chunk >= chunks { return }
                body(chunk)
            }
        }
    }
}
