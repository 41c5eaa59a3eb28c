import Foundation
import HDL
import Testing
import Verilog

/// Law: whatever word names a signal, the emitted text has a name with which no tool finds fault.
@Suite("Reserved words", .serialized)
struct ReservedWordTests {
    /// The keywords of C++, which Verilator translates into.
    private static let wordsOfC = """
        alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl \
        concept const const_cast consteval constexpr constinit continue co_await co_return co_yield decltype default \
        delete do double dynamic_cast else enum explicit export extern false final float for friend goto if import inline \
        int long module mutable namespace new noexcept not not_eq nullptr operator or or_eq override private protected \
        public register reinterpret_cast requires return short signed sizeof static static_assert static_cast struct \
        switch synchronized template this thread_local throw true try typedef typeid typename union unsigned using \
        virtual void volatile wchar_t while xor xor_eq
        """.split(separator: " ").map(String.init)

    /// Every word that Verilator itself holds as a text, when its program is where it is usually installed.
    private static func words(in folder: URL) throws -> [String] {
        let places = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        guard
            let program = places.map({ "\($0)/verilator_bin" }).first(where: FileManager.default.isExecutableFile)
        else { return wordsOfC }
        let pattern = "(?<=\\x00)[A-Za-z_][A-Za-z0-9_]{1,30}(?=\\x00)"
        let text = try run("grep", ["-aohP", pattern, program], in: folder)
        return wordsOfC + text.split(separator: "\n").map(String.init)
    }

    @Test("every word of C++ and of Verilator is a name that its lint accepts")
    func lint() throws {
        try withTemporaryFolder { folder in
            let words = Set(try Self.words(in: folder)).sorted()
            #expect(words.count > 80)
            struct Ports: SignalBundle { let a = Input(), b = Output() }
            let design = try elaborate(
                Snippet("subject", Ports.init) { m in
                    var last = m.a
                    for word in words {
                        let next = m.register(word)
                        next.next(last)
                        last = next
                    }
                    m.b.drive(last)
                })
            let emission = try emit(design)
            for file in emission.modules {
                try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
            }
            // It throws with the lint's text when there is any.
            let text = try run("verilator", ["--lint-only", "-Wall", "subject.v"], in: folder)
            #expect(text == "")
            let renamed = emission.names.filter { $0.signal != $0.verilog && words.contains($0.signal) }
            #expect(Set(renamed.map(\.signal)).isSuperset(of: ["synchronized", "bool", "switch", "template"]))
            #expect(renamed.allSatisfy { $0.verilog == $0.signal + "_" })
        }
    }
}
