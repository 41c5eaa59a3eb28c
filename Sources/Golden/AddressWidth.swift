/// Bits of an address of so many words, at least one; as in HDL, which the golden model does not see.
func addressWidth(_ count: Int) -> Int { max(1, Int.bitWidth - max(0, count - 1).leadingZeroBitCount) }

/// Addresses that as many bits hold.
func addressSpace(_ count: Int) -> Int { 1 << addressWidth(count) }
