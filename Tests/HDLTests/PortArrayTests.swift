import HDL
import Testing

/// Law: an element of an array of ports is the signal of that very port, whichever array it is found in and however
/// often; short arrays and long ones, whose signals are looked up once, are alike.
@Suite("Arrays of ports")
struct PortArrayTests {
    struct Pair: SignalBundle {
        let inner: [Input]
        let flag = Input()
    }

    struct Ports: SignalBundle {
        let left: [Input]
        let right: [Input]
        let pairs: [Pair]
        let sums: [Output]
        let out = Output()

        init(_ count: Int) {
            func inputs() -> [Input] { (0..<count).map { _ in Input() } }
            left = inputs()
            right = inputs()
            pairs = (0..<count).map { _ in Pair(inner: inputs()) }
            sums = (0..<count).map { _ in Output() }
        }
    }

    @Test("each element drives what its number says", arguments: [1, 3, 4, 5, 6, 40])
    func elements(count: Int) throws {
        let text = try text({ Ports(count) }) { m in
            for index in 0..<count {
                let far = m.pairs[index].inner[count - 1 - index]
                m.sums[index].drive(m.left[index] ^ m.right[count - 1 - index] ^ far)
            }
            let flags = concatenate(m.pairs.map { concatenate($0.inner) ^ $0.flag.replicated(count) })
            m.out.drive(flags.parity)
        }
        for index in 0..<count {
            let other = count - 1 - index
            let sum = "assign sums_\(index) = (left_\(index) ^ right_\(other)) ^ pairs_\(index)_inner_\(other);"
            #expect(text.contains(sum), "element \(index) of \(count)")
        }
    }

    @Test("the signals of an instance's arrays are those of the instance")
    func instances() throws {
        struct Leaf: Module {
            struct Ports: SignalBundle {
                let a: [Input]
                let x: [Output]
            }
            func ports() -> Ports {
                Ports(a: (0..<9).map { _ in Input() }, x: (0..<9).map { _ in Output() })
            }
            func build(_ m: Builder<Ports>) { for index in 0..<9 { m.x[index].drive(~m.a[index]) } }
        }
        let files = try verilog(
            of: Snippet("two", { Leaf().ports() }) { m in
                let first = m.instance("first", Leaf())
                let second = m.instance("second", Leaf())
                for index in 0..<9 {
                    first.a[index].drive(m.a[index])
                    second.a[index].drive(first.x[8 - index])
                    m.x[index].drive(second.x[index])
                }
            })
        let text = files["two.v"] ?? ""
        for index in 0..<9 {
            #expect(text.contains(".a_\(index)(a_\(index))"))
            #expect(text.contains(".a_\(index)(first_x_\(8 - index))"))
            #expect(text.contains(".x_\(index)(x_\(index))"))
        }
    }
}
