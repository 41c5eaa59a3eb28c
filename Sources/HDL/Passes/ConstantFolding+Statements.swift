import BitVectors

/// Arms whose condition is constant.
extension ConstantFolding {
    /// The statements with operands replaced; an arm that is always taken stands in place of its chain, and one that is
    /// never taken is left out.
    func folded(_ block: [Statement]) -> [Statement] {
        var result: [Statement] = []
        result.reserveCapacity(block.count)
        for statement in block {
            switch statement {
            case .assign(let target, let value, let location):
                result.append(.assign(target: target, value: standIn(value), location))
            case .assignSlice(let target, let low, let value, let location):
                result.append(.assignSlice(target: target, low: low, value: standIn(value), location))
            case .write(let memory, let address, let value, let mask, let location):
                result.append(
                    .write(
                        memory: memory, address: standIn(address), value: standIn(value),
                        mask: mask >= 0 ? standIn(mask) : mask, location))
            case .when(let index):
                fold(chain: index, of: statement, into: &result)
            case .choose(let index):
                fold(switch: index, of: statement, into: &result)
            }
        }
        return result
    }

    private func fold(chain index: Int, of statement: Statement, into result: inout [Statement]) {
        var arms: [WhenChainBody.Arm] = []
        for arm in circuit.whenChains[index].arms {
            let isTaken = arm.condition.map { value($0)?[0] } ?? true
            if isTaken == false { continue }
            var folded = arm
            folded.body = self.folded(arm.body)
            folded.condition = isTaken == true ? nil : arm.condition.map(standIn)
            arms.append(folded)
            if isTaken == true { break }
        }
        if let first = arms.first, first.condition == nil {
            result += first.body
        } else if !arms.isEmpty {
            circuit.whenChains[index].arms = arms
            result.append(statement)
        }
    }

    private func fold(switch index: Int, of statement: Statement, into result: inout [Statement]) {
        let body = circuit.switches[index]
        if let subject = value(body.subject) {
            let taken = body.arms.first { arm in arm.patterns.contains { $0.matches(subject) } }?.body
            // Without a default, the last arm is taken for what no arm names.
            result += folded(taken ?? body.otherwise ?? body.arms.last?.body ?? [])
            return
        }
        circuit.switches[index].subject = standIn(body.subject)
        for arm in body.arms.indices { circuit.switches[index].arms[arm].body = folded(body.arms[arm].body) }
        circuit.switches[index].otherwise = body.otherwise.map { folded($0) }
        result.append(statement)
    }
}

extension SwitchBody.Pattern {
    fileprivate func matches(_ subject: BitVector) -> Bool { ((subject ^ value) & care).isZero }
}
