import Examples
import HDL
import Testing

@Suite("Examples elaborate")
struct ElaborationTests {
    @Test("every example in several shapes", arguments: ExampleDesign.all)
    func elaborates(_ example: ExampleDesign) throws {
        #expect(try elaborate(example.module).warnings.isEmpty)
    }
}
