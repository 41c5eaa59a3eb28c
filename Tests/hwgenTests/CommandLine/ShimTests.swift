import CShims
import Testing

@testable import hwgen

/// What the C interface promises beyond what the parser uses of it.
@Suite struct ShimTests {
    @Test("wrong indices give nothing instead of a crash")
    func wrongIndices() {
        guard let parser = cshims_cli_create("hwgen") else {
            Issue.record("no parser")
            return
        }
        defer { cshims_cli_destroy(parser) }
        #expect(cshims_cli_add_option(parser, 3, "x", 0, CSHIMS_KIND_TEXT, CSHIMS_ONCE) == -1)
        #expect(cshims_cli_add_positional(parser, -1, CSHIMS_ONCE) == -1)
        #expect(!cshims_cli_require(parser, 0, 0))
        #expect(!cshims_cli_allow_choice(parser, 0, 0, "a"))
        #expect(cshims_cli_value_count(parser, 0) == 0)
        #expect(cshims_cli_text(parser, 0, 0) == nil)
        #expect(cshims_cli_integer(parser, 0, 0) == 0)
        #expect(!cshims_cli_is_given(parser, -1))
        #expect(cshims_cli_parse(parser, 0, nil).status == CSHIMS_NO_COMMAND)
    }

    @Test("names that the library refuses give -1")
    func refusedNames() {
        guard let parser = cshims_cli_create("hwgen") else {
            Issue.record("no parser")
            return
        }
        defer { cshims_cli_destroy(parser) }
        #expect(cshims_cli_add_command(parser, "-bad") == -1)
        #expect(cshims_cli_add_command(parser, "good") == 0)
        #expect(cshims_cli_add_command(parser, "good") == -1)
        #expect(cshims_cli_add_option(parser, 0, "x", 0, CSHIMS_KIND_TEXT, CSHIMS_ONCE) == 0)
        #expect(cshims_cli_add_option(parser, 0, "x", 0, CSHIMS_KIND_TEXT, CSHIMS_ONCE) == -1)
        #expect(cshims_cli_add_option(parser, 0, "help", 0, CSHIMS_KIND_TEXT, CSHIMS_ONCE) == -1)
    }
}
