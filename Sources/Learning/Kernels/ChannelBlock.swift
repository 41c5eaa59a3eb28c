private import Foundation

/// Up to sixteen neighbouring channels of a pixel as one vector, a lane a channel.
///
/// Loops over the channels of a pixel are a few products long; over blocks of channels, then pixels, each constant of a
/// channel stays in a register. Lanes beyond the channels are zero and are not stored.
struct ChannelBlock: Sendable {
    typealias Vector = SIMD16<Float>

    /// The first channel, and how many there are.
    let first: Int
    let lanes: Int

    /// The blocks of a number of channels.
    static func all(_ channels: Int) -> [ChannelBlock] {
        stride(from: 0, to: channels, by: FloatBuffer.lanes).map {
            ChannelBlock(first: $0, lanes: min(FloatBuffer.lanes, channels - $0))
        }
    }

    /// The block of the pixel whose channels begin at a place.
    @inline(__always)
    func load(_ pixel: UnsafePointer<Float>) -> Vector {
        let raw = UnsafeRawPointer(pixel + first)
        if lanes == FloatBuffer.lanes { return raw.loadUnaligned(as: Vector.self) }
        var vector = Vector.zero
        memcpy(&vector, raw, lanes &* MemoryLayout<Float>.stride)
        return vector
    }

    @inline(__always)
    func store(_ vector: Vector, _ pixel: UnsafeMutablePointer<Float>) {
        let raw = UnsafeMutableRawPointer(pixel + first)
        if lanes == FloatBuffer.lanes {
            raw.storeBytes(of: vector, as: Vector.self)
        } else {
            withUnsafePointer(to: vector) { _ = memcpy(raw, $0, lanes &* MemoryLayout<Float>.stride) }
        }
    }
}
