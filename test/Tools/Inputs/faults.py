"""Ends and starves gaus-bench and gaus-opt.

    faults.py FOLDER [SEED]

FOLDER has small.gml and s.mlir, a schedule of it; SEED chooses the moments at which
signals come (default: 2).

Each time an exit code and whole files: what a signal or want leaves are the rows
so far, or nothing.
"""

import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time

folder = pathlib.Path(sys.argv[1])
small = folder / "small.gml"
seed = int(sys.argv[2]) if len(sys.argv) > 2 else 2


def write_problem(name, nodes):
    pick = random.Random(1)
    edges = [(pick.randrange(i), i) for i in range(1, nodes) for _ in range(3)]
    path = folder / name
    path.write_text(json.dumps({
        "latency": [2] * nodes, "width": [8] * nodes,
        "src": [a for a, _ in edges], "dst": [b for _, b in edges],
        "uses": [[[i % 3, 1]] for i in range(nodes)]}))
    return path


def names(path):
    return [row["name"] for row in json.loads(path.read_text())]


def as_usual():
    """Shells let what runs in the background ignore SIGINT."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def bench(*arguments, **options):
    return subprocess.run(["gaus-bench", *map(str, arguments), "--effort=0"],
                          capture_output=True, text=True, **options)


def signals():
    slow = write_problem("slow.json", 4000)
    rows = folder / "rows.json"
    pick = random.Random(seed)
    for number in (signal.SIGINT, signal.SIGTERM) * 3:
        rows.write_text("old")
        child = subprocess.Popen(
            ["gaus-bench", small, slow, "--objective=memory", "--effort=5",
             f"--json={rows}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, preexec_fn=as_usual)
        # Once the first row is there, at any moment of the second.
        lines = [child.stdout.readline() for _ in range(2)]
        assert lines[1].startswith("small"), lines
        time.sleep(pick.random() / 5)
        child.send_signal(number)
        error = child.communicate()[1]
        assert child.returncode == 128 + number, (child.returncode, error)
        assert "interrupted" in error or "terminated" in error
        # Of the second the best so far, or why there is none.
        assert names(rows) in (["small"], ["small", "slow"])
        for row in json.loads(rows.read_text()):
            assert row.get("legal") or row["error"], row
    target = folder / "out.mlir"
    for number in (signal.SIGINT, signal.SIGTERM) * 3:
        target.write_text("old")
        child = subprocess.Popen(
            ["gaus-opt", folder / "s.mlir", "--gaus-schedule=effort=5",
             "-o", target], stderr=subprocess.PIPE, preexec_fn=as_usual)
        time.sleep(pick.random() / 20)
        child.send_signal(number)
        child.communicate()
        text = target.read_text()
        assert text == "old" or text.rstrip().endswith("}"), text


def limited(kind, amount):
    return lambda: resource.setrlimit(kind, (amount, amount))


def memory():
    """As little as is enough to start, then not enough for a large problem."""
    large = folder / "large.json"
    n = 1000000
    large.write_text(json.dumps({"latency": [1] * n, "width": [1] * n,
                                 "src": list(range(n - 1)),
                                 "dst": list(range(1, n))}))
    rows = folder / "rows.json"
    for megabytes in range(300, 2000, 50):
        amount = limited(resource.RLIMIT_AS, megabytes << 20)
        if bench(small, "--threads=1", preexec_fn=amount).returncode == 0:
            break
    done = bench(small, large, "--threads=1", f"--json={rows}",
                 preexec_fn=amount)
    assert done.returncode == 1 and "out of memory" in done.stderr, done
    assert names(rows)[0] == "small"


def files():
    done = bench(small, f"--json={folder / 'few.json'}",
                 preexec_fn=limited(resource.RLIMIT_NOFILE, 4))
    assert done.returncode in (0, 1, 127), done
    assert done.returncode or names(folder / "few.json") == ["small"]


def pipe():
    reader, writer = os.pipe()
    os.close(reader)
    child = subprocess.run(["gaus-bench", small, "--effort=0"], stdout=writer,
                           stderr=subprocess.PIPE, text=True)
    assert child.returncode != 0, child


def same(first, *others):
    assert all(other == first for other in others), (first, others)


def starts(*options, **environment):
    done = bench(small, "--objective=memory", f"--csv-dir={folder / 'csv'}",
                 *options, env={**os.environ, **environment})
    assert done.returncode == 0, done
    return (folder / "csv/small.csv").read_text()


def locale():
    same(starts(), *(starts(LC_ALL=name, LANG=name)
                     for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR")))


def threads():
    same(*(starts(f"--threads={n}") for n in (1, 2, 3, 16, 64)))


for part in (signals, memory, files, pipe, locale, threads):
    part()
    print(part.__name__, "ok", flush=True)
