"""Signals in the middle of a search: stops.py FOLDER TOOL...

TOOL... is a command that schedules: gaus-opt or mlir-opt with the plugin, up to
its options. The signal comes once the trace of the search shows that it is at
work; what is written then is whole, legal, and says what is missing.
"""

import json
import pathlib
import random
import re
import signal
import subprocess
import sys
import time

folder = pathlib.Path(sys.argv[1])
tool = sys.argv[2:]
replaces = tool[0].endswith("gaus-opt")
NODES = 1500


def program():
    """Two graphs, the search in each of which takes minutes."""
    pick = random.Random(1)
    text = "module {\n"
    for name in ("first", "second"):
        text += f"  gaus.graph @{name} {{\n"
        for i in range(NODES):
            inputs = sorted({pick.randrange(i) for _ in range(3)}) if i else []
            inside = f"({', '.join(f'%{k}' for k in inputs)})" if inputs else ""
            text += (f'    %{i} = gaus.node "n{i}" {inside} '
                     f"latency({1 + i % 3}) width(8)\n")
        text += "  }\n"
    return text + "}\n"


def as_usual():
    """Shells let what runs in the background ignore SIGINT."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def started(number, target):
    trace = folder / "trace"
    trace.write_text("")
    schedule = f"objective=memory effort=5 trace={trace}"
    if replaces:
        passes = [f"--gaus-schedule={schedule}", "--gaus-verify"]
    else:
        passes = ["--pass-pipeline=builtin.module("
                  f"gaus-schedule{{{schedule}}},gaus-verify)"]
    child = subprocess.Popen(
        [*tool, folder / "two.mlir", *passes, "-o", target],
        stderr=subprocess.PIPE, text=True, preexec_fn=as_usual)
    while not trace.read_text().count("\n"):
        assert child.poll() is None, child.communicate()[1]
        time.sleep(0.01)
    child.send_signal(number)
    return child


def leftovers():
    return [f.name for f in folder.iterdir() if ".tmp" in f.name]


(folder / "two.mlir").write_text(program())
(folder / "slow.json").write_text(json.dumps({
    "latency": [2] * NODES, "width": [8] * NODES,
    "src": [i // 2 for i in range(1, NODES)], "dst": list(range(1, NODES))}))
target = folder / "out.mlir"
for number in (signal.SIGINT, signal.SIGTERM):
    target.write_text("old")
    child = started(number, target)
    error = child.communicate()[1]
    assert child.returncode == 128 + number, (child.returncode, error)
    first, second = target.read_text().split("gaus.graph")[1:]
    assert len(re.findall(r"gaus\.start = \d+", first)) == NODES
    assert "gaus.start" not in second
    assert re.search(r"remark: a signal ended the search: .*@first", error), error
    assert re.search(r"remark: graph @second stays as it is", error), error
    assert not leftovers(), leftovers()
print("first signal ok")

for number in (signal.SIGINT, signal.SIGTERM):
    target.write_text("old")
    child = started(number, target)
    # The process may also have ended by the first.
    child.send_signal(number)
    child.communicate()
    assert child.returncode in (-number, 128 + number), child.returncode
    assert not replaces or child.returncode > 0 or target.read_text() == "old"
    assert not leftovers(), leftovers()
print("second signal ok")
