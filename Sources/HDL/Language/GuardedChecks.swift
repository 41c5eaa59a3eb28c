import BitVectors

/// The conditions of the arms around a check become part of its own: when the description is complete, since only
/// then is known which arm takes what no arm names.
extension Circuit {
    func closeChecks() {
        for (index, guards) in guardedChecks {
            let check = checks[index]
            let terms = guards.flatMap(terms)
            guard let first = terms.first else { continue }
            let reached = terms.dropFirst().reduce(first) { $0 & $1 }
            let own = Bits(self, check.condition, 1)
            checks[index].condition = (check.kind == .cover ? reached & own : ~reached | own).id
            stamp(check.location, owner: check.name)
        }
        guardedChecks.removeAll()
    }

    /// What an arm asks for: that no arm above it is taken, and that its own condition holds.
    private func terms(_ one: Guard) -> [Bits] {
        switch one {
        case .when(let chain, let arm):
            let arms = whenChains[chain].arms
            guard arm < arms.count else { return [] }
            let earlier = arms[..<arm].compactMap(\.condition).map { ~Bits(self, $0, 1) }
            return earlier + (arms[arm].condition.map { [Bits(self, $0, 1)] } ?? [])
        case .choose(let index, let arm):
            let body = switches[index]
            let subject = Bits(self, body.subject, Int(nodes[Int(body.subject)].width))
            guard let arm, arm < body.arms.count else {
                let all = body.arms.flatMap(\.patterns)
                return all.isEmpty ? [] : [~any(all, of: subject)]
            }
            let own = body.arms[arm].patterns
            let isLast = body.otherwise == nil && arm == body.arms.count - 1
            // The last arm of a complete switch takes whatever the others do not.
            let earlier = body.arms[..<arm].flatMap(\.patterns).filter { one in
                isLast || own.contains { $0.overlaps(one) }
            }
            return (earlier.isEmpty ? [] : [~any(earlier, of: subject)]) + (isLast ? [] : [any(own, of: subject)])
        }
    }

    private func any(_ patterns: [SwitchBody.Pattern], of subject: Bits) -> Bits {
        let matches = patterns.map { pattern -> Bits in
            let value = Bits(self, append(pattern.value & pattern.care), subject.width)
            if pattern.isExact { return subject == value }
            return subject & Bits(self, append(pattern.care), subject.width) == value
        }
        guard let first = matches.first else { return constant(0, width: 1) }
        return matches.dropFirst().reduce(first) { $0 | $1 }
    }
}
