import Foundation

Interrupt.install()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
