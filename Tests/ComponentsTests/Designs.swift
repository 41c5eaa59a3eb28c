import Components
import HDL

/// A module with the parameters for which the tests look at its Verilog.
struct NamedDesign: Sendable, CustomStringConvertible {
    let description: String
    let elaborated: @Sendable () throws -> Design

    init<M: Module>(_ module: M) {
        description = module.moduleName
        elaborated = { try elaborate(module) }
    }

    /// Every component for several parameters, edge cases among them.
    static func all() throws -> [NamedDesign] {
        var designs: [NamedDesign] = []
        for depth in [1, 2, 3, 4, 5, 8, 13, 16] {
            designs.append(NamedDesign(StreamFIFO(width: 8, depth: depth)))
            designs.append(NamedDesign(StreamFIFO(width: 5, depth: depth, storage: .registers)))
        }
        for width in [1, 8, 65] {
            designs.append(NamedDesign(SkidBuffer(width: width)))
            designs.append(NamedDesign(Synchronizer(width: width, stages: 3)))
        }
        for count in [1, 2, 3, 4, 7] {
            designs.append(NamedDesign(RoundRobinArbiter(count: count, width: 9)))
            designs.append(NamedDesign(PriorityArbiter(count: count, width: 9)))
            designs.append(NamedDesign(StreamDemultiplexer(count: count, width: 9)))
        }
        for (input, output) in [(8, 8), (8, 16), (8, 24), (5, 35), (16, 8), (24, 8), (35, 5), (64, 1), (1, 64)] {
            designs.append(NamedDesign(WidthConverter(inputWidth: input, outputWidth: output)))
        }
        for stages in [2, 4] {
            designs.append(NamedDesign(ResetSynchronizer(stages: stages)))
            designs.append(NamedDesign(ResetSynchronizer(stages: stages, level: .low)))
            designs.append(NamedDesign(PulseSynchronizer(stages: stages)))
            for depth in [2, 4, 16] {
                designs.append(NamedDesign(AsynchronousFIFO(width: 8, depth: depth, stages: stages)))
            }
        }
        designs.append(NamedDesign(try exampleBank()))
        designs.append(NamedDesign(try exampleBank(dataWidth: 64)))
        let one = RegisterDescription(
            "only", offset: 0, "One.", fields: [.init("bit", 31, "One bit.", access: .readOnly)])
        designs.append(NamedDesign(try RegisterBank("single", registers: [one])))
        return designs
    }
}
