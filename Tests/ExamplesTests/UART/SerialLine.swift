/// A serial line as a function of time, made of the levels that a sender puts on it one after another. Times are in
/// cycles of the receiver's clock, and need not be whole.
struct SerialLine {
    private var edges: [(time: Double, level: Bool)] = []
    private(set) var end = 0.0

    mutating func hold(_ level: Bool, _ cycles: Double) {
        edges.append((end, level))
        end += cycles
    }

    /// A frame as a person with a switch would send it.
    mutating func send(
        _ byte: UInt8, bit: Double, oddParity: Bool? = nil, isParityWrong: Bool = false, stop: Bool = true
    ) {
        hold(false, bit)
        var isOdd = false
        for place in 0..<8 {
            let one = byte >> place & 1 == 1
            if one { isOdd.toggle() }
            hold(one, bit)
        }
        // The parity bit makes the number of ones even or odd.
        if let oddParity { hold((isOdd != oddParity) != isParityWrong, bit) }
        hold(stop, bit)
    }

    /// The level in each cycle; one before and after.
    func levels(_ cycles: Int) -> [Bool] {
        var levels: [Bool] = []
        var next = 0
        var level = true
        for cycle in 0..<cycles {
            while next < edges.count, edges[next].time <= Double(cycle) {
                level = edges[next].level
                next += 1
            }
            levels.append(Double(cycle) < end ? level : true)
        }
        return levels
    }
}
