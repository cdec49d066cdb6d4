"""Inputs for all functions of a file, those that have a meaning, and what the schedule
means for each."""

import dataclasses
import os
import pathlib
import random
import re
import subprocess
import typing

import inputs
import native

BUILD = pathlib.Path(os.environ.get("GAUS_BUILD",
                                    pathlib.Path(__file__).resolve().parents[2] / "build"))
MOST_TRIES = 50
MOST_AHEAD = 16
DIFFERS = "differs by gaus-replay: "


class Refused(Exception):
    """What cannot become hardware, or has no input with a meaning."""


@dataclasses.dataclass
class Programs:
    """The program as it is; and, where there are some, so that it fails where it has no
    meaning, and so that it does something else where it reads what nobody wrote."""
    plain: pathlib.Path
    checked: pathlib.Path | None = None
    other: pathlib.Path | None = None

    def have_meaning(self, calls, folder):
        """By call (function, arguments)."""
        if not calls:
            return []
        if self.checked and not native.run(self.checked, calls, folder):
            return [len(calls) > 1 and self.have_meaning([c], folder)[0] for c in calls]
        if not self.other:
            return [True for _ in calls]
        other, plain = (native.run(p, calls, folder) for p in (self.other, self.plain))
        return [a == b for a, b in zip(other, plain)]


class Meant(typing.NamedTuple):
    """What the schedule means for a call: its cycles, and how often it accesses each
    argument that is a stream."""
    cycles: int
    accesses: dict


def replayed(placed, calls, folder):
    """By call: what the schedule means; None if the program does what has no meaning, a
    text if there is another reason why there is nothing."""
    lines = []
    for k, (function, drawn) in enumerate(calls):
        passed = []
        for p, (_, data) in zip(function.parameters, drawn):
            if p.is_memory:
                file = folder / f"replay_{k}_{p.name}.bin"
                file.write_bytes(data)
                passed.append(f"<{file}")
            else:
                passed.append(str(int.from_bytes(data, "little", signed=True)))
        lines.append(f"{function.name} {','.join(passed)}\n")
    (folder / "calls.txt").write_text("".join(lines))
    done = subprocess.run(
        [BUILD / "bin/gaus-replay", placed, "--fifos",
         f"--calls={folder / 'calls.txt'}"], capture_output=True, text=True)
    said, accesses = [], {}
    for argument, count, kind, cycles in re.findall(
            r"^(?:fifo @.* arg(\d+) (\d+)|@.*: (?:(undefined|unsupported|differs)|"
            r"as in order, \d+ operations in (\d+) cycles))", done.stdout, re.M):
        if argument:
            accesses[int(argument)] = int(count)
            continue
        said.append(None if kind == "undefined" else kind or Meant(int(cycles), accesses))
        accesses = {}
    if len(said) != len(calls) or any(isinstance(s, str) for s in said):
        if len(calls) > 1:
            return [replayed(placed, [c], folder)[0] for c in calls]
        if "more operations than are" in done.stderr:
            return [None]
        return [(DIFFERS if ": differs" in done.stdout else "gaus-replay: ") +
                (done.stderr or done.stdout).strip()[:300]]
    return said


class Drawer:
    """The inputs of one function. What is drawn follows from those before; several are
    drawn ahead as if all had a meaning, and what was drawn behind one that has none is
    forgotten."""

    def __init__(self, function, arguments):
        self.function = function
        self.random = random.Random(f"{arguments.seed} {function.name}")
        self.wanted, self.least = arguments.runs, arguments.elements
        self.elements = self.least
        self.runs = []  # (arguments, what is meant)
        self.tries = self.wrong = 0
        self.window = 4
        self.drawn = []  # (arguments, state behind them)
        self.refused = None

    def is_done(self):
        return self.refused is not None or len(self.runs) == self.wanted

    def ahead(self):
        """Calls that are to be judged next."""
        self.drawn, tries = [], self.tries
        for k in range(min(self.window, self.wanted - len(self.runs))):
            drawn = inputs.draw(self.function, self.random, self.elements, tries)
            self.drawn.append((drawn, self.random.getstate()))
            tries = self.style_after(len(self.runs) + k + 1)
        return [(self.function, drawn) for drawn, _ in self.drawn]

    @staticmethod
    def style_after(runs):
        return 0 if runs % 3 else 1

    def judge(self, all_meant):
        """Of those calls; None where one has no meaning."""
        for (drawn, state), meant in zip(self.drawn, all_meant):
            if isinstance(meant, str):
                self.refused = meant
                return
            if meant is None:
                self.random.setstate(state)
                self.try_again()
                return
            self.runs.append((drawn, meant))
            self.tries = self.style_after(len(self.runs))
        self.window = min(2 * self.window, MOST_AHEAD)

    def try_again(self):
        self.tries, self.wrong, self.window = self.tries + 1, self.wrong + 1, 1
        # Where few inputs have a meaning, these do the least.
        if self.wrong >= 4 and self.elements < 16 * self.least:
            self.elements, self.runs, self.wrong = 2 * self.elements, [], 0
        if self.tries > MOST_TRIES:
            self.refused = "no input was found for which the C function has a meaning"


def draw(programs, placed, functions, folder, arguments):
    """A drawer for each function, done."""
    drawers = [Drawer(f, arguments) for f in functions]
    while left := [d for d in drawers if not d.is_done()]:
        ahead = [d.ahead() for d in left]
        calls = [call for own in ahead for call in own]
        meant = replayed(placed, calls, folder)
        known = [k for k, m in enumerate(meant) if isinstance(m, Meant)]
        meaning = programs.have_meaning([calls[k] for k in known], folder)
        for k, has_one in zip(known, meaning):
            meant[k] = meant[k] if has_one else None
        for d, own in zip(left, ahead):
            d.judge(meant[:len(own)])
            del meant[:len(own)]
    return drawers
