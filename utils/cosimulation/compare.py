"""All functions of a file through schedule, hardware and both simulations, together."""

import math
import pathlib
import re
import struct
import subprocess
import sys

import drawing
import importing
import mlir_program
import native
import pipeline
import signatures
import test_bench
from drawing import BUILD, Programs, Refused


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
    if arguments.streams and kernel.suffix != ".mlir":
        importing.make_streams(source, arguments.streams,
                               signatures.functions(kernel, importing.FLAGS))
    options = f"={arguments.schedule}" if arguments.schedule else ""
    placed = folder / "scheduled.mlir"
    library = [] if "gaus.library" in source.read_text() else [
        f"--gaus-use-library=library={arguments.library}"]
    run(BUILD / "bin/gaus-opt", *library, f"--gaus-schedule{options}",
        f"--gaus-bind=share={arguments.share}", "--gaus-verify", "--mlir-print-debuginfo",
        source, "-o", placed)
    return placed


def exported(placed, names, what="verilog"):
    """The text of those that can become hardware, and why the others cannot."""
    done = subprocess.run(
        [BUILD / "bin/gaus-translate", f"--export-{what}", "--keep-going",
         *(f"--scope={name}" for name in names), placed], capture_output=True, text=True)
    reasons, said = {}, ""
    for line in done.stderr.splitlines():
        if "error:" in line:
            said = said or line
        elif left_out := re.search(r"remark: left out: @(.*)", line):
            reasons[left_out[1]], said = said, ""
    return done.stdout, reasons


def through_circt(placed, name, folder, library, what):
    """The Verilog that CIRCT makes of the exported hw module."""
    module = folder / "module.mlir"
    run(BUILD / "bin/gaus-translate", f"--export-{what}", f"--scope={name}", placed, "-o",
        module)
    script = pathlib.Path(__file__).with_name("circt.py")
    run(sys.executable, script, library, module, folder / "circt.v")
    return (folder / "circt.v").read_text()


#===- Simulation -----------------------------------------------------------===#


def sizes_of(ports):
    """Bytes of a word of each memory and stream."""
    return {m["name"]: m["bytes"] for m in ports["memories"]} | {
        s["name"]: test_bench.bytes_of(s) for s in ports["streams"]}


def write_inputs(ports, drawer, folder):
    """Files for the test bench; the words of each memory."""
    words, values = {}, []
    top = ports["module"]
    sizes = sizes_of(ports)
    for k, (drawn, _) in enumerate(drawer.runs):
        for p, argument, (_, data) in zip(drawer.function.parameters, ports["arguments"],
                                          drawn):
            if not p.is_memory:
                values.append(int.from_bytes(data, "little"))
                continue
            name = argument["name"]
            if name not in sizes:  # a stream that nobody accesses
                continue
            (folder / f"{top}_in{k}_{name}.hex").write_text(
                test_bench.to_words(data, sizes[name]))
            words[name] = -(-len(data) // sizes[name])
    (folder / f"{top}_values.hex").write_text(
        "".join(f"{v:016x}\n" for v in values) or "0\n")
    return words


def simulated(verilog, ports, drawers, folder, arguments):
    """Functions with a drawer each, in one simulation; by name, what went wrong."""
    (folder / "module.v").write_text(verilog)
    benches = {}
    for drawer in drawers:
        mine = ports[drawer.function.name]
        words = write_inputs(mine, drawer, folder)
        most = 10 * max(meant.cycles for _, meant in drawer.runs) + 1000
        benches[mine["module"]] = \
            pipeline.bench(mine, len(drawer.runs)) if arguments.pipeline else \
            test_bench.bench(mine, words, len(drawer.runs), most)
    (folder / "test_bench.v").write_text(test_bench.text(benches))
    wrong = test_bench.simulate(folder, arguments.simulator, arguments.modules)
    if wrong and len(drawers) > 1:  # Who is to blame?
        return {name: text for d in drawers for name, text in
                simulated(verilog, ports, [d], folder, arguments).items()}
    return {drawers[0].function.name: wrong} if wrong else {}


def expected_of(folder, functions):
    """What the program made of the inputs that were run last in a folder."""
    data = (folder / "native.in").read_bytes()
    calls, at = [], 0
    while at < len(data):
        name = data[at:at + native.LONGEST].rstrip(b"\0").decode()
        at += native.LONGEST
        arguments = []
        for p in functions[name].parameters:
            size = 8
            if p.is_memory:
                size = int.from_bytes(data[at:at + 8], "little")
                at += 8
            arguments.append((p.name, data[at:at + size]))
            at += size
        calls.append((functions[name], arguments))
    return native.run(folder / "native", calls, folder)


#===- Differences ----------------------------------------------------------===#


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


def moved(ports, said, meant):
    """What of the counts of elements is not as it should be."""
    places = {a["name"]: k for k, a in enumerate(ports["arguments"])}
    for s, text in zip(ports["streams"], said[1 + len(ports["results"]):]):
        right = meant.accesses[places[s["name"]]]
        if int(text) != right:
            return f"{text} elements of stream '{s['name']}' moved, in C {right}"
    return None


def difference(ports, function, folder, k, expected, meant, line):
    """What of run `k` is not as it should be; None if all is."""
    said = line.split()
    if int(said[0]) < 0:
        return f"run {k}: does not end"
    if wrong := moved(ports, said, meant):
        return f"run {k}: {wrong}"
    sizes, after = sizes_of(ports), iter(expected)
    for p, argument in zip(function.parameters, ports["arguments"]):
        if not p.is_memory:
            continue
        right, m = next(after), argument["name"]
        if m not in sizes:
            continue
        got = test_bench.from_words(folder / f"{ports['module']}_out{k}_{m}.hex",
                                    sizes[m])
        for at, byte in enumerate(right):
            if got[at] != byte and not both_nan(p, right, got, at):
                found = "unknown" if got[at] is None else f"{got[at]:#04x}"
                return (f"run {k}: byte {at} of '{p.name}' is {found}, "
                        f"in C {byte:#04x}")
    for r, text in zip(ports["results"], said[1:]):
        right = int.from_bytes(next(after), "little") % 2 ** r["bits"]
        if text != f"{right:0{-(-r['bits'] // 4)}x}":
            return f"run {k}: the result is {text}, in C {right:x}"
    if int(said[0]) != meant.cycles:
        return f"run {k}: {said[0]} cycles, by the schedule {meant.cycles}"
    return None


def verdict(ports, drawer, folder, expected):
    """(verdict, text) of a function whose simulation is over."""
    lines = (folder / f"{ports['module']}_out.txt").read_text().splitlines()
    for k, line in enumerate(lines):
        wrong = difference(ports, drawer.function, folder, k, expected[k],
                           drawer.runs[k][1], line)
        if wrong:
            return "differs", f"differs: {wrong}"
    runs = len(drawer.runs)
    if len(lines) != runs:
        return "differs", f"differs: {len(lines)} of {runs} runs ended"
    least, most = (f(meant.cycles for _, meant in drawer.runs) for f in (min, max))
    cycles = f"{least}" if least == most else f"{least} to {most}"
    return "same", (f"same in {runs} runs of {drawer.elements} elements, {cycles} cycles "
                    "as scheduled")


#===- A file ---------------------------------------------------------------===#


def programs_of(path, known, folder, is_trusted):
    if path.suffix == ".mlir":
        # Whether an input has a meaning, the replay alone says.
        return Programs(mlir_program.build(path, known, folder,
                                           "-O0" if is_trusted else "-O1"))
    if is_trusted:
        return Programs(native.build(path, known, folder, ["-O0", "-ffp-contract=off"]))
    plain = native.build_started(path, known, folder, importing.FLAGS, "zero")
    return Programs(plain,
                    native.build_checked(path, known, folder, importing.FLAGS),
                    native.build_started(path, known, folder, importing.FLAGS, "pattern"))


def judged(programs, placed, known, folder, arguments):
    """(verdict, text) by name."""
    what = "pipeline" if arguments.pipeline else "hw"  # what CIRCT gets
    verilog, reasons, ports = "", {}, {}
    if known and arguments.pipeline:
        text, reasons = exported(placed, [f.name for f in known], what)
        ports = {p["module"]: p for p in map(
            pipeline.interface, re.split(r"^(?=hw\.module)", text, flags=re.M)[1:])}
    elif known:
        verilog, reasons = exported(placed, [f.name for f in known])
        ports = test_bench.interfaces(verilog)
    found = {f.name: ("refused", f"refused: {reasons.get(f.name, 'no module')}")
             for f in known if f.name not in ports}
    left = [f for f in known if f.name in ports]
    if isinstance(programs, str):
        return found | {f.name: ("refused", f"refused: {programs}") for f in left}
    drawers = drawing.draw(programs, placed, left, folder, arguments)
    found |= {d.function.name: ("differs", d.refused)
              if d.refused.startswith(drawing.DIFFERS) else
              ("refused", f"refused: {d.refused}")
              for d in drawers if d.refused is not None}
    drawers = [d for d in drawers if d.refused is None]
    # What CIRCT makes for a memory has the same name in every module.
    for some in [[d] for d in drawers] if arguments.circt else [drawers] * bool(drawers):
        text = verilog if not arguments.circt else through_circt(
            placed, some[0].function.name, folder, arguments.circt, what)
        found |= compared(programs, text, ports, some, folder, arguments)
    return found


def compared(programs, verilog, ports, drawers, folder, arguments):
    """(verdict, text) by name of functions that are simulated together."""
    wrong = simulated(verilog, ports, drawers, folder, arguments)
    expected = native.run(programs.plain, [(d.function, drawn) for d in drawers
                                           for drawn, _ in d.runs], folder)
    if expected is None:
        return {d.function.name: ("differs", "differs: the program itself fails")
                for d in drawers}
    found = {}
    for d in drawers:
        name = d.function.name
        found[name] = ("differs", f"differs: {wrong[name]}") if name in wrong else \
            verdict(ports[name], d, folder, expected[:len(d.runs)])
        del expected[:len(d.runs)]
    return found


def kernel(path, folder, arguments, is_trusted=False):
    """(function, verdict, text) of each function. Trusted: C has a meaning for every
    input."""
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
        return [(name, "refused", f"refused: {reason}") for name in found]
    try:
        programs = programs_of(path, known, folder, is_trusted)
    except subprocess.CalledProcessError as failed:
        programs = f"the file alone is no program: {failed.stderr[-300:]}"
    verdicts = judged(programs, placed, known, folder, arguments)
    return [(name, *verdicts[name]) if name in verdicts else
            (name, "refused", f"refused: an argument or result of type '{function}'")
            for name, function in found.items()]
