private import CCrypto

/// The SHA-256 digest (FIPS 180-4) of `bytes`: 32 bytes, computed by the system's libcrypto.
///
/// Complexity: linear in the number of bytes; nothing is copied.
public func sha256Digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
        let done = EVP_Digest(bytes.baseAddress, bytes.count, digest.baseAddress, nil, EVP_sha256(), nil)
        precondition(done == 1, "libcrypto refuses to compute SHA-256")
        count = 32
    }
}

/// The SHA-256 digest (FIPS 180-4) of `bytes`: 32 bytes.
///
/// Complexity: linear; a sequence without contiguous storage is copied once.
public func sha256Digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    bytes.withContiguousStorageIfAvailable { sha256Digest(UnsafeRawBufferPointer($0)) }
        ?? Array(bytes).withUnsafeBytes { sha256Digest($0) }
}

/// The SHA-256 of `bytes` as 64 lowercase hexadecimal digits, as `sha256sum` prints it.
public func sha256(_ bytes: UnsafeRawBufferPointer) -> String {
    hexadecimal(sha256Digest(bytes))
}

/// The SHA-256 of `bytes` as 64 lowercase hexadecimal digits, as `sha256sum` prints it.
public func sha256(_ bytes: some Sequence<UInt8>) -> String {
    hexadecimal(sha256Digest(bytes))
}

/// Two lowercase hexadecimal digits for each byte, in the order of `bytes`.
public func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
