/// Values under way: what is pushed comes out a number of pushes later.
struct DelayLine<Element> {
    private var elements: [Element]
    private var head = 0
    private let idle: Element

    /// A line in which idle values are under way.
    init(length: Int, idle: Element) {
        self.idle = idle
        elements = Array(repeating: idle, count: length)
    }

    /// The value put in `length` edges ago.
    var oldest: Element { elements[head] }

    mutating func push(_ element: Element) {
        elements[head] = element
        head = head + 1 == elements.count ? 0 : head + 1
    }

    mutating func clear() { for index in elements.indices { elements[index] = idle } }
}
