import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: a half shows the planes of what was stored in it, and in which steps a chunk has a set bit; it is ready from its last
/// chunk until it is issued.
@Suite struct WindowBufferTests {
    @Test(arguments: [(64, 8, 4, 4, 4), (20, 5, 2, 8, 2), (7, 1, 1, 1, 1), (130, 3, 2, 4, 1)])
    func agreesWithItsTwin(columns: Int, bits: Int, planeLanes: Int, pixels: Int, lanes: Int) throws {
        try expectAgreement(
            WindowBufferPair.self,
            with {
                $0.columns = columns
                $0.chunks = 5
                $0.activationBits = bits
                $0.planeLanes = planeLanes
                $0.pixels = pixels
                $0.pixelLanes = lanes
            }, cycles: 5000)
    }

    /// The law on the RTL: groups of random sizes, stored in one half while the other is read.
    @Test func showsWhatWasStored() throws {
        var random = KeyedStream(seed: 32, stream: 6)
        func below(_ bound: Int) -> Int { random.nextIndex(below: UInt32(bound)) }
        let (columns, chunks, bits, planeLanes, pixels, lanes) = (12, 3, 5, 2, 8, 2)
        let bench = try Bench(
            WindowBufferPair.self,
            with {
                $0.columns = columns
                $0.chunks = chunks
                $0.activationBits = bits
                $0.planeLanes = planeLanes
                $0.pixels = pixels
                $0.pixelLanes = lanes
            })
        for group in 0..<24 {
            let count = 1 + below(pixels)
            let codes = (0..<count).map { _ in
                (0..<chunks).map { _ in
                    let largest = [0, 0, 1, 3, 15, 31][below(6)]
                    return (0..<columns).map { _ in below(largest + 1) }
                }
            }
            #expect(try bench.get("ready") == 0, "group \(group)")
            for pixel in 0..<count {
                for chunk in 0..<chunks {
                    try bench.set("write", 1)
                    try bench.set("write_half", UInt64(group % 2))
                    try bench.set("write_pixel", UInt64(pixel))
                    try bench.set("write_chunk", UInt64(chunk))
                    let word = codes[pixel][chunk].enumerated().reduce(UInt64(0)) {
                        $0 | UInt64($1.element) << UInt64($1.offset * bits)
                    }
                    try bench.set("write_data", word)
                    try bench.set("write_last", pixel == count - 1 && chunk == chunks - 1 ? 1 : 0)
                    try bench.step()
                }
            }
            try bench.set("write", 0)
            #expect(try bench.get("ready") == 1 && bench.get("ready_pixels") == UInt64(count - 1), "group \(group)")
            for chunk in 0..<chunks {
                try bench.set("issue_chunk", UInt64(chunk))
                var expected = 0
                for (pixel, chunks) in codes.enumerated() {
                    for plane in 0..<bits where chunks[chunk].contains(where: { $0 >> plane & 1 == 1 }) {
                        expected |= 1 << (pixel / lanes * 3 + plane / planeLanes)
                    }
                }
                #expect(try bench.get("nonzero_steps") == UInt64(expected), "group \(group), chunk \(chunk)")
            }
            try bench.set("issued", 1)
            try bench.step()
            try bench.set("issued", 0)
            #expect(try bench.get("ready") == 0 && bench.get("read_pixels") == UInt64(count - 1), "group \(group)")
            for pixel in 0..<count {
                for (chunk, plane) in (0..<chunks).flatMap({ chunk in (0..<bits).map { (chunk, $0) } }) {
                    try bench.set("chunk", UInt64(chunk))
                    try bench.set("step", UInt64(pixel / lanes))
                    try bench.set("plane_group", UInt64(plane / planeLanes))
                    let expected = codes[pixel][chunk].enumerated().reduce(0) {
                        $0 | ($1.element >> plane & 1) << $1.offset
                    }
                    #expect(
                        try bench.get("planes_\(pixel % lanes * planeLanes + plane % planeLanes)") == UInt64(expected),
                        "group \(group), pixel \(pixel), chunk \(chunk), plane \(plane)")
                }
            }
            try bench.set("free", 1)
            try bench.step()
            try bench.set("free", 0)
        }
    }

    @Test func refusesMoreStepsThanARowHas() {
        var parameters = Engine.WindowBuffer()
        parameters.pixels = 64
        parameters.pixelLanes = 1
        #expect(
            throws: ParameterError.inconsistent(
                name: "pixels", value: 64,
                reason: "64 pixel steps x 2 plane groups are more than 64 steps of a row")
        ) { try parameters.validate() }
    }

    @Test func refusesPixelsThatDoNotFillTheLanes() {
        var parameters = Engine.WindowBuffer()
        parameters.pixelLanes = 3
        #expect(
            throws: ParameterError.inconsistent(name: "pixel-lanes", value: 3, reason: "allowed 1, 2, 4, 8, 16")
        ) { try parameters.validate() }
        parameters.pixelLanes = 8
        #expect(
            throws: ParameterError.inconsistent(
                name: "pixels", value: 4, reason: "allowed powers of two from pixel-lanes (8) to 64")
        ) { try parameters.validate() }
    }
}
