"""What the oracles on random programs share: batches, options, result files."""

import argparse
import datetime
import json
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import tempfile

import programs

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "bench" / "results" / "oracles"
BATCH = 50  # functions of a module
MANY = 1    # where they are long
KINDS = ["structured", "llvm", "flow", "structured", "llvm", "structured", "flow",
         "structured", "many", "many-llvm"]  # of batches, in turn


def tool(name):
    built = os.environ.get("GAUS_BUILD", ROOT / "build")
    return str(pathlib.Path(built) / "bin" / name)


class Batch:
    """A module of random programs and how it is scheduled."""

    def __init__(self, number, count=BATCH):
        r = random.Random(f"batch {number}")
        self.number = number
        self.kind = KINDS[number % len(KINDS)]
        if self.kind.startswith("many"):
            count = min(count, MANY)
        self.head, self.functions, shared = programs.functions(number, count, self.kind)
        # Arguments that are said to be apart are.
        self.apart = random.Random(f"apart {number}").random() < 0.25
        self.may_share = not self.apart and (shared or
                                             not self.kind.endswith("llvm"))
        self.arguments = self.shared(r) if self.may_share else ""
        objective = r.choice(["latency", "latency", "memory", "resources"])
        length = "" if objective == "latency" else f" length={r.choice([2, 4])}x"
        ii = " ii=none" if r.random() < 0.1 else ""
        effort = 1 if r.random() < 0.1 and not length else 0
        if self.kind.startswith("many"):
            objective, length, effort = "latency", "", 0
        self.options = (f"objective={objective}{length}{ii} effort={effort} "
                        f"seed={r.randrange(4)} threads=1")
        self.clock = r.choice([4, 5, 8]) if r.random() < 0.25 else 0
        if self.clock:
            self.options += f" clock={self.clock}"
        if self.apart:
            self.options += " noalias-arguments=true"

    def shared(self, r):
        """Arguments that are one memory, overlap, or are apart."""
        far = r.choice([1, 2, 3, 4, 8, 30])
        three = f",@0+{far}" if self.kind.endswith("llvm") else f",@0+{far},@0+{2 * far}"
        return r.choice([",@0", f",@0+{far}", three, ""])

    def schedule(self, text, directory, reports=()):
        """The scheduled module, or None and what was said."""
        source, placed = directory / "program.mlir", directory / "placed.mlir"
        source.write_text(text)
        done = subprocess.run(
            [tool("gaus-opt"), str(source), f"--gaus-schedule={self.options}",
             "--gaus-verify", *[f"--gaus-report=format={f} output={directory / f}"
                                for f in reports],
             "-mlir-print-debuginfo=0", "-o", str(placed),
             # Its own form cannot be read again with attributes.
             *(["-mlir-print-op-generic"] if "dma_start" in text else [])],
            capture_output=True, text=True)
        return (placed if done.returncode == 0 else None), done.stderr

    def replay(self, placed, *options, seed=None):
        """Standard output and errors."""
        seed = self.number if seed is None else seed
        done = subprocess.run(
            [tool("gaus-replay"), str(placed), f"--seed={seed}",
             *([f"--args={self.arguments}"] if self.arguments else []),
             *([f"--clock={self.clock}"] if self.clock else []), *options],
            capture_output=True, text=True)
        return done.stdout, done.stderr

    def module(self, numbers):
        return self.head + "".join(self.functions[k] for k in numbers)


def by_function(text, errors):
    """{number of a function: what was said of its lines}"""
    starts = [(int(k), text.count("\n", 0, m.start()) + 1) for m in
              re.finditer(r'func @f(\d+)\(|sym_name = "f(\d+)"', text)
              for k in [m[1] or m[2]]]
    found = {}
    for message in re.split(r"\n(?=\S+:\d+:\d+: (?:error|remark))", "\n" + errors):
        where = re.match(r"\S*?:(\d+):\d+: error: (.*)", message.lstrip("\n"))
        if not where:
            continue
        mine = [k for k, line in starts if line <= int(where[1])]
        found.setdefault(mine[-1] if mine else -1, []).append(message.strip("\n"))
    return found


def seconds():
    """CPU seconds of this process and of what it ran."""
    return sum(u.ru_utime + u.ru_stime for u in
               map(resource.getrusage, (resource.RUSAGE_SELF,
                                        resource.RUSAGE_CHILDREN)))


def machine():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":")[1].strip() + ", one core"
    return "one core"


def show(figures, tried):
    for name, value in figures.items():
        print(f"{name}: {value}")
    print(f"{tried} programs, {seconds():.0f} CPU seconds")


def judge_batches(a, name, module, judge, batch):
    """Has modules of `batch` programs judged one after another, until there are as many
    as asked for or the time is over. `module`(number) is a text; `judge`(number, text,
    directory) says what is wrong, or None; wrong ones are printed, and kept as NAME.
    How many programs were tried, and how many modules were wrong."""
    tried, number, wrong, until = 0, a.first, 0, Until(a.seconds)
    with tempfile.TemporaryDirectory() as directory:
        while tried < a.programs and until.goes_on():
            text = module(number)
            said = judge(number, text, pathlib.Path(directory))
            if said:
                wrong += 1
                print(f"batch {number}: {said}")
                if a.keep:
                    a.keep.mkdir(parents=True, exist_ok=True)
                    (a.keep / f"{name}-{number}.mlir").write_text(text)
            tried, number = tried + batch, number + 1
    return tried, wrong


def record(oracle, a, tried, script=None, since=0, **result):
    """Writes an oracle's result file after `tried` programs, with the command that
    repeats it, which may be another script's; findings and open ones are kept as they
    are there. CPU seconds up to `since` do not count."""
    result |= {"command": f"utils/oracles/{script or oracle + '.py'}" +
                          (f" --programs {tried} --first {a.first}" if "first" in a
                           else ""),
               "inputs": tried, "seconds": round(seconds() - since, 1)}
    path = RESULTS / f"{oracle}.json"
    old = json.loads(path.read_text()) if path.exists() else {}
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT,
                            capture_output=True, text=True).stdout.strip()
    whole = {**result, "date": datetime.date.today().isoformat(),
             "machine": machine(), "commit": commit,
             "findings": old.get("findings", [])}
    if old.get("open"):
        whole["open"] = old["open"]
    RESULTS.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(whole, indent=1) + "\n")


class Until:
    """Whether to go on: CPU seconds, and SIGINT or SIGTERM, which end a run after
    the batch that it is in."""

    def __init__(self, limit):
        self.limit, self.stopped = limit, False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)

    def stop(self, *_):
        self.stopped = True

    def goes_on(self):
        return not self.stopped and not (self.limit and seconds() > self.limit)


def arguments(description):
    """The command line of an oracle that can record."""
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, help="CPU seconds at most")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--record", action="store_true")
    return parser.parse_args()


def batches(a):
    """The batches that the command line asks for, until something ends the run."""
    until, tried, number = Until(a.seconds), 0, a.first
    while tried < a.programs and until.goes_on():
        batch = Batch(number, min(BATCH, a.programs - tried))
        yield batch
        tried += len(batch.functions)
        number += 1
