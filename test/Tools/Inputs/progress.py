"""What tools say of searches.

    progress.py json FILE             objects, whose bounds only rise
    progress.py terminal COMMAND...   runs it with a terminal as its standard error
"""

import json
import os
import pty
import re
import subprocess
import sys


def check_json(path):
    last = {}
    lines = [json.loads(line) for line in open(path)]
    assert len(lines) > 3
    for line in lines:
        assert {"scope", "objective", "part", "begun", "parts", "bound",
                "seconds"} <= line.keys(), line
        assert 1 <= line["begun"] <= line["parts"] and line["seconds"] >= 0
        if "cost" in line:
            assert line["cost"] >= line["bound"], line
        key = line["scope"], line["objective"], line.get("ii"), line.get("length")
        assert line["bound"] >= last.get(key, 0), line
        last[key] = line["bound"]


def check_terminal(command):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stderr=theirs, stdout=subprocess.PIPE)
    os.close(theirs)
    seen = b""
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:  # nobody has the other end any more
            break
        if not more:
            break
        seen += more
    rows = process.communicate()[0].decode()
    assert process.returncode == 0, seen
    text = seen.decode()
    drawn = re.findall(r"\r\x1b\[K([^\r\n]+)", text)
    assert any(re.search(r"\d+/\d+, .*cost \d+, bound \d+, gap .* s$", d) for d in drawn), text
    assert all(len(d) < 80 for d in drawn if " s" in d), drawn
    # It is cleared, and then comes what is said of the end.
    rest = text[text.rindex("\x1b[K") + 3:].replace("\r", "")
    if command[0].endswith("gaus-opt"):
        assert re.fullmatch(r"\S+mlir:\d+: graph @\S+: length \d+, .*\n", rest), rest
    else:
        assert rest == "" and "yes" in rows, (rest, rows)


if sys.argv[1] == "json":
    check_json(sys.argv[2])
else:
    check_terminal(sys.argv[2:])
