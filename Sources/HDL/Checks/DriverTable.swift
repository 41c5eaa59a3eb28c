/// The statements of a circuit as lists: what is driven by which value, and which signals decide whether it is.
///
/// Linear in the number of statements. The arms form a tree of their own, so that a condition is listed once however
/// many statements it decides about.
struct DriverTable {
    /// A signal that decides, besides those of the outer arm, whether the statements of an arm count.
    struct Arm {
        /// Arm of the table around this one; -1 at the module's top level.
        let outer: Int32
        /// The condition, or the subject of a `choose`.
        let signal: Int32
    }

    /// An assignment of a wire, or to a register.
    struct Driver {
        let target: Int32
        /// Lowest bit of the target that it assigns.
        let low: Int32
        let value: Int32
        /// Arm in which it stands; -1 at the top level.
        let arm: Int32
        let location: SourceLocation
    }

    /// A write to a memory.
    struct Write {
        let memory: Int32
        let address: Int32
        let value: Int32
        /// -1 without a mask.
        let mask: Int32
        let arm: Int32
        let location: SourceLocation

        /// The nodes that say what is written where.
        var operands: [Int32] { mask >= 0 ? [address, value, mask] : [address, value] }
    }

    private(set) var arms: [Arm] = []
    private(set) var drivers: [Driver] = []
    private(set) var writes: [Write] = []
    private var driversOfTarget: [Int32: [Int]] = [:]
    private var writesOfMemory: [Int32: [Int]] = [:]

    init(_ circuit: Circuit) { add(circuit.statements, of: circuit, arm: -1) }

    /// The assignments of a wire or a register, in the order of the description.
    func drivers(of target: Int32) -> [Driver] { (driversOfTarget[target] ?? []).map { drivers[$0] } }

    /// The writes to a memory, in the order of the description.
    func writes(to memory: Int32) -> [Write] { (writesOfMemory[memory] ?? []).map { writes[$0] } }

    private mutating func add(_ block: [Statement], of circuit: Circuit, arm: Int32) {
        for statement in block {
            switch statement {
            case .assign(let target, let value, let location):
                add(Driver(target: target, low: 0, value: value, arm: arm, location: location))
            case .assignSlice(let target, let low, let value, let location):
                add(Driver(target: target, low: low, value: value, arm: arm, location: location))
            case .write(let memory, let address, let value, let mask, let location):
                writesOfMemory[memory, default: []].append(writes.count)
                writes.append(
                    Write(
                        memory: memory, address: address, value: value, mask: mask, arm: arm, location: location))
            case .when(let index):
                var last = arm
                for part in circuit.whenChains[index].arms {
                    // An arm is taken when its condition holds and none above it does: it hangs on all of them.
                    if let condition = part.condition { last = add(Arm(outer: last, signal: condition)) }
                    add(part.body, of: circuit, arm: last)
                }
            case .choose(let index):
                let body = circuit.switches[index]
                let choice = add(Arm(outer: arm, signal: body.subject))
                for part in body.arms { add(part.body, of: circuit, arm: choice) }
                if let otherwise = body.otherwise { add(otherwise, of: circuit, arm: choice) }
            }
        }
    }

    private mutating func add(_ driver: Driver) {
        driversOfTarget[driver.target, default: []].append(drivers.count)
        drivers.append(driver)
    }

    private mutating func add(_ arm: Arm) -> Int32 {
        arms.append(arm)
        return Int32(arms.count - 1)
    }
}
