import Foundation

Interrupt.install()
FreedMemory.keep()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
