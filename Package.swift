// swift-tools-version: 6.2
import PackageDescription

/// Settings that every Swift target of the package shares: language mode 6 (below), warnings are errors.
let swift: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swift)
}

let package = Package(
    name: "hwgen",
    products: [
        .executable(name: "hwgen", targets: ["hwgen"]),
        .library(name: "BitVectors", targets: ["BitVectors"]),
        .library(name: "HDL", targets: ["HDL"]),
        .library(name: "Verilog", targets: ["Verilog"]),
        .library(name: "Simulation", targets: ["Simulation"]),
        .library(name: "Components", targets: ["Components"]),
        .library(name: "WaveTesting", targets: ["WaveTesting"]),
        .library(name: "Formal", targets: ["Formal"]),
        .library(name: "Randomness", targets: ["Randomness"]),
        .library(name: "Spintronics", targets: ["Spintronics"]),
        .library(name: "Sensing", targets: ["Sensing"]),
        .library(name: "Network", targets: ["Network"]),
        .library(name: "Learning", targets: ["Learning"]),
        .library(name: "Engine", targets: ["Engine"]),
        .library(name: "Golden", targets: ["Golden"]),
        .library(name: "CoSim", targets: ["CoSim"]),
        .library(name: "Verification", targets: ["Verification"]),
    ],
    targets: [
        // Libraries of the system, found by pkg-config.
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The language: no C in the next six targets, so that others can depend on them alone.
        library("BitVectors"),
        library("HDL", ["BitVectors"]),
        library("Verilog", ["HDL", "BitVectors"]),
        library("Simulation", ["HDL", "BitVectors"]),
        library("Components", ["HDL", "BitVectors"]),
        library("WaveTesting"),

        // Proofs and synthesis, and designs that people know.
        library("Formal", ["HDL", "BitVectors", "Verilog", "Tools"]),
        library("Examples", ["HDL", "BitVectors", "Components"]),

        // Networks and chance.
        library("Randomness"),
        library("Hashing", ["CCrypto"]),
        library("Network", ["Hashing"]),
        library("Learning", ["Network", "Randomness", "Hashing", "CZlib"]),

        // Files and programs of the system, and figures.
        library("Tools"),
        library("Figures", ["Tools"]),

        // Device physics, and the files that describe devices.
        .target(name: "CLanes"),
        library("Spintronics", ["Randomness", "CLanes"]),
        library("Sensing", ["Randomness"]),
        library("Configuration", ["CShims"]),
        library("Devices", ["Spintronics", "Sensing", "Configuration"]),

        // Hardware and its behavioural twin.
        library("Engine", ["HDL", "Components"]),
        library("Golden", ["Randomness", "Network", "Spintronics", "Sensing"]),

        // Co-simulation.
        .target(name: "CCoSim"),
        library("CoSim", ["CCoSim", "Hashing", "HDL", "Verilog"]),
        library(
            "Verification",
            [
                "Engine", "Components", "Formal", "Golden", "CoSim", "Network", "Randomness", "Verilog", "HDL",
                "Hashing", "Tools",
            ]),

        // The command line.
        .target(name: "CShims"),
        .executableTarget(
            name: "hwgen",
            dependencies: [
                "Verification", "Learning", "Network", "Golden", "Engine", "Verilog", "CoSim", "CShims",
                "Hashing", "HDL", "Examples", "Formal", "Configuration", "Devices", "Spintronics", "Sensing", "Tools",
                "Figures",
            ], swiftSettings: swift),

        // Tests; CRandom123 is the published Philox, used as an oracle only, RandomCircuits what several tests draw.
        .target(name: "CRandom123", path: "Tests/CRandom123"),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: swift),
        tests("BitVectorsTests", ["BitVectors"]),
        .target(
            name: "RandomCircuits", dependencies: ["BitVectors", "HDL", "Simulation", "Verilog"],
            path: "Tests/RandomCircuits", swiftSettings: swift),
        tests("RandomCircuitsTests", ["RandomCircuits", "Simulation", "Verilog", "HDL", "BitVectors"]),
        tests("HDLTests", ["HDL", "Verilog", "Simulation", "RandomCircuits"]),
        tests("SimulationTests", ["Simulation", "HDL", "BitVectors", "Verilog", "RandomCircuits"]),
        tests("WaveTestingTests", ["WaveTesting", "Simulation", "HDL", "BitVectors"], exclude: ["Waves"]),
        tests("ComponentsTests", ["Components", "Simulation", "Verilog", "HDL", "BitVectors", "Formal"]),
        tests("FormalTests", ["Formal", "Engine", "Simulation", "Components", "Verilog", "HDL", "BitVectors"]),
        tests("GuideTests", ["Simulation", "Verilog", "HDL", "BitVectors"]),
        tests("ExamplesTests", ["Examples", "Simulation", "Verilog", "HDL", "BitVectors"]),
        tests("RandomnessTests", ["Randomness", "CRandom123", "TestSupport"]),
        tests("FiguresTests", ["Figures", "Tools"]),
        tests("ConfigurationTests", ["Configuration", "TestSupport"]),
        tests("DevicesTests", ["Devices", "Sensing", "Spintronics", "Configuration", "TestSupport"]),
        tests("SpintronicsTests", ["Spintronics", "CLanes", "Randomness", "TestSupport"], exclude: ["Reference"]),
        tests("SensingTests", ["Sensing", "Randomness", "TestSupport"], exclude: ["Reference"]),
        tests("NetworkTests", ["Network", "Hashing"], exclude: ["Oracle"]),
        tests("LearningTests", ["Learning", "Network", "Golden"]),
        tests(
            "EngineTests",
            [
                "Engine", "Tools", "Golden", "Spintronics", "Sensing", "Devices", "Verification", "CoSim", "HDL",
                "Verilog", "Network", "Randomness", "Simulation",
            ]),
        tests("CoSimTests", ["CoSim"]),
        tests(
            "hwgenTests",
            ["hwgen", "HDL", "Network", "Learning", "Randomness", "Configuration", "Sensing", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17,
    cxxLanguageStandard: .cxx20
)
