import Examples
import HDL
import Testing

/// A module of the examples with its parameters, for tests that treat all alike.
struct ExampleDesign: CustomTestStringConvertible {
    let module: any Module
    var testDescription: String { module.moduleName }

    static let all: [ExampleDesign] = {
        var modules: [any Module] = SerialCase.all.map { UART($0.format) }
        modules += [RV32I(), RV32I(resetAddress: 0x8000_0000)] as [any Module]
        modules += SystolicMultiplierTests.shapes as [any Module]
        modules.append(SystolicMultiplier(size: 2, elementWidth: 4, sumWidth: 6))
        for style in PopcountArray.Style.allCases {
            for shape in PopcountArray.Shape.allCases {
                for lanes in [1, 2, 7, 64] {
                    modules.append(PopcountArray(style, shape, lanes: lanes, columns: 3, accumulatorWidth: 10))
                }
            }
        }
        return modules.map { ExampleDesign(module: $0) }
    }()
}
