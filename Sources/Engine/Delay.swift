import HDL

extension Bits {
    /// The value a number of clock edges late: a shift register, its stages numbered from 1.
    func delayed(_ name: String, by cycles: Int) -> Bits {
        (1...cycles).reduce(self) { stage, number in stage.registered("\(name)_\(number)") }
    }
}
