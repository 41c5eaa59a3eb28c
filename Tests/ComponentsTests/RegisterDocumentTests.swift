import Components
import Foundation
import Testing

/// Law: what the documents say of a bank is what its description says.
@Suite("Documents of register banks")
struct RegisterDocumentTests {
    @Test("clang takes the C header without a warning and computes the places of the fields", arguments: [32, 64])
    func header(dataWidth: Int) throws {
        let all = dataWidth == 32 ? "0xffffffff" : "0xffffffffffffffff"
        // Numbers by hand, not from the description.
        let program = """
            #include "example.h"
            #include "example.h"
            #define CHECK(condition) if (!(condition)) return __LINE__
            int main(void) {
                CHECK(EXAMPLE_CONTROL_OFFSET == 0 && EXAMPLE_STATUS_OFFSET == 8);
                CHECK(EXAMPLE_COMMAND_OFFSET == 16 && EXAMPLE_WORD_OFFSET == 24);
                CHECK(EXAMPLE_CONTROL_MODE_SHIFT == 4 && EXAMPLE_CONTROL_MODE_MASK == 0xff0);
                CHECK(EXAMPLE_CONTROL_MODE_RESET == 0x5a && EXAMPLE_CONTROL_LEVEL_RESET == 3);
                CHECK(EXAMPLE_CONTROL_MODE_GET(0x12345) == 0x34);
                CHECK(EXAMPLE_CONTROL_LEVEL_PUT(0xff) == 0x7f000);
                CHECK((EXAMPLE_CONTROL_ENABLE_PUT(1) | EXAMPLE_CONTROL_MODE_PUT(0x34)) == 0x341);
                CHECK(EXAMPLE_STATUS_COUNT_GET(0x3ff0000) == 0x3ff && EXAMPLE_STATUS_EVENTS_PUT(1) == 0x10);
                CHECK(EXAMPLE_COMMAND_CODE_MASK == 0x3fc0);
                CHECK(EXAMPLE_WORD_VALUE_MASK == \(all) && sizeof(EXAMPLE_WORD_VALUE_PUT(0)) == \(dataWidth / 8));
                CHECK(EXAMPLE_WORD_VALUE_PUT(\(all)) == \(all));
                return 0;
            }

            """
        try inTemporaryFolder { folder in
            let bank = try exampleBank(dataWidth: dataWidth)
            try bank.cHeader.write(to: folder.appendingPathComponent("example.h"), atomically: true, encoding: .utf8)
            try program.write(to: folder.appendingPathComponent("check.c"), atomically: true, encoding: .utf8)
            let flags = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-Wconversion"]
            let output = try run("clang", flags + ["check.c", "-o", "check"], in: folder)
            #expect(output == "")
            try run("./check", [], in: folder)
        }
    }

    @Test("the table lists registers by offset and fields from the top")
    func markdown() throws {
        let registers = [
            RegisterDescription(
                "control", offset: 0, "Starts | stops.",
                fields: [
                    .init("enable", 0, "Runs\nwhile one."), .init("mode", 4...11, "What it does.", reset: 0x5a),
                    .init("busy", 31, "At work.", access: .readOnly),
                ])
        ]
        #expect(
            try RegisterBank("tiny", registers: registers).markdown == """
                # Registers of tiny

                Words of 32 bits; offsets in bytes.

                | offset | register | |
                |---|---|---|
                | `0x0` | `control` | Starts \\| stops. |

                ## `control` at `0x0`

                Starts \\| stops.

                | bits | field | access | reset | |
                |---|---|---|---|---|
                | 31 | `busy` | read only | – | At work. |
                | 11:4 | `mode` | read and write | `0x5a` | What it does. |
                | 0 | `enable` | read and write | `0x0` | Runs while one. |

                """)
    }
}
