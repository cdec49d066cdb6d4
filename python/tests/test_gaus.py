"""The package: arrays in, checked schedules out, errors that help."""

import json
import random

import numpy as np
import pytest

import gaus

CHAIN = dict(latency=[1, 3, 1], edges=[(0, 1), (1, 2)], width=[8, 16, 8])


def reference_memory(problem, starts):
    """[Mem] of docs/spec.md, cycle by cycle."""
    last = {}
    for i, j in problem.edges:
        last[i] = max(last.get(i, 0), starts[j])
    return max((sum(int(problem.width[i]) for i, end in last.items()
                    if starts[i] + max(problem.latency[i], 1) - 1 <= d < end)
                for d in range(int(max(starts)) + 1)), default=0)


def test_chain():
    s = gaus.schedule(gaus.Problem(**CHAIN))
    assert s.starts.dtype == np.int32
    assert s.starts.tolist() == [0, 1, 4]
    assert (s.cost, s.bound, s.gap, s.length, s.ii) == (5, 5, 0.0, 5, 0)
    assert s.cycles == 5 and s.communication == 4 and s.memory == 16
    assert not gaus.verify(s.problem, s)


def test_memory_against_a_count(layered):
    s = gaus.schedule(layered, objective="memory", length="1.5x", effort=1)
    assert s.cost == s.memory == reference_memory(layered, s.starts)
    assert s.cost == max(s.memory_profile())
    assert s.bound <= s.cost
    assert s.methods and min(s.methods.values()) == s.cost
    assert max(s.use_profile(0)) == s.peaks[0] <= 12
    assert not gaus.verify(layered, s)
    plain = gaus.schedule(layered, objective="memory", length="1.5x", effort=0)
    assert s.cost < plain.cost


def test_threads_and_seed_decide_nothing_else(layered):
    a, b = (gaus.schedule(layered, objective="memory", length="1.25x",
                          effort=1, threads=t) for t in (1, 2))
    assert np.array_equal(a.starts, b.starts)


def test_existing(layered):
    a = gaus.schedule(layered, objective="memory", length="1.25x", effort=1)
    # What the heuristics alone do not come to.
    b = gaus.schedule(layered, objective="memory", length="1.25x", effort=0,
                      existing=a.starts)
    assert b.cost == a.cost and np.array_equal(b.starts, a.starts)


def test_recurrence_and_ii():
    p = gaus.Problem(latency=[3, 1], edges=[(0, 1), (1, 0)], distance=[0, 1])
    s = gaus.schedule(p)
    assert s.ii == 4
    assert "recurrence of 4 cycles" in s.summary()
    with pytest.raises(gaus.Error) as e:
        gaus.schedule(p, ii=3)
    assert e.value.code == "Dep" and "at least 4" in e.value.message
    assert any("distance 1" in n for n in e.value.notes)


def test_several_resources_windows_and_delays():
    p = gaus.Problem(latency=[0, 0, 1], edges=[(0, 1), (1, 2)],
                     resource=[{0: 1}, {0: 2, 1: 1}, {}], limits=[2, None],
                     prices={1: 5}, resource_names=["alu", "bus"],
                     window=[None, (2, 4), None], delay=(0.6, 0.6), clock=1.0,
                     names=["a", "b", "c"])
    s = gaus.schedule(p, objective="resources", length=8)
    assert 2 <= s.starts[1] <= 4 and s.starts[1] > s.starts[0]
    assert s.resources == 2 + 5
    assert "alu" in s.report()


def test_live_limit(tmp_path):
    edges = [(0, 2), (1, 2), (3, 5), (4, 5)]
    free = gaus.Problem([1] * 6, edges, width=8)
    assert gaus.schedule(free, objective="latency").cost == 2
    s = gaus.schedule(free, objective="latency", live_limit=16)
    assert (s.cost, s.bound) == (3, 3) and max(s.memory_profile()) <= 16
    limited = gaus.Problem([1] * 6, edges, width=8, live_limit=16)
    assert [v.code for v in gaus.verify(limited, [0, 0, 1, 0, 0, 1])] == ["Live"]
    assert gaus.schedule(limited, objective="latency").cost == 3
    with pytest.raises(gaus.Error, match="at least 16 is live at once") as found:
        gaus.schedule(free, live_limit=15)
    assert found.value.code == "Live"


def test_memory_model():
    p = gaus.Problem([1, 3, 1], [(0, 1), (1, 2)], width=[8, 4, 2])
    assert p.memory_model == "values"
    assert gaus.schedule(p, objective="memory").cost == 8
    s = gaus.schedule(p, objective="memory", memory_model="buffers")
    assert (s.cost, s.bound, s.memory) == (12, 12, 12)
    assert s.memory_profile().tolist() == [8, 12, 12, 12, 6]
    assert s.problem == p.replace(memory_model="buffers") and s.problem != p
    assert s.to_minimalloc().splitlines()[1:] == ["0,0,4,8", "1,1,5,4", "2,4,5,2"]
    assert gaus.evaluate(p, s.starts).memory == 8
    assert gaus.evaluate(p, s.starts, memory_model="buffers").memory == 12
    assert gaus.schedule(s.problem, objective="memory", memory_model="values").cost == 8
    for wrong in (lambda: gaus.schedule(p, memory_model="tensors"),
                  lambda: p.replace(memory_model="tensors"),
                  lambda: gaus.evaluate(p, s.starts, memory_model="")):
        with pytest.raises(gaus.Error, match="values.* buffers|\"buffers\""):
            wrong()


def test_wrong_schedules():
    p = gaus.Problem(**CHAIN, length=5)
    assert [v.code for v in gaus.verify(p, [0, 0, 4])] == ["Dep"]
    codes = {v.code for v in gaus.verify(p, [0, 1, 9])}
    assert codes == {"Lat"}
    assert gaus.evaluate(p, [0, 2, 5]).communication == 5


@pytest.mark.parametrize("change, text", [
    (dict(latency=[1, -3, 1]), "latency must lie in"),
    (dict(latency=[1.5, 3, 1]), "latency must be a sequence of integers"),
    (dict(edges=[(0, 7)]), "edges must lie in"),
    (dict(edges=[0, 1]), "edges must be pairs"),
    (dict(width=[1]), "width has 1 entries, not 3"),
    (dict(window=[(5, 2), None, None]), "is empty"),
    (dict(limits=[0]), "limits must lie in"),
    (dict(resource=[0, 0, 0], units=3, limits=[2]), "more units"),
    (dict(names=["a"]), "names has 1 entries"),
    (dict(delay=-1.0), "delay"),
])
def test_wrong_problems(change, text):
    with pytest.raises(gaus.Error) as e:
        gaus.Problem(**{**CHAIN, **change})
    assert text in str(e.value)


@pytest.mark.parametrize("options, text", [
    (dict(objective="speed"), "expected resources, memory, latency"),
    (dict(effort=9), "expected 0..5"),
    (dict(length=2), "longest path of 5"),
    (dict(frobnicate=1), "frobnicate"),
    (dict(backend="gpu"), "expected cpu, cuda, simt, auto"),
    (dict(existing=[0]), "existing has 1 entries, not 3"),
])
def test_wrong_options(options, text):
    with pytest.raises(gaus.Error) as e:
        gaus.schedule(gaus.Problem(**CHAIN), **options)
    assert text in str(e.value)


def test_options_are_those_of_the_table():
    table = gaus.options()
    assert table["time_limit"][1] == "none"
    assert set(table) >= {"objective", "length", "ii", "effort", "seed"}
    for name in gaus.options():
        assert f"\n    {name}: " in gaus.schedule.__doc__


def test_windows():
    asap, alap = gaus.windows(gaus.Problem(**CHAIN), length=7)
    assert asap.tolist() == [0, 1, 4] and alap.tolist() == [2, 3, 6]


def test_files(tmp_path, source):
    p = gaus.read_gml(source / "test/Docs/Inputs/small.gml", node_latency=2)
    assert p.num_nodes == 5 and p.name == "small"
    s = gaus.schedule(p, objective="memory")
    assert s.to_csv(tmp_path / "s.csv").startswith("node,start\n")
    assert len((tmp_path / "s.csv").read_text().splitlines()) == 6
    facts = json.loads(s.to_json())
    assert facts["schema_version"] == 4
    assert facts["scopes"][0]["costs"]["Mem"] == s.memory
    assert 'type="application/json"' in s.to_html() and "digraph" in s.to_dot()
    assert "traceEvents" in json.loads(s.to_perfetto())
    assert s.to_minimalloc().startswith("id,lower,upper,size")
    with pytest.raises(gaus.Error) as e:
        gaus.read_gml(tmp_path / "none.gml")
    assert e.value.code == "io"
    (tmp_path / "bad.gml").write_text("graph [\n node [ id 0 ]\n")
    with pytest.raises(gaus.Error) as e:
        gaus.read(tmp_path / "bad.gml")
    assert e.value.line > 0 and "truncated" in e.value.message


def test_mlir():
    p = gaus.Problem.from_mlir("""
        func.func @f(%a: i32) -> i32 {
          %0 = arith.muli %a, %a : i32
          %1 = arith.addi %0, %a : i32
          return %1 : i32
        }""")
    assert gaus.schedule(p).starts.tolist() == [0, 3]
    with pytest.raises(gaus.Error) as e:
        gaus.Problem.from_mlir("func.func @f(")
    assert "error" in e.value.message


def test_empty():
    s = gaus.schedule(gaus.Problem(latency=[]))
    assert s.starts.size == 0 and s.cost == 0


def test_a_time_limit_says_that_it_ended_the_search():
    """A search of minutes, and a limit that has passed when it begins."""
    pick = random.Random(1)
    n = 2000
    p = gaus.Problem([2] * n, [(pick.randrange(i), i) for i in range(1, n)
                               for _ in range(3)], width=8)
    s = gaus.schedule(p, objective="memory", effort=5, time_limit=1e-9)
    assert s.cut == "time limit"
    assert gaus.verify(p, s) == []
    assert gaus.schedule(p, effort=0).cut == ""
