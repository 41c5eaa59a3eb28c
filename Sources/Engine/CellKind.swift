/// How the cells of a sub-array hold a bit and are written.
public enum CellKind: Int, CaseIterable, Sendable {
    /// A row is stored as it is in one cycle; pulses are not looked at.
    case ideal
    /// One transistor and one junction, a pulse for each direction; a sense compares with a reference between the states.
    case stt
    /// Two transistors and two junctions that hold opposite states; a bit takes a pulse of either junction.
    case complementary
    /// A write current in a heavy-metal line beside the read path, so that writing one row leaves the others readable.
    case sot
    /// Eight junctions on one strip, one row each: erased together by a current in the strip, programmed one by one.
    case nandSpin

    /// Junctions on one strip, one of each of as many rows.
    public static let stringRows = 8

    /// Whether cells are written by pulses, each of one direction or step.
    public var isPulsed: Bool { self != .ideal }

    /// The kinds as `--set kind=N` counts them.
    static let choices = allCases.map { "\($0.rawValue) \($0)" }.joined(separator: ", ")
}
