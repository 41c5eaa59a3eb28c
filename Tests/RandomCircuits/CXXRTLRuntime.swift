import Foundation

/// The C++ header that models of CXXRTL include, with what is wrong in that of yosys 0.23 put right.
///
/// Each mistake was confirmed by a few lines of Verilog that Icarus computes as the standard says. What a later yosys
/// has put right itself is not found, and stays as it is.
enum CXXRTLRuntime {
    private static let corrections: [(wrong: String, right: String)] = [
        // A left shift keeps the bits that leave the value in its last chunk: `(a << n) >> k` of 31 bits, a = 40000001 and
        // n = k = 1, is 40000001 instead of 1.
        (
            "\t\treturn result;\n\t}\n\n\ttemplate<size_t AmountBits, bool Signed",
            "\t\tresult.data[chunks - 1] &= msb_mask;\n\t\treturn result;\n\t}\n\n\ttemplate<size_t AmountBits, bool Signed"
        ),
        // A signed right shift of a negative number by 32 or more gets zeros from above: `a >>> 32` of 64 bits,
        // a = 8000000000000000, is 80000000 instead of ffffffff80000000.
        (
            "return shr<AmountBits, /*Signed=*/true>(amount);",
            "return is_neg() ? bit_not().shr(amount).bit_not() : shr(amount);"
        ),
        // Division asks for the number of significant bits, and gets the sum over the chunks: from two chunks on quotients
        // are wrong, or take four thousand million steps.
        ("count += (n == 0 ? Bits % chunk::bits : chunk::bits);", "continue;"),
        (
            "count++)\n\t\t\t\t\tx >>= 1;\n",
            "count++)\n\t\t\t\t\tx >>= 1;\n\t\t\t\treturn count + (chunks - 1 - n) * chunk::bits;\n"
        ),
    ]

    /// Writes the header where models look for it when the folder is the first to be searched.
    /// - Parameter data: the folder of yosys's own files.
    static func write(to folder: URL, from data: String) throws {
        let path = "backends/cxxrtl"
        let original = URL(fileURLWithPath: "\(data)/include/\(path)/cxxrtl.h")
        var text = try String(contentsOf: original, encoding: .utf8)
        for (wrong, right) in corrections { text = text.replacingOccurrences(of: wrong, with: right) }
        let place = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: place.appendingPathComponent("cxxrtl.h"))
    }
}
