import HDL
import Verilog

/// Counts the cycles in which it is enabled, modulo 256.
struct EventCounter: Module {
    struct Ports: SignalBundle {
        let enable = Input()
        let count = Output(8)
    }

    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let count = m.register("count", 8)
        when(m.enable) { count.next(count + 1) }
        m.count.drive(count)
    }
}

let emission = try emit(elaborate(EventCounter()))
for module in emission.modules { print(String(decoding: module.bytes, as: UTF8.self), terminator: "") }
