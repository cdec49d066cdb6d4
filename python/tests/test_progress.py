"""Progress, interrupts by the callback, and solves side by side."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import gaus
from gaus import progress


def test_a_callback_sees_the_search(layered):
    seen = []
    s = gaus.schedule(layered, "memory", length=1.5, effort=1, callback=seen.append)
    plain = gaus.schedule(layered, "memory", length=1.5, effort=1)
    assert np.array_equal(s.starts, plain.starts)
    assert seen[0].part == "construct" and seen[0].cost is None
    own = [r for r in seen if r.objective == "memory"]
    costs = [r.cost for r in own if r.cost is not None]
    assert costs == sorted(costs, reverse=True) and costs[-1] == s.cost
    assert all(1 <= r.begun <= r.parts for r in own)
    assert all(a.seconds <= b.seconds for a, b in zip(seen, seen[1:]))
    again = []
    gaus.schedule(layered, "memory", length=1.5, effort=1, threads=1,
                  callback=again.append)
    assert [(r.part, r.cost) for r in again] == [(r.part, r.cost) for r in seen]


def test_a_callback_that_has_seen_enough(layered):
    s = gaus.schedule(layered, "memory", length=1.5, effort=5,
                      callback=lambda reached: reached.cost is not None)
    assert s.cut == "request" and gaus.verify(layered, s) == []


def test_a_callback_that_raises(layered):
    def callback(reached):
        if reached.cost is not None:
            raise RuntimeError("enough")
    with pytest.raises(RuntimeError, match="enough") as e:
        gaus.schedule(layered, "memory", length=1.5, effort=5, callback=callback)
    assert gaus.verify(layered, e.value.schedule) == []


def test_the_bar():
    """As tqdm has it."""
    blocks = progress._blocks(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))

    def bar(columns, done, blocks=blocks):
        return progress._bar("memory 4", done, 12, "01:05, descent", columns, blocks)
    assert bar(58, 3) == "memory 4:  25%|█████               | 3/12 [01:05, descent]"
    assert bar(56, 3) == "memory 4:  25%|████▌             | 3/12 [01:05, descent]"
    assert "100%|" + "█" * 40 + "| 12/12" in bar(200, 12)
    plain = progress._blocks(io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert bar(200, 3, plain).startswith("memory 4:  25%|##########" + " " * 30 + "|")
    for columns in range(1, 120):
        for done in range(13):
            assert len(bar(columns, done)) <= columns
    assert progress._bar("x", 0, 0, "", 20, plain).startswith("x:   0%|")


def test_the_line(monkeypatch):
    stream = io.StringIO()
    line = progress._Line(stream, after=0)
    line.show("memory 4", 3, 12, "01:05")
    line.show("memory 99", 3, 12, "01:05")
    line.close()
    shown = stream.getvalue()
    assert "memory 4" in shown and "99" not in shown
    assert shown.endswith("\r" + " " * line.width + "\r")
    assert not progress._shows_by_default(stream)
    quiet = progress._Line(io.StringIO(), after=60)
    quiet.show("memory 4", 3, 12, "01:05")
    quiet.close()
    assert quiet.stream.getvalue() == ""
    stream.isatty = lambda: True
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    assert progress._shows_by_default(stream)
    monkeypatch.setenv("TQDM_DISABLE", "1")
    assert not progress._shows_by_default(stream)


def test_the_line_of_a_search(layered, capsys):
    gaus.schedule(layered, effort=0)
    assert capsys.readouterr().err == ""


def test_side_by_side(layered):
    """Threads of Python: the same results, and others run meanwhile."""
    problems = [layered.replace(limits={0: 8 + k}) for k in range(4)]
    alone = [gaus.schedule(p, "memory", length=1.5, effort=1) for p in problems]
    ticks, over = [], threading.Event()

    def tick():
        while not over.wait(0.001):
            ticks.append(1)
    ticker = threading.Thread(target=tick)
    ticker.start()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda p: gaus.schedule(
            p, "memory", length=1.5, effort=1), problems))
    over.set()
    ticker.join()
    assert together == alone
    assert ticks
