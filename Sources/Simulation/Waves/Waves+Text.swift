import BitVectors

extension Waves {
    /// A picture of signals over cycles in a fixed-width font: bits as lines, words as boxes.
    ///
    /// Each column shows the values before the edge of a cycle. Neighbouring cycles of equal words are one box.
    /// - Parameter signals: hierarchical names; nil for all that were recorded.
    /// - Parameter columnWidth: characters a cycle; nil for as many as the widest text needs, but at least 4 and at
    ///   most 20. What does not fit ends with `…`.
    public func text(
        _ names: [String]? = nil, cycles: Range<Int>? = nil, columnWidth: Int? = nil
    ) -> String {
        let range = cycles ?? 0..<cycleCount
        let chosen = names.map { $0.map(index(of:)) } ?? Array(signals.indices)
        let rows = chosen.map { signal in
            TextRow(
                name: signals[signal].name, isBit: signals[signal].width == 1 && signals[signal].enumeration == nil,
                values: range.map { cycle in
                    let value = value(signal, cycle: cycle)
                    return signals[signal].width == 1 && signals[signal].enumeration == nil
                        ? (value[0] ? "1" : "0") : signals[signal].text(value)
                })
        }
        let width = columnWidth ?? min(max(rows.map(\.neededWidth).max() ?? 4, 4), 20)
        let nameWidth = max(rows.map(\.name.count).max() ?? 0, 5)
        func line(_ name: String, _ wave: String) -> String {
            let padded = name + String(repeating: " ", count: nameWidth - name.count)
            return "\(padded) \(wave)".withoutTrailingSpaces
        }
        let numbers = range.map { cycle in
            let digits = " \(cycle)"
            return digits + String(repeating: " ", count: max(width - digits.count, 0))
        }
        var lines = [line("cycle", numbers.joined())]
        for row in rows {
            let picture = row.picture(columnWidth: max(width, 2))
            // The name stands beside the middle of its picture.
            for (index, part) in picture.enumerated() { lines.append(line(index == 1 ? row.name : "", part)) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func index(of name: String) -> Int {
        guard let index = signals.firstIndex(where: { $0.name == name }) else {
            fatalError("'\(name)' was not recorded")
        }
        return index
    }
}

/// One signal of a picture.
private struct TextRow {
    let name: String
    let isBit: Bool
    /// One text a cycle.
    let values: [String]

    /// Cycles of one value.
    private var boxes: [(text: String, cycles: Int)] {
        var boxes: [(text: String, cycles: Int)] = []
        for value in values {
            if boxes.last?.text == value {
                boxes[boxes.count - 1].cycles += 1
            } else {
                boxes.append((value, 1))
            }
        }
        return boxes
    }

    /// Characters a cycle so that every text fits its box, with a space before it.
    var neededWidth: Int {
        isBit ? 0 : boxes.map { ($0.text.count + 2 + $0.cycles - 1) / $0.cycles }.max() ?? 0
    }

    func picture(columnWidth: Int) -> [String] {
        var (top, middle, bottom) = ("", "", "")
        func add(
            _ edges: (String, String, String), _ top2: Character, _ text: String, _ bottom2: Character, _ cycles: Int
        ) {
            let length = cycles * columnWidth - 1
            top += edges.0 + String(repeating: top2, count: length)
            middle += edges.1 + text + String(repeating: " ", count: max(length - text.count, 0))
            bottom += edges.2 + String(repeating: bottom2, count: length)
        }
        for (index, box) in boxes.enumerated() {
            if isBit {
                let isHigh = box.text == "1"
                let edge =
                    index == 0
                    ? (isHigh ? "─" : " ", "", isHigh ? " " : "─") : (isHigh ? "┌" : "┐", "", isHigh ? "┘" : "└")
                add(edge, isHigh ? "─" : " ", "", isHigh ? " " : "─", box.cycles)
            } else {
                let room = box.cycles * columnWidth - 2
                let text = box.text.count <= room ? box.text : String(box.text.prefix(max(room - 1, 0))) + "…"
                add(index == 0 ? ("─", " ", "─") : ("┬", "│", "┴"), "─", " " + text, "─", box.cycles)
            }
        }
        return isBit ? [top, bottom] : [top, middle, bottom]
    }
}

extension String {
    fileprivate var withoutTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
