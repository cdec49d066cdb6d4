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


def test_the_line():
    stream = io.StringIO()
    line = progress._Line(stream, after=0)
    line.show("memory 3")
    line.show("too soon")
    line.close()
    assert "memory 3" in stream.getvalue() and "soon" not in stream.getvalue()
    assert stream.getvalue().endswith("\r" + " " * line.WIDTH + "\r")
    assert not progress._shows_by_default(stream)
    quiet = progress._Line(io.StringIO(), after=60)
    quiet.show("x")
    quiet.close()
    assert quiet.stream.getvalue() == ""


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
