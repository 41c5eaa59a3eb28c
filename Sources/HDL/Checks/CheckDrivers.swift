import BitVectors

extension Circuit {
    /// Every bit of a wire, output and instance input must be driven on every path, or it would be a latch; every register
    /// must get a value some time, or it would never change.
    func checkDrivers() {
        // What drives a black box's outputs is not ours to see.
        if blackBox != nil { return }
        var touched = Set<Int32>()
        let always = driven(by: statements, touched: &touched)
        for wire in wires {
            let coverage = always[wire.node] ?? .none
            if coverage.isWhole { continue }
            let missing = coverage.missing(of: Int(nodes[Int(wire.node)].width))
            if missing.isZero { continue }
            let isTouched = touched.contains(wire.node)
            let what: String
            if missing.reduceAnd {
                what = "\(kind(of: wire)) '\(wire.name)'"
            } else {
                what = "\(list(missing)) of \(kind(of: wire)) '\(wire.name)'"
            }
            let verb = missing.reduceAnd || missing.nonzeroBitCount == 1 ? "is" : "are"
            report(at: wire.location, "\(what) \(verb) not driven\(isTouched ? " on every path" : "")")
        }
        for register in registers where register.resetValue == nil && !touched.contains(register.node) {
            report(at: register.location, "register '\(register.name)' has neither a reset value nor a 'next'")
        }
    }

    /// Bits as a message lists them: `bits 0, 3 to 7`.
    private func list(_ bits: BitVector) -> String {
        var ranges: [String] = []
        var index = 0
        while index < bits.width {
            guard bits[index] else {
                index += 1
                continue
            }
            let start = index
            while index < bits.width, bits[index] { index += 1 }
            ranges.append(start == index - 1 ? "\(start)" : "\(start) to \(index - 1)")
        }
        return (bits.nonzeroBitCount == 1 ? "bit " : "bits ") + ranges.joined(separator: ", ")
    }

    private func kind(of wire: Wire) -> String {
        switch wire.purpose {
        case .declared: "wire"
        case .output: "output"
        case .instanceInput: "instance input"
        }
    }

    /// Which bits of a signal are driven: most are driven whole, and need no mask.
    private enum Coverage {
        case whole
        case part(BitVector)
        case none

        var isWhole: Bool { if case .whole = self { true } else { false } }

        func missing(of width: Int) -> BitVector {
            switch self {
            case .whole: .zeros(width)
            case .part(let mask): ~mask
            case .none: .ones(width)
            }
        }

        func union(_ other: Coverage) -> Coverage {
            switch (self, other) {
            case (.whole, _), (_, .whole): .whole
            case (.part(let left), .part(let right)): .part(left | right)
            case (.part, .none): self
            case (.none, _): other
            }
        }

        func intersection(_ other: Coverage) -> Coverage {
            switch (self, other) {
            case (.none, _), (_, .none): .none
            case (.part(let left), .part(let right)): .part(left & right)
            case (.part, .whole): self
            case (.whole, _): other
            }
        }
    }

    /// The bits that a block drives whichever arms are taken; signals driven on some path join `touched`.
    private func driven(by block: [Statement], touched: inout Set<Int32>) -> [Int32: Coverage] {
        var always: [Int32: Coverage] = [:]
        func add(_ arms: [[Int32: Coverage]]) {
            guard var common = arms.first else { return }
            for arm in arms.dropFirst() {
                for (target, coverage) in common {
                    common[target] = arm[target].map { coverage.intersection($0) }
                }
            }
            for (target, coverage) in common { always[target] = (always[target] ?? .none).union(coverage) }
        }
        for statement in block {
            switch statement {
            case .assign(let target, _, _):
                always[target] = .whole
                touched.insert(target)
            case .assignSlice(let target, let low, let value, _):
                touched.insert(target)
                let width = Int(nodes[Int(target)].width)
                let mask = BitVector.ones(Int(nodes[Int(value)].width)).widened(to: width) << Int(low)
                always[target] = (always[target] ?? .none).union(.part(mask))
            case .write:
                break
            case .when(let index):
                let chain = whenChains[index]
                let arms = chain.arms.map { driven(by: $0.body, touched: &touched) }
                if chain.isComplete { add(arms) }
            case .choose(let index):
                let body = switches[index]
                var arms = body.arms.map { driven(by: $0.body, touched: &touched) }
                if let otherwise = body.otherwise { arms.append(driven(by: otherwise, touched: &touched)) }
                add(arms)
            }
        }
        return always
    }
}

extension BitVector {
    fileprivate func widened(to width: Int) -> BitVector { zeroExtended(to: max(width, self.width)) }
}
