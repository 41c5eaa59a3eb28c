/// The C++ that is particular to one design: its port table and the straight-line code that moves records.
struct ShimText {
    var source: ModelSource
    /// The member of Verilator's class for each port.
    var members: [String]
    var key: String
    var options: BuildOptions
    /// Verilator's C++ files, compiled as one unit with the shim.
    var generatedFiles: [String]

    var text: String {
        let inputs = RecordLayout(source.ports, .input)
        let outputs = RecordLayout(source.ports, .output)
        let clock = source.ports.firstIndex { $0.isClock }
        return """
            #include "cosim.h"
            #include "Vdut.h"
            #include "Vdut___024root.h"
            #include <cstring>
            #define COSIM_TOP "\(source.top)"
            #define COSIM_KEY "\(key)"
            #define COSIM_FLAGS (\(options.featureExpression))
            #define COSIM_N_PORTS \(source.ports.count)u
            #define COSIM_IN_STRIDE \(inputs.packedWords * 8)u
            #define COSIM_OUT_STRIDE \(outputs.packedWords * 8)u
            #define COSIM_CLK_INDEX \(clock.map { "\($0)u" } ?? "COSIM_NO_PORT")
            #define COSIM_SET_CLOCK(root, value) \(clock.map { "((root)->\(members[$0]) = (value))" } ?? "((void)(root))")
            namespace design {
            using Root = Vdut___024root;
            template <unsigned bytes> inline uint64_t difference(const void *a, const void *b) {
                const uint8_t *p = static_cast<const uint8_t *>(a), *q = static_cast<const uint8_t *>(b);
                uint64_t result = 0;
                for (unsigned i = 0; i + 8 <= bytes; i += 8) {
                    uint64_t x, y;
                    std::memcpy(&x, p + i, 8);
                    std::memcpy(&y, q + i, 8);
                    result |= x ^ y;
                }
                if constexpr (bytes % 8 != 0) {
                    uint64_t x = 0, y = 0;
                    std::memcpy(&x, p + bytes / 8 * 8, bytes % 8);
                    std::memcpy(&y, q + bytes / 8 * 8, bytes % 8);
                    result |= x ^ y;
                }
                return result;
            }
            static const cosim_port ports[] = {
            \(table(inputs, outputs))
            };
            inline void *storage(Root &root, uint32_t port) {
                switch (port) {
            \(lines(0..<members.count) { "    case \($0): return static_cast<void *>(&root.\(members[$0]));" })
                default: return nullptr;
                }
            }
            inline void load(Root &root, const uint8_t *record) {
                (void)root, (void)record;
            \(move(inputs) { "    std::memcpy(&root.\($0), record + \($1), \($2));" })
            }
            inline void store(Root &root, uint8_t *record) {
                std::memset(record, 0, COSIM_OUT_STRIDE);
            \(move(outputs) { "    std::memcpy(record + \($1), &root.\($0), \($2));" })
            }
            inline bool differs(Root &root, const uint8_t *record) {
                (void)root, (void)record;
                uint64_t result = 0;
            \(move(outputs) { "    result |= difference<\($2)>(&root.\($0), record + \($1));" })
                return result != 0;
            }
            inline uint32_t firstBad(Root &root, const uint8_t *record) {
                (void)root, (void)record;
            \(lines(outputs.slots) {
                "    if (difference<\($0.port.storageBytes)>(&root.\(members[$0.index]), record + \($0.packedOffset))) "
                    + "return \($0.index);"
            })
                return COSIM_NO_PORT;
            }
            \(lines(Array(zip(source.ports, members))) {
                "static_assert(sizeof(Root::\($1)) == \($0.storageBytes), \"storage of port \($0.name)\");"
            })
            }  // namespace design
            #include "shim.ipp"
            \(lines(generatedFiles) { "#include \"\($0)\"" })

            """
    }

    private func table(_ inputs: RecordLayout, _ outputs: RecordLayout) -> String {
        lines(source.ports) { port in
            let layout = port.direction == .input ? inputs : outputs
            let offset = layout[port.name].map { "\($0.packedOffset)u" } ?? "COSIM_NO_PORT"
            let isInput = port.direction == .input ? 1 : 0
            return "    {\"\(port.name)\", \(port.width)u, \(port.storageBytes)u, \(isInput)u, \(offset)},"
        }
    }

    private func move(_ layout: RecordLayout, _ line: (_ member: String, _ offset: Int, _ bytes: Int) -> String)
        -> String
    {
        lines(layout.slots) { line(members[$0.index], $0.packedOffset, $0.port.storageBytes) }
    }

    private func lines<Items: Collection>(_ items: Items, _ line: (Items.Element) -> String) -> String {
        items.map(line).joined(separator: "\n")
    }
}
