"""One C file: every function through schedule, hardware and both simulations."""

import dataclasses
import math
import os
import pathlib
import random
import re
import struct
import subprocess
import sys

import importing
import inputs
import mlir_program
import native
import signatures
import test_bench

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("GAUS_BUILD", ROOT / "build"))
MOST_TRIES = 50


@dataclasses.dataclass
class Programs:
    """The C file, as it is; so that it fails where it has no meaning; and, where there
    is one, so that it does something else where it reads what nobody wrote."""
    plain: pathlib.Path
    checked: pathlib.Path
    other: pathlib.Path | None = None

    def has_meaning(self, function, drawn, folder):
        if not native.run(self.checked, function, [drawn], folder):
            return False
        return self.other is None or (
            native.run(self.other, function, [drawn], folder) ==
            native.run(self.plain, function, [drawn], folder))


class Refused(Exception):
    """What cannot become hardware, or has no input with a meaning."""


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode:
        first = next((line for line in done.stderr.splitlines() if "error:" in line),
                     done.stderr.strip()[:300])
        raise Refused(first)
    return done.stdout


def scheduled(kernel, folder, arguments):
    """The whole file under the library, with starts."""
    source = kernel if kernel.suffix == ".mlir" else importing.from_c(kernel, folder, run)
    options = f"={arguments.schedule}" if arguments.schedule else ""
    placed = folder / "scheduled.mlir"
    library = [] if "gaus.library" in source.read_text() else [
        f"--gaus-use-library=library={arguments.library}"]
    run(BUILD / "bin/gaus-opt", *library, f"--gaus-schedule{options}", f"--gaus-bind=share={arguments.share}",
        "--gaus-verify", "--mlir-print-debuginfo",
        source, "-o", placed)
    return placed


def replay(placed, function, drawn, folder):
    """The cycles that the schedule means for this input; None if the program does
    what has no meaning."""
    passed = []
    for p, (name, data) in zip(function.parameters, drawn):
        if p.is_memory:
            file = folder / f"replay_{name}.bin"
            file.write_bytes(data)
            passed.append(f"<{file}")
        else:
            passed.append(str(int.from_bytes(data, "little", signed=True)))
    done = subprocess.run(
        [BUILD / "bin/gaus-replay", placed, f"--function={function.name}",
         f"--args={','.join(passed)}"], capture_output=True, text=True)
    if done.returncode == 2 or "more operations than are" in done.stderr:
        return None
    found = re.search(r"as in order, \d+ operations in (\d+) cycles", done.stdout)
    if not found:
        raise Refused("gaus-replay: " + (done.stderr or done.stdout).strip()[:300])
    return int(found[1])


def draw_runs(programs, placed, function, folder, arguments):
    """(arguments, cycles) of each run; and the elements that it took."""
    generator = random.Random(f"{arguments.seed} {function.name}")
    elements, runs, tries, wrong = arguments.elements, [], 0, 0
    while len(runs) < arguments.runs:
        drawn = inputs.draw(function, generator, elements, tries)
        cycles = replay(placed, function, drawn, folder)
        if cycles is not None and programs.has_meaning(function, drawn, folder):
            runs.append((drawn, cycles))
            tries = 0 if len(runs) % 3 else 1
            continue
        tries, wrong = tries + 1, wrong + 1
        # Where few inputs have a meaning, these do the least.
        if wrong >= 4 and elements < 16 * arguments.elements:
            elements, runs, wrong = 2 * elements, [], 0
        if tries > MOST_TRIES:
            raise Refused("no input was found for which the C function has a "
                          "meaning")
    return runs, elements


def write_inputs(ports, function, runs, folder):
    """Files for the test bench; the words of each memory."""
    words, values = {}, []
    memories = {m["name"]: m for m in ports["memories"]}
    for k, (drawn, _) in enumerate(runs):
        for p, argument, (_, data) in zip(function.parameters, ports["arguments"],
                                          drawn):
            if not p.is_memory:
                values.append(int.from_bytes(data, "little"))
                continue
            m = memories[argument["name"]]
            (folder / f"in{k}_{m['name']}.hex").write_text(
                test_bench.to_words(data, m["bytes"]))
            words[m["name"]] = -(-len(data) // m["bytes"])
    (folder / "values.hex").write_text(
        "".join(f"{v:016x}\n" for v in values) or "0\n")
    return words


def expected_of(folder, function):
    """What the C function made of the inputs that were run last in a folder."""
    data = (folder / "native.in").read_bytes()
    runs, at = [], 0
    while at < len(data):
        at += 8
        arguments = []
        for p in function.parameters:
            size = 8
            if p.is_memory:
                size = int.from_bytes(data[at:at + 8], "little")
                at += 8
            arguments.append((p.name, data[at:at + size]))
            at += size
        runs.append(arguments)
    return native.run(folder / "native", function, runs, folder)


def both_nan(p, right, got, at):
    """Whether the byte belongs to numbers that both are none: C does not say by
    which bits."""
    for offset, kind, size in p.fields:
        begin = at - at % p.bytes + offset
        if kind == "f" and begin <= at < begin + size:
            pair = [bytes(x or 0 for x in data[begin:begin + size])
                    for data in (right, got)]
            return all(math.isnan(struct.unpack("<f" if size == 4 else "<d", x)[0])
                       for x in pair)
    return False


def difference(ports, function, folder, k, expected, cycles, line):
    """What of run `k` is not as it should be; None if all is."""
    said = line.split()
    if int(said[0]) < 0:
        return f"run {k}: does not end"
    after = iter(expected)
    for p, argument in zip(function.parameters, ports["arguments"]):
        if not p.is_memory:
            continue
        right, m = next(after), argument["name"]
        size = next(x["bytes"] for x in ports["memories"] if x["name"] == m)
        got = test_bench.from_words(folder / f"out{k}_{m}.hex", size)
        for at, byte in enumerate(right):
            if got[at] != byte and not both_nan(p, right, got, at):
                found = "unknown" if got[at] is None else f"{got[at]:#04x}"
                return (f"run {k}: byte {at} of '{p.name}' is {found}, "
                        f"in C {byte:#04x}")
    for r, text in zip(ports["results"], said[1:]):
        right = int.from_bytes(next(after), "little") % 2 ** r["bits"]
        if text != f"{right:0{-(-r['bits'] // 4)}x}":
            return f"run {k}: the result is {text}, in C {right:x}"
    if int(said[0]) != cycles:
        return f"run {k}: {said[0]} cycles, by the schedule {cycles}"
    return None


def through_circt(placed, function, folder, library):
    """The Verilog that CIRCT makes of the exported hw module."""
    module = folder / "module.mlir"
    run(BUILD / "bin/gaus-translate", "--export-hw", f"--scope={function.name}",
        placed, "-o", module)
    script = pathlib.Path(__file__).with_name("circt.py")
    run(sys.executable, script, library, module, folder / "circt.v")
    return (folder / "circt.v").read_text()


def one(programs, function, placed, folder, arguments):
    """The text of the verdict, and whether all is the same; `programs` is a text
    where C itself cannot be run."""
    verilog = run(BUILD / "bin/gaus-translate", "--export-verilog",
                  f"--scope={function.name}", placed)
    (folder / "module.v").write_text(
        through_circt(placed, function, folder, arguments.circt)
        if arguments.circt else verilog)
    ports = test_bench.interface(verilog)
    if isinstance(programs, str):
        raise Refused(programs)
    runs, elements = draw_runs(programs, placed, function, folder, arguments)
    words = write_inputs(ports, function, runs, folder)
    most = 10 * max(c for _, c in runs) + 1000
    (folder / "test_bench.v").write_text(
        test_bench.text(ports, words, len(runs), most))
    expected = native.run(programs.plain, function, [drawn for drawn, _ in runs], folder)
    wrong = test_bench.simulate(folder, arguments.simulator, arguments.modules)
    if wrong:
        return wrong, False
    lines = (folder / "out.txt").read_text().splitlines()
    for k, line in enumerate(lines):
        wrong = difference(ports, function, folder, k, expected[k], runs[k][1], line)
        if wrong:
            return wrong, False
    if len(lines) != len(runs):
        return f"{len(lines)} of {len(runs)} runs ended", False
    least, most = min(c for _, c in runs), max(c for _, c in runs)
    cycles = f"{least}" if least == most else f"{least} to {most}"
    return (f"same in {len(runs)} runs of {elements} elements, {cycles} cycles as "
            "scheduled"), True


def programs_of(path, known, folder):
    if path.suffix == ".mlir":
        # Whether an input has a meaning, the replay alone says.
        program = mlir_program.build(path, known, folder)
        return Programs(program, program)
    return Programs(native.build_started(path, known, folder, importing.FLAGS, "zero"),
                    native.build_checked(path, known, folder, importing.FLAGS),
                    native.build_started(path, known, folder, importing.FLAGS, "pattern"))


def kernel(path, folder, arguments):
    """(function, verdict, text) of each function."""
    found = (mlir_program.functions(path) if path.suffix == ".mlir"
             else signatures.functions(path, importing.FLAGS))
    if arguments.function:
        if arguments.function not in found:
            raise SystemExit(f"error: {path} defines no function "
                             f"'{arguments.function}' (or only a static one)")
        found = {arguments.function: found[arguments.function]}
    known = [f for f in found.values() if not isinstance(f, str)]
    try:
        placed = scheduled(path, folder, arguments)
    except Refused as reason:
        for name in found:
            yield name, "refused", f"refused: {reason}"
        return
    try:
        programs = programs_of(path, known, folder)
    except subprocess.CalledProcessError as failed:
        programs = f"the file alone is no program: {failed.stderr[-300:]}"
    for name, function in found.items():
        try:
            if isinstance(function, str):
                raise Refused(f"an argument or result of type '{function}'")
            text, same = one(programs, function, placed, folder, arguments)
            yield name, "same" if same else "differs", \
                text if same else f"differs: {text}"
        except Refused as reason:
            yield name, "refused", f"refused: {reason}"
