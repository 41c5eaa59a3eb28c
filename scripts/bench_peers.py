#!/usr/bin/env python3
"""The popcount array of Sources/Examples/PopcountArray in Amaranth and in PyRTL, timed.

    scripts/bench-peers TOOL STYLE SHAPE LANES COLUMNS

TOOL amaranth-rtlil, amaranth-verilog or pyrtl; STYLE native, word or gate; SHAPE flat or columns. Both languages lack a
count of ones, so native is the tree of additions there. Prints a JSON object: seconds of processor time for
elaboration and emission (imports not counted, children counted), wall_seconds, nodes, bytes, version.
"""

import argparse
import gc
import io
import json
import resource
import time

ACCUMULATOR_WIDTH = 24


def processor_seconds():
    """User time of this process and of the children that it waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


class Gates:
    """Adders made of single gates. `gate` names the result of one; the languages differ only there."""

    def __init__(self, gate):
        self.gate = gate

    def half(self, a, b):
        return self.gate(a ^ b), self.gate(a & b)

    def full(self, a, b, c):
        partial = self.gate(a ^ b)
        both, through = self.gate(a & b), self.gate(partial & c)
        return self.gate(partial ^ c), self.gate(both | through)

    def count(self, bits):
        """The number of ones, lowest bit first: adders leave one bit of each weight."""
        total = []
        while bits:
            queue, carries, first = list(bits), [], 0
            while len(queue) - first > 1:
                taken = min(3, len(queue) - first)
                terms = queue[first:first + taken]
                low, high = self.full(*terms) if taken == 3 else self.half(*terms)
                first += taken
                queue.append(low)
                carries.append(high)
            total.append(queue[first])
            bits = carries
        return total

    def add(self, augend, addend):
        """The sum, as long as the augend; nobody reads the last carry."""
        total, carry = [], []
        for place, bit in enumerate(augend):
            terms = [bit, *addend[place:place + 1], *carry]
            if place == len(augend) - 1:
                last = terms[0]
                for term in terms[1:]:
                    last = self.gate(last ^ term)
                total.append(last)
                break
            low, high = self.full(*terms) if len(terms) == 3 else self.half(*terms)
            total.append(low)
            carry = [high]
        return total


def sum_tree(items):
    """A balanced tree of additions of two."""
    while len(items) > 1:
        pairs = [items[i] + items[i + 1] for i in range(0, len(items) - 1, 2)]
        items = pairs + items[len(pairs) * 2:]
    return items[0]


def run_amaranth(options):
    import amaranth
    from amaranth.back import rtlil, verilog
    from amaranth.hdl import Cat, Elaboratable, Fragment, Module, Signal

    nodes = 0

    def column(m, prefix, activation, weight, clear, enable, total):
        made = 0

        def gate(value):
            nonlocal made
            made += 1
            signal = Signal(1, name=f"{prefix}n{made}")
            m.d.comb += signal.eq(value)
            return signal

        lanes = range(options.lanes)
        if options.style == "gate":
            gates = Gates(gate)
            count = gates.count([gate(activation[i] & weight[i]) for i in lanes])
            following = Cat(*gates.add(list(total), count))
        else:
            following = total + sum_tree([activation[i] & weight[i] for i in lanes])
            made += 2 * options.lanes
        with m.If(clear):
            m.d.sync += total.eq(0)
        with m.Elif(enable):
            m.d.sync += total.eq(following)
        nonlocal nodes
        nodes += made

    class Column(Elaboratable):
        def __init__(self, *signals):
            self.signals = signals

        def elaborate(self, platform):
            m = Module()
            column(m, "", *self.signals)
            return m

    class Array(Elaboratable):
        def __init__(self):
            self.activation = Signal(options.lanes)
            self.clear = Signal()
            self.enable = Signal()
            self.weights = [Signal(options.lanes, name=f"weight_{c}") for c in range(options.columns)]
            self.totals = [Signal(ACCUMULATOR_WIDTH, name=f"sum_{c}") for c in range(options.columns)]

        def elaborate(self, platform):
            m = Module()
            for c, (weight, total) in enumerate(zip(self.weights, self.totals)):
                signals = (self.activation, weight, self.clear, self.enable, total)
                if options.shape == "flat":
                    column(m, f"c{c}_", *signals)
                else:
                    m.submodules[f"column_{c}"] = Column(*signals)
            return m

    def work():
        array = Array()
        ports = [array.activation, array.clear, array.enable, *array.weights, *array.totals]
        back = rtlil if options.tool == "amaranth-rtlil" else verilog
        return back.convert(Fragment.get(array, None), ports=ports, name="popcount_array")

    return work, lambda: nodes, amaranth.__version__


def run_pyrtl(options):
    import importlib.metadata

    import pyrtl

    nets = 0

    def work():
        nonlocal nets
        pyrtl.reset_working_block()
        activation = pyrtl.Input(options.lanes, "activation")
        clear, enable = pyrtl.Input(1, "clear"), pyrtl.Input(1, "enable")
        for c in range(options.columns):
            weight = pyrtl.Input(options.lanes, f"weight_{c}")
            out = pyrtl.Output(ACCUMULATOR_WIDTH, f"sum_{c}")
            total = pyrtl.Register(ACCUMULATOR_WIDTH, f"total_{c}")
            products = [activation[i] & weight[i] for i in range(options.lanes)]
            if options.style == "gate":
                gates = Gates(lambda value: value)
                following = pyrtl.concat_list(gates.add(list(total), gates.count(products)))
            else:
                following = (total + sum_tree(products))[:ACCUMULATOR_WIDTH]
            with pyrtl.conditional_assignment:
                with clear:
                    total.next |= 0
                with enable:
                    total.next |= following
            out <<= total
        nets = len(pyrtl.working_block().logic)
        pyrtl.working_block().sanity_check()
        text = io.StringIO()
        pyrtl.output_to_verilog(text, add_reset=True)
        return text.getvalue()

    return work, lambda: nets, importlib.metadata.version("pyrtl")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool", choices=["amaranth-rtlil", "amaranth-verilog", "pyrtl"])
    parser.add_argument("style", choices=["native", "word", "gate"])
    parser.add_argument("shape", choices=["flat", "columns"])
    parser.add_argument("lanes", type=int)
    parser.add_argument("columns", type=int)
    parser.add_argument("--output", help="file for the text")
    options = parser.parse_args()
    work, nodes, version = (run_pyrtl if options.tool == "pyrtl" else run_amaranth)(options)
    gc.collect()
    wall, start = time.perf_counter(), processor_seconds()
    text = work()
    seconds, wall = processor_seconds() - start, time.perf_counter() - wall
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)
    print(json.dumps({
        "tool": options.tool, "version": version, "seconds": seconds, "wall_seconds": wall, "nodes": nodes(),
        "bytes": len(text)}))


if __name__ == "__main__":
    main()
