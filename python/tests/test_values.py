"""Problems and schedules as values: names, copies, other libraries' graphs."""

import copy
import pickle
import subprocess
import sys

import numpy as np
import pytest

import gaus

NAMED = dict(latency=[1, 3, 3, 1], names=["x", "square", "cube", "sum"],
             edges=[("x", "square"), ("x", "cube"), ("square", "sum"), ("cube", "sum")],
             width=[8, 16, 16, 16], resource=[None, "mul", {"mul": 1}, None],
             limits={"mul": 1})
FULL = dict(**NAMED, occupancy=[1, 2, 1, 1], window=[None, (0, 20), None, (1, 30)],
            delay=(0.5, [0.25] * 4), prices={"mul": 7}, distance=[0, 0, 0, 0],
            lag=[0, 1, -1, 0], weight=2, carries=[1, 1, 0, 1], ii=4, length=20,
            clock=3.5, live_limit=1000, memory_model="buffers", name="full",
            enter=[(8, ["x"]), (4, [1, 2], True)], leave=["sum"])


def test_names():
    p = gaus.Problem(**NAMED)
    plain = gaus.Problem(**{**NAMED, "edges": [(0, 1), (0, 2), (1, 3), (2, 3)],
                            "resource": [{}, {0: 1}, {0: 1}, {}], "limits": [1],
                            "resource_names": ["mul"]})
    assert p == plain and p.limits == {"mul": 1}
    assert max(gaus.schedule(p, effort=0).use_profile("mul")) == 1


@pytest.mark.parametrize("change, text", [
    (dict(edges=[("x", "squre")]), "edges: there is no node 'squre'"),
    (dict(names=["x", "x", "y", "z"]), "only where all names differ"),
    (dict(limits={"mull": 1}), "limits: there is no resource 'mull'"),
    (dict(resource=[0, "mul", None, None], limits=None), "numbers or names, not both"),
    (dict(resource_names=["add"]), "resource: there is no resource 'mul'"),
    (dict(resource=["mul"] * 3), "resource has 3 entries, not 4"),
    (dict(leave=["y"]), "leave: there is no node 'y'"),
])
def test_wrong_names(change, text):
    with pytest.raises(gaus.Error) as e:
        gaus.Problem(**{**NAMED, **change})
    assert text in str(e.value)


def test_views_are_not_copies():
    p = gaus.Problem(**FULL)
    assert p.latency.base is not None
    assert np.shares_memory(p.latency, p.latency)
    with pytest.raises(ValueError):
        p.latency[0] = 2
    kept = gaus.Problem([1] * 1000).latency  # its problem is gone
    assert kept.sum() == 1000


def test_copies_are_equal():
    p = gaus.Problem(**FULL)
    for q in (pickle.loads(pickle.dumps(p)), copy.copy(p), copy.deepcopy(p),
              p.replace(), gaus.Problem(**FULL)):
        assert q == p and hash(q) == hash(p)
        assert q.fingerprint() == p.fingerprint()
        assert repr(q) == repr(p)
    changes = [dict(latency=[1, 3, 3, 2]), dict(lag=0), dict(name="other"),
               dict(limits={"mul": 2}), dict(live_limit=None), dict(leave=()),
               dict(clock=0.0), dict(weight=1), dict(prices={"mul": 1}),
               dict(memory_model="values")]
    prints = {p.replace(**change).fingerprint() for change in changes}
    assert len(prints | {p.fingerprint()}) == 1 + len(changes)
    assert p != p.replace(lag=0) and p != "p"
    assert p.replace(limits={"mul": 2}).limits == {"mul": 2}
    with pytest.raises(gaus.Error, match="there is no resource 'add'"):
        p.replace(limits={"add": 2})


def test_schedules_and_errors_are_values():
    p = gaus.Problem(**NAMED)
    s = gaus.schedule(p, objective="memory", length=1.5)
    for t in (pickle.loads(pickle.dumps(s)), copy.deepcopy(s)):
        assert t == s and t.problem == p
    t.starts = t.starts + 1
    assert t != s
    costs = gaus.evaluate(p, s.starts)
    assert costs.memory == s.memory and costs != s
    with pytest.raises(gaus.Error) as e:
        gaus.schedule(p, length=2)
    again = pickle.loads(pickle.dumps(e.value))
    assert (str(again), again.code, again.notes) == (str(e.value), "Lat",
                                                     e.value.notes)
    found = gaus.verify(p, [0, 0, 1, 4])
    assert pickle.loads(pickle.dumps(found)) == found != []


def test_length_as_one_expects():
    p = gaus.Problem(**NAMED)
    least = gaus.schedule(p, objective="memory").length
    for length, cycles in ((1.5, -(-3 * least // 2)), ("1.5x", -(-3 * least // 2)),
                           (np.float32(2), 2 * least), (9, 9), (np.int64(9), 9)):
        assert gaus.schedule(p, "memory", length=length, effort=0).length == cycles
    for length in (0.5, float("nan"), -1):
        with pytest.raises(gaus.Error):
            gaus.schedule(p, length=length)


def test_bounds_and_explain():
    p = gaus.Problem(**NAMED)
    b = gaus.bounds(p, "memory", length=1.5)
    s = gaus.schedule(p, "memory", length=1.5)
    assert b.cost <= s.cost and b.depth == 5 and b.length == s.length
    assert "at least" in gaus.explain(p, "memory")
    assert gaus.explain(s) == s.summary()
    assert "longest path of 5 cycles" in gaus.explain(p, length=4)
    loop = gaus.Problem([3, 1], [("a", "b"), ("b", "a")], distance=[0, 1],
                        names=["a", "b"])
    b = gaus.bounds(loop)
    assert (b.ii, b.recurrence_ii, b.resource_ii) == (4, 4, 1)
    assert sorted(b.recurrence) == ["a", "b"]
    assert "recurrences for 4" in gaus.explain(loop)
    with pytest.raises(gaus.Error, match="lenght"):
        gaus.explain(p, lenght=4)


def test_live_limit_is_verified():
    p = gaus.Problem([1] * 6, [(0, 2), (1, 2), (3, 5), (4, 5)], width=8)
    s = gaus.schedule(p)
    assert gaus.verify(p, s) == []
    assert [v.code for v in gaus.verify(p, s, live_limit=16)] == ["Live"]


def test_buffers_are_verified():
    p = gaus.Problem([1, 2, 1], [(0, 1), (1, 2)], width=[8, 9, 0], live_limit=9)
    s = gaus.schedule(p)
    assert gaus.verify(p, s) == []
    assert [v.code for v in gaus.verify(p, s, memory_model="buffers")] == ["Live"]
    buffers = p.replace(memory_model="buffers", live_limit=17)
    s = gaus.schedule(buffers)
    assert s.memory == 17 and gaus.verify(buffers, s) == []
    assert [v.code for v in gaus.verify(p, s)] == ["Live"]
    assert gaus.verify(p, s, memory_model="values") == []


def test_html():
    p = gaus.Problem(**FULL)
    assert "<td>4</td>" in p._repr_html_() and "mul: 1" in p._repr_html_()
    s = gaus.schedule(gaus.Problem(**NAMED))
    assert s._repr_html_().count("<svg") == 1 and "<table>" in s._repr_html_()
    assert "&lt;x&gt;" in gaus.Problem([1], name="<x>")._repr_html_()


def test_networkx():
    networkx = pytest.importorskip("networkx")
    graph = networkx.DiGraph(name="g")
    graph.add_node("x", latency=1, width=8)
    graph.add_node("square", latency=3, width=16, resource="mul")
    graph.add_edge("x", "square", distance=1)
    p = gaus.Problem.from_networkx(graph, limits={"mul": 1})
    assert p == gaus.Problem([1, 3], [(0, 1)], width=[8, 16], distance=1, name="g",
                             names=["x", "square"], resource=[None, "mul"],
                             limits={"mul": 1})
    full = gaus.Problem(**FULL)
    back = gaus.Problem.from_networkx(
        full.to_networkx(), ii=4, length=20, clock=3.5, live_limit=1000,
        memory_model="buffers", limits={"mul": 1}, prices={"mul": 7}, enter=FULL["enter"], leave=["sum"])
    assert back == full
    s = gaus.schedule(p)
    timed = s.to_networkx()
    assert [d["start"] for _, d in timed.nodes(data=True)] == s.starts.tolist()
    with pytest.raises(gaus.Error, match="'start' means nothing"):
        gaus.Problem.from_networkx(timed)
    gaus.Problem.from_networkx(timed, ignore=["start"])
    graph.nodes["x"]["latncy"] = 4
    with pytest.raises(gaus.Error, match="did you mean 'latency'"):
        gaus.Problem.from_networkx(graph)
    with pytest.raises(gaus.Error, match="must be directed"):
        gaus.Problem.from_networkx(networkx.Graph())


def test_pandas():
    pandas = pytest.importorskip("pandas")
    nodes = pandas.DataFrame({"latency": [1, 3], "resource": [None, "mul"],
                              "latest": [5, None], "width": [8, 16]},
                             index=["x", "square"])
    edges = pandas.DataFrame({"source": ["x"], "target": ["square"], "lag": [2]})
    p = gaus.Problem.from_pandas(nodes, edges, limits={"mul": 1}, name="p")
    assert p == gaus.Problem([1, 3], [(0, 1)], width=[8, 16], lag=2, name="p",
                             names=["x", "square"], resource=[None, "mul"],
                             limits={"mul": 1}, window=[(0, 5), None])
    s = gaus.schedule(p)
    frame = s.to_pandas()
    assert frame["start"].tolist() == [0, 3] and frame["end"].tolist() == [1, 6]
    assert frame["uses"].tolist() == ["", "mul"]
    for wrong, text in ((nodes.drop(columns="latency"), "need a column 'latency'"),
                        (nodes.assign(lattest=1), "did you mean 'latest'")):
        with pytest.raises(gaus.Error, match=text):
            gaus.Problem.from_pandas(wrong, edges)


def test_pictures(layered):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    from matplotlib import pyplot
    s = gaus.schedule(layered, effort=0)
    bars = s.gantt()
    assert len(bars.patches) == 50 and len(bars.get_legend().texts) == 2
    lines = s.plot()
    assert lines.get_lines()[0].get_ydata().max() == s.memory
    pyplot.close("all")
    with pytest.raises(gaus.Error, match="no picture"):
        gaus.schedule(gaus.Problem([1] * 3000), effort=0).gantt()


def test_an_extra_that_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(gaus.Error, match=r"pip install 'gaus\[graphs\]'"):
        gaus.Problem([1]).to_networkx()


def test_no_tools(monkeypatch):
    monkeypatch.setattr("gaus.files._tool", lambda name: None)
    with pytest.raises(gaus.Error, match="gaus-translate is not on the path"):
        gaus.Problem.from_mlir("module {}")


def test_mlir_files(tmp_path):
    text = """func.func @f(%a: i32) -> i32 {
      %0 = arith.muli %a, %a : i32
      %1 = arith.addi %0, %a : i32
      return %1 : i32
    }"""
    path = tmp_path / "f.mlir"
    path.write_text(text)
    p = gaus.Problem.from_mlir(path)
    assert p.num_nodes == 2
    assert p == gaus.Problem.from_mlir(str(path)) == gaus.Problem.from_mlir(text)
    done = subprocess.run([sys.executable, "-m", "gaus", path, "--effort=0"],
                          capture_output=True, text=True)
    assert done.returncode == 0 and " 2        1 " in done.stdout
    loop = gaus.Problem.from_mlir("""func.func @f(%a: memref<4xi32>, %x: i32) {
      linalg.fill ins(%x : i32) outs(%a : memref<4xi32>)
      return
    }""", scope="affine.for in @f")
    assert list(loop.names) == ["affine.store #0"]
