// swift-tools-version: 6.2
import PackageDescription

/// A package that uses the language and nothing else of hwgen, as a user's package does.
let package = Package(
    name: "Outside",
    dependencies: [.package(name: "hwgen", path: "../..")],
    targets: [
        .executableTarget(
            name: "Outside",
            dependencies: [
                .product(name: "HDL", package: "hwgen"), .product(name: "Verilog", package: "hwgen"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
