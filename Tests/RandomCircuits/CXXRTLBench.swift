import BitVectors
import Foundation
import HDL

/// A program in C++ around the model that yosys makes of many circuits in one shell; it prints what `VerilogBench` does.
struct CXXRTLBench {
    let trials: [Trial]

    /// A module with an instance of every circuit; the clocks are ports of their own, as the model sees edges of those.
    var shell: String {
        var ports: [String] = []
        var body = ""
        for trial in trials {
            let name = trial.recipe.name
            ports.append("input [\(VerilogBench.width(of: trial) - 1):0] now_\(name)")
            for domain in trial.recipe.clockings.indices { ports.append("input clock_\(name)_\(domain)") }
            for port in trial.outputs { ports.append("output [\(port.width - 1):0] \(name)_\(port.name)") }
            body += VerilogBench.instance(of: trial) { "clock_\(name)_\($0)" }.instance
        }
        return "module shell (\n\(ports.joined(separator: ",\n"))\n);\n\(body)endmodule\n"
    }

    var program: String {
        var circuits = ""
        for trial in trials {
            let name = trial.recipe.name
            let rests = trial.recipe.clockings.indices.map {
                trial.recipe.clocking($0).edge == .rising ? "0" : "1"
            }
            let outputs = trial.outputs.map { "\"\(name)_\($0.name)\"" }.joined(separator: ", ")
            circuits += "    {\"\(name)\", {\(rests.joined(separator: ", "))}, {\(outputs)}},\n"
        }
        return """
            #include "shell.cc"
            #include <cstdio>
            #include <cstdlib>
            #include <fstream>
            #include <string>
            #include <vector>

            struct Circuit { std::string name; std::vector<int> rests; std::vector<std::string> outputs; };
            static const std::vector<Circuit> circuits = {
            \(circuits)};

            static cxxrtl::debug_item &find(cxxrtl::debug_items &items, const std::string &name) {
                return items.table.at(name).at(0);
            }
            static unsigned digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }
            static void set(cxxrtl::debug_item &item, const std::string &digits) {
                for (size_t chunk = 0; chunk < (item.width + 31) / 32; chunk++) item.curr[chunk] = 0;
                for (size_t place = 0; place < digits.size(); place++) {
                    item.curr[place / 8] |= digit(digits[digits.size() - 1 - place]) << place % 8 * 4;
                }
            }
            static void print(cxxrtl::debug_item &item) {
                if (item.outline) item.outline->eval();
                std::putchar(' ');
                for (size_t place = (item.width + 3) / 4; place-- > 0;) {
                    std::putchar("0123456789abcdef"[item.curr[place / 8] >> place % 8 * 4 & 15]);
                }
            }
            // As `step`, which goes on for ever when the model never comes to rest.
            static void settle(cxxrtl_design::p_shell &top) {
                for (int deltas = 0; deltas < 1000; deltas++) {
                    bool isConverged = top.eval();
                    if (!top.commit() || isConverged) return;
                }
                std::puts("the model does not come to rest");
                std::exit(1);
            }
            int main() {
                cxxrtl_design::p_shell top;
                cxxrtl::debug_items items;
                top.debug_info(items);
                std::vector<std::ifstream> files;
                for (auto &circuit : circuits) {
                    files.emplace_back(circuit.name + ".hex");
                    for (size_t domain = 0; domain < circuit.rests.size(); domain++) {
                        *find(items, "clock_" + circuit.name + "_" + std::to_string(domain)).curr = circuit.rests[domain];
                    }
                }
                for (int cycle = 0; cycle < \(Trial.cycles); cycle++) {
                    std::vector<unsigned> edges;
                    for (size_t index = 0; index < circuits.size(); index++) {
                        std::string digits;
                        files[index] >> digits;
                        set(find(items, "now_" + circuits[index].name), digits);
                        edges.push_back(digit(digits.back()));
                    }
                    settle(top);
                    for (auto &circuit : circuits) {
                        std::printf("%s %d", circuit.name.c_str(), cycle);
                        for (auto &output : circuit.outputs) print(find(items, output));
                        std::putchar('\\n');
                    }
                    for (int phase = 1; phase >= 0; phase--) {
                        for (size_t index = 0; index < circuits.size(); index++) {
                            auto &circuit = circuits[index];
                            for (size_t domain = 0; domain < circuit.rests.size(); domain++) {
                                unsigned level = circuit.rests[domain] ^ (phase & edges[index] >> domain);
                                *find(items, "clock_" + circuit.name + "_" + std::to_string(domain)).curr = level;
                            }
                        }
                        settle(top);
                    }
                }
                return 0;
            }

            """
    }
}
