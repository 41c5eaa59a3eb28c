import Components
import Engine
public import Formal
public import HDL

/// A design with properties that are proved: small parameters, since a proof looks at every state.
public struct ProofDesign: Sendable {
    public let name: String
    public let summary: String
    /// How deep its search and its induction go, unless a user says otherwise.
    public let options: ProofOptions
    /// Builds it.
    public let elaborate: @Sendable () throws(ElaborationError) -> Design
}

/// The designs that `hwgen formal` proves.
public enum ProofCatalog {
    public static let designs: [ProofDesign] = [
        ProofDesign(
            name: "sparse-skip-controller",
            summary: "visits every non-zero row exactly once and no other, for any map of 4 groups of 2 rows",
            options: ProofOptions(depth: 5, coverDepth: 14, inductionDepth: 1)
        ) { () throws(ElaborationError) in try HDL.elaborate(SparseSkipControllerProof()) },
        ProofDesign(
            name: "checkpoint-controller",
            summary: "resumes whole states alone, for any state of 4 bits, failing cells and failures of the supply",
            options: ProofOptions(depth: 18, coverDepth: 24, inductionDepth: 2, reset: .anyTime)
        ) { () throws(ElaborationError) in try HDL.elaborate(CheckpointControllerProof()) },
        ProofDesign(
            name: "packet-receiver",
            summary:
                "stores items only inside the range that a packet declares, and ends every packet once, right or wrong",
            options: ProofOptions(depth: 4, coverDepth: 14, inductionDepth: 1)
        ) { () throws(ElaborationError) in try HDL.elaborate(PacketReceiverProof()) },
        ProofDesign(
            name: "result-streamer",
            summary: "sends as many words as were asked for, TLAST on the last one alone, and reads inside the memory",
            options: ProofOptions(depth: 4, coverDepth: 14, inductionDepth: 1)
        ) { () throws(ElaborationError) in try HDL.elaborate(ResultStreamerProof()) },
        ProofDesign(
            name: "accelerator-registers",
            summary: "answers every request on AXI4-Lite once and keeps each answer until it is taken",
            options: ProofOptions(depth: 5, inductionDepth: 2)
        ) { () throws(ElaborationError) in try HDL.elaborate(AcceleratorRegistersProof()) },
        ProofDesign(
            name: "write-controller",
            summary: "repeats no more than asked, pulses no bit that is right, ends every write verified or failed",
            options: ProofOptions(depth: 6, coverDepth: 40, inductionDepth: 2)
        ) { () throws(ElaborationError) in try HDL.elaborate(WriteControllerProof(kind: .stt)) },
        ProofDesign(
            name: "write-controller-pairs", summary: "the same for complementary pairs",
            options: ProofOptions(depth: 6, coverDepth: 40, inductionDepth: 2)
        ) { () throws(ElaborationError) in try HDL.elaborate(WriteControllerProof(kind: .complementary)) },
        ProofDesign(
            name: "write-controller-strings",
            summary: "the same for strings, and that only rows of the same strings are merged",
            options: ProofOptions(depth: 5, coverDepth: 24, inductionDepth: 2)
        ) { () throws(ElaborationError) in try HDL.elaborate(StringWriteProof()) },
        ProofDesign(
            name: "stream-fifo", summary: "loses nothing, duplicates nothing and keeps the order, at depth 4",
            options: ProofOptions(depth: 6, inductionDepth: 2)
        ) { () throws(ElaborationError) in try HDL.elaborate(StreamFIFOProof(StreamFIFO(width: 2, depth: 4))) },
        ProofDesign(
            name: "round-robin-arbiter", summary: "serves each of 4 inputs after a bounded wait",
            options: ProofOptions(depth: 6, inductionDepth: 2)
        ) { () throws(ElaborationError) in
            try HDL.elaborate(RoundRobinArbiterProof(RoundRobinArbiter(count: 4, width: 2)))
        },
        ProofDesign(
            name: "asynchronous-fifo",
            summary: "loses nothing, duplicates nothing and keeps the order between unrelated clocks, at depth 4",
            options: ProofOptions(depth: 4, coverDepth: 14, inductionDepth: 1)
        ) { () throws(ElaborationError) in
            try HDL.elaborate(AsynchronousFIFOProof(AsynchronousFIFO(width: 2, depth: 4)))
        },
        ProofDesign(
            name: "synchronizer", summary: "gives its input of 3 edges before",
            options: ProofOptions(depth: 6, inductionDepth: 4)
        ) { () throws(ElaborationError) in
            try HDL.elaborate(SynchronizerProof(Synchronizer(width: 2, stages: 3)))
        },
        ProofDesign(
            name: "pulse-synchronizer",
            summary: "loses and makes no pulse between unrelated clocks, searched to a bounded depth",
            options: ProofOptions(depth: 14, inductionDepth: 0)
        ) { () throws(ElaborationError) in try HDL.elaborate(PulseSynchronizerProof(PulseSynchronizer())) },
        ProofDesign(
            name: "reset-synchronizer",
            summary: "is active at once in a reset at any time and until 2 edges after it, searched to a bounded depth",
            options: ProofOptions(depth: 12, inductionDepth: 0, reset: .anyTime)
        ) { () throws(ElaborationError) in try HDL.elaborate(ResetSynchronizerProof(ResetSynchronizer())) },
    ]
}
