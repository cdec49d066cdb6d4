#!/usr/bin/env python3
"""Random C functions that have a meaning for every input.

Loops whose trips are known, follow from an argument or from data, nested or not,
with conditions, early ends and values that go around; arrays that are read and
written at regular and irregular places; integers of several widths and floats. With
calls, functions that are not inlined, of numbers alone or also of the arrays, are called
in expressions, also by each other. With streams some arrays are accessed element after
element, by one access each.

    random_c.py SEED [calls|streams]   prints a file with one function f<SEED>
"""

import random
import sys

ELEMENTS = 64
STATIC = "__attribute__((noinline)) static "
INTEGERS = ["int", "unsigned", "short", "unsigned char", "long"]


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.depth = 1
        self.names = []  # of integers in reach
        self.floats = []
        self.counters = []
        self.fresh = 0
        self.arrays = [(f"a{k}", self.random.choice(INTEGERS)) for k in range(2)]
        self.has_floats = self.random.random() < 0.3
        self.helpers = []  # (name, whether it takes arrays)
        self.streams = []  # (name, type)

    def say(self, text):
        self.lines.append("  " * self.depth + text)

    def name(self, prefix):
        self.fresh += 1
        return f"{prefix}{self.fresh}"

    def place(self):
        """A subscript within bounds: regular, or by data."""
        if self.counters and self.random.random() < 0.7:
            counter = self.random.choice(self.counters)
            form = self.random.choice(["{0}", "{0} + {1}", "2 * {0}", "{1} - {0}"])
            return f"({form.format(counter, self.random.randrange(4))}) & 63"
        return f"({self.expression(1)}) & 63"

    def leaf(self):
        choice = self.random.random()
        if choice < 0.45 and self.names:
            return self.random.choice(self.names)
        if choice < 0.75:
            array = self.random.choice(self.arrays)[0] if self.arrays else ""
            if array and self.depth < 8:
                self.depth += 4  # subscripts of subscripts end
                text = f"(int){array}[{self.place()}]"
                self.depth -= 4
                return text
        return str(self.random.choice([0, 1, 2, 3, 7, 31, 100, 255, 4096]))

    def expression(self, size):
        if size <= 0:
            return self.leaf()
        a, b = self.expression(size - 1), self.expression(size - 2)
        if self.helpers and self.random.random() < 0.25:
            return self.call(a, b)
        form = self.random.choice([
            "(int)((unsigned){0} + {1})", "(int)((unsigned){0} - {1})",
            "(int)((unsigned){0} * {1})", "({0} ^ {1})", "({0} & {1})",
            "({0} | {1})", "({0} >> ({1} & 7))", "(int)((unsigned){0} << ({1} & 7))",
            "({0} < {1} ? {0} : {1})", "({0} > {1})", "(short){0}",
            "({0} == {1} ? 3 : {0})", "(unsigned char){0}", "({0} / (({1} & 7) + 1))",
            "({0} % (({1} & 7) + 2))"])
        return form.format(a, b)

    def call(self, a, b):
        helpers = [h for h in self.helpers if self.arrays or not h[1]]
        if not helpers:
            return a
        name, takes_arrays = self.random.choice(helpers)
        if not takes_arrays:
            return f"{name}({a}, {b})"
        passed = [array for array, _ in self.arrays] + ["x"] * self.has_floats
        if self.arrays[0][1] == self.arrays[1][1] and self.random.random() < 0.3:
            passed[:2] = passed[1::-1]
        return f"{name}({', '.join(passed)}, {a})"

    def assign(self):
        if self.has_floats and self.random.random() < 0.3:
            target = self.random.choice(self.floats)
            self.say(f"{target} = {target} * 0.5f + x[{self.place()}];")
            return
        if self.names and self.random.random() < 0.6:
            own = [n for n in self.names if n.startswith("v")]
            if own:
                self.say(f"{self.random.choice(own)} = {self.expression(2)};")
                return
        array, kind = self.random.choice(self.arrays)
        self.say(f"{array}[{self.place()}] = ({kind}){self.expression(2)};")

    def condition(self, size):
        self.say(f"if ({self.expression(1)} & 1) {{")
        self.block(size)
        if self.random.random() < 0.5:
            self.say("} else {")
            self.block(size)
        self.say("}")

    def loop(self, size):
        counter = self.name("i")
        trips = self.random.choice(["n & 15", "5", "9", "(n & 7) + 1"])
        step = self.random.choice(["++{0}", "{0} += 2", "++{0}"])
        self.say(f"for (int {counter} = 0; {counter} < ({trips}); "
                 f"{step.format(counter)}) {{")
        self.counters.append(counter)
        self.names.append(counter)
        self.block(size)
        if self.random.random() < 0.25:
            self.say(f"  if (({self.expression(1)} & 15) == 3) break;")
        self.counters.pop()
        self.names.remove(counter)
        self.say("}")

    def search(self):
        """A loop that data ends."""
        steps, value = self.name("s"), self.name("w")
        self.say(f"int {value} = {self.expression(1)}, {steps} = 0;")
        self.say(f"while (({value} & 7) != 5 && {steps} < 12) {{")
        self.say(f"  {value} = (int)((unsigned){value} * 5u + 3u) ^ "
                 f"(int)a0[{value} & 63];")
        if self.random.random() < 0.5:
            self.say(f"  a1[{steps}] = {value};")
        self.say(f"  ++{steps};")
        self.say("}")
        self.names += [value]

    def block(self, size):
        self.depth += 1
        known = len(self.names)
        for _ in range(self.random.randint(1, 3)):
            choice = self.random.random()
            if size > 0 and choice < 0.35:
                self.loop(size - 1)
            elif size > 0 and choice < 0.55:
                self.condition(size - 1)
            elif size > 0 and choice < 0.65:
                self.search()
            else:
                self.assign()
        del self.names[known:]
        self.depth -= 1

    def of_streams(self, streams):
        """A loop that takes an element of each stream in each iteration, or in some."""
        known, maybe = len(self.names), self.random.random() < 0.2
        # Those that some iterations leave out have counts of their own.
        own = {s: f"k_{s}" for s, _ in streams if self.random.random() < 0.25}
        for count in own.values():
            self.say(f"int {count} = 0;")
        if maybe:
            self.say(f"if ({self.expression(1)} & 1)")
        counter = self.name("i")
        trips = self.random.choice(["n & 15", "5", "9", "(n & 7) + 1"])
        self.say(f"for (int {counter} = 0; {counter} < ({trips}); ++{counter}) {{")
        self.depth += 1
        self.counters.append(counter)
        self.names.append(counter)
        for name, kind in streams:
            if self.random.random() < 0.3:
                self.block(self.random.randrange(2))
            if self.random.random() < 0.2:
                self.say(f"if (({self.expression(1)} & 15) == 3) break;")
            when, place = "", counter
            if name in own:
                when, place = f"if ({self.expression(1)} & 1) ", f"{own[name]}++"
            if name.startswith("in"):
                value = self.name("e")
                self.say(f"int {value} = 0;")
                self.say(f"{when}{value} = (int){name}[{place}];")
                self.names.append(value)
                self.say(f"v{self.random.randrange(2)} ^= {value};")
            else:
                self.say(f"{when}{name}[{place}] = ({kind}){self.expression(2)};")
        self.counters.pop()
        del self.names[known:]
        self.depth -= 1
        self.say("}")

    def all_streams(self):
        """One or two loops; each stream is of one of them."""
        self.random.shuffle(self.streams)
        cut = self.random.randint(1, len(self.streams))
        for some in (self.streams[:cut], self.streams[cut:]):
            if some:
                self.of_streams(some)

    def of_numbers(self, name):
        """A function of two numbers."""
        self.arrays, self.has_floats, self.names = [], False, ["n", "m"]
        if self.random.random() < 0.4:
            self.say("int v0 = n;")
            self.say(f"for (int i = 0; i < (m & {self.random.choice([3, 7])}); ++i)")
            self.say(f"  v0 = {self.expression(2)} + i;")
            self.names.append("v0")
        self.say(f"return {self.expression(2)};")
        return "\n".join([f"{STATIC}int {name}(int n, int m) {{", *self.lines, "}"])

    def with_helpers(self, name):
        """The function, and before it those that it calls."""
        text = []
        for k in range(self.random.randint(1, 3)):
            helper = Writer(f"{name} {k}")
            helper.arrays, helper.has_floats = self.arrays, self.has_floats
            helper.helpers = list(self.helpers)
            own = f"{name}_h{k}"
            takes_arrays = self.random.random() < 0.5
            text.append(helper.function(own, size=1, kind=STATIC) if takes_arrays
                        else helper.of_numbers(own))
            self.helpers.append((own, takes_arrays))
        return "\n".join([*text, self.function(name, size=2)])

    def function(self, name, size=3, kind=""):
        # What a static function gets may overlap, as far as a compiler knows.
        apart = "" if kind else "restrict "
        parameters = [f"{of} *{apart}{array}" for array, of in self.arrays + self.streams]
        if self.has_floats:
            parameters.append(f"float *{apart}x")
        self.names = ["n"]
        head = f"{kind}int {name}({', '.join(parameters)}, int n) {{"
        for k in range(2):
            self.say(f"int v{k} = {self.leaf()};")
            self.names.append(f"v{k}")
        if self.has_floats:
            self.say("float y0 = x[0], y1 = 1.5f;")
            self.floats = ["y0", "y1"]
        self.block(size if not self.streams else 0)
        if self.streams:
            self.all_streams()
        if not kind:
            self.loop(1)
        if self.has_floats:
            self.say("x[1] = y0 + y1;")
        self.say("return v0 ^ v1;")
        return "\n".join([head, *self.lines, "}"]) + "\n"


STREAMS = ["in0", "in1", "out0", "out1"]


def source(seed, calls=False, streams=False):
    writer = Writer(f"calls {seed}" if calls else f"streams {seed}" if streams else seed)
    if streams:
        writer.streams = [(s, writer.random.choice(INTEGERS)) for s in STREAMS]
    return writer.with_helpers(f"f{seed}") if calls else writer.function(f"f{seed}")


if __name__ == "__main__":
    sys.stdout.write(source(int(sys.argv[1]), "calls" in sys.argv[2:],
                            "streams" in sys.argv[2:]))
