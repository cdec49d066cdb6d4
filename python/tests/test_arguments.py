"""Whatever an argument is, a call returns or raises gaus.Error."""

import json
import os
import random
import signal
import threading

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gaus

# What people and programs put where something else is expected.
JUNK = [
    None, True, -1, 0, 1, 2, 3, 2**29 - 1, 2**31, 2**32 + 1, 2**62, 2**63,
    2**64 - 1, 2**200, -2**63, 0.5, 1.0, float("nan"), float("inf"), 1e300,
    1j, "", "x", "1", "none", "auto", "\ud800", "a\0b", b"x", (), [], [1],
    [1, 2], [1, 2, 3], (1, 2), [0, 0, 0], [-1, -1, -1], [2**31] * 3,
    [2**63] * 3, [2**64 - 1] * 3, [2**70] * 3, [None] * 3, [0.5] * 3,
    [float("nan")] * 3, ["x"] * 3, [[1, 2], [3]], [[0, 1], [1, 2]],
    [[0, 5]], [[-1, 0]], [(0, 1), None, (3, 2)], [{0: 1}, {}, {1: 2}],
    [{"a": 1}] * 3, [{0: None}] * 3, [{2**31: 1}, {}, {}], {}, {0: 1},
    {2**31: 1}, {-1: 1}, {0.5: 1}, {"a": 1}, {0: None}, {0: "x"}, {0: -1},
    {None: None}, {1: 1}, np.zeros(3), np.zeros(3, np.uint64),
    np.full(3, 2**64 - 1, np.uint64), np.zeros(3, np.int8),
    np.zeros((3, 3), np.int64), np.zeros((0, 2)), np.array(5),
    np.array("x"), np.zeros(3, "datetime64[s]"), np.zeros(6, int)[::2],
    np.array([None] * 3), np.float64(0.5), np.int32(3), object(), print,
    iter([1, 2, 3]), range(3), set(), lambda: 0,
]
PROBLEM = {"latency": [1, 3, 1], "edges": [(0, 1), (1, 2)], "width": [8, 16, 8],
           "resource": [0, 0, 1], "limits": {0: 1}}
ARGUMENTS = ["latency", "edges", "width", "occupancy", "window", "delay",
             "resource", "units", "limits", "prices", "resource_names",
             "distance", "lag", "weight", "carries", "ii", "length", "clock",
             "live_limit", "memory_model", "names", "name"]
OPTIONS = ["objective", "length", "ii", "ratio", "alpha", "live_limit",
           "memory_model", "clock", "effort", "time_limit", "memory_limit", "seed", "threads", "backend", "start", "gradient",
           "polish", "windows", "unknown"]


def attempt(call, *args, **kwargs):
    """The result, or None after a gaus.Error that says something."""
    try:
        return call(*args, **kwargs)
    except gaus.Error as error:
        assert error.code and error.message and str(error)
        return None


def use(problem):
    """All that can be asked of a problem, at the least effort."""
    assert problem.edges.shape == (problem.num_edges, 2)
    repr(problem)
    attempt(gaus.windows, problem)
    s = attempt(gaus.schedule, problem, effort=0, threads=1)
    if s is not None:
        assert gaus.verify(problem, s) == []
        json.loads(s.to_json())


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_problem(argument):
    for junk in JUNK:
        problem = attempt(gaus.Problem, **{**PROBLEM, argument: junk})
        if problem is not None:
            use(problem)


# Entries of an argument: right ones and others, one for each node or edge, or not.
NUMBERS = st.one_of(st.integers(-2, 9), st.integers(-2**70, 2**70),
                    st.sampled_from([2**29 - 1, 2**31, 2**63, -2**63]),
                    st.floats(), st.none(), st.booleans())
LISTS = st.one_of(st.lists(NUMBERS, max_size=4),
                  st.lists(st.integers(0, 9), min_size=3, max_size=3))
PAIRS = st.one_of(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4)),
                           max_size=4),
                  st.lists(st.lists(NUMBERS, max_size=3), max_size=3))
NAMES = st.one_of(st.text(max_size=3), st.lists(st.text(max_size=3), max_size=4))
TABLES = st.dictionaries(st.one_of(st.integers(-1, 3), NUMBERS, st.text(max_size=2)),
                         NUMBERS, max_size=3)
ARRAYS = st.one_of(
    LISTS.filter(lambda x: all(type(v) is int and -2**63 <= v < 2**63 for v in x)).map(
        lambda x: np.array(x, np.int64)),
    st.lists(st.integers(0, 255), max_size=4).map(lambda x: np.array(x, np.uint8)),
    st.lists(st.floats(), max_size=4).map(np.array))
ANYTHING = st.one_of(NUMBERS, LISTS, PAIRS, NAMES, TABLES, ARRAYS,
                     st.lists(TABLES, max_size=3),
                     # What has been seen; some are used up by a call.
                     st.sampled_from([x for x in JUNK
                                      if not hasattr(x, "__next__")]))
FIXED = settings(derandomize=True, max_examples=150, deadline=None, database=None,
                 suppress_health_check=list(HealthCheck))


@FIXED
@given(st.dictionaries(st.sampled_from(ARGUMENTS), ANYTHING, min_size=1, max_size=5))
def test_any_problem(changed):
    problem = attempt(gaus.Problem, **{**PROBLEM, **changed})
    if problem is not None:
        use(problem)


@FIXED
@given(st.dictionaries(
    st.sampled_from([o for o in OPTIONS if o not in ("effort", "time_limit",
                                                     "threads", "gradient")]),
    ANYTHING, min_size=1, max_size=4))
def test_any_options(changed):
    problem = gaus.Problem(**PROBLEM)
    chosen = {"effort": 0, "threads": 1, **changed}
    s = attempt(gaus.schedule, problem, **chosen)
    if s is not None:
        json.loads(s.to_json())
    chosen.pop("objective", None)
    attempt(gaus.windows, problem, **chosen)


@FIXED
@given(ANYTHING, st.one_of(st.just(None), NUMBERS))
def test_any_starts(starts, ii):
    """What is right by one function is right by the other."""
    problem = gaus.Problem(**PROBLEM)
    more = {} if ii is None else {"ii": ii}
    found = attempt(gaus.verify, problem, starts, **more)
    cost = attempt(gaus.evaluate, problem, starts, **more)
    if found == []:
        assert cost is not None


@pytest.mark.parametrize("option", OPTIONS)
def test_options(option):
    p = gaus.Problem(**PROBLEM)
    for junk in JUNK:
        chosen = {"effort": 0, "threads": 1, option: junk}
        if option == "effort" and repr(junk) in ("2", "3", "np.int32(3)"):
            continue  # fine, and slow
        attempt(gaus.schedule, p, **chosen)
        chosen.pop("objective", None)
        attempt(gaus.windows, p, **chosen)


def test_functions():
    p = gaus.Problem(**PROBLEM)
    for junk in JUNK:
        for function in (gaus.schedule, gaus.windows):
            attempt(function, junk)
        for function in (gaus.verify, gaus.evaluate):
            attempt(function, junk, [0, 1, 4])
            attempt(function, p, junk)
            attempt(function, p, [0, 1, 4], ii=junk)
        attempt(gaus.verify, p, [0, 1, 4], length=junk)
        attempt(gaus.schedule, p, existing=junk, effort=0)
        attempt(gaus.options)
        for function in (gaus.read, gaus.read_gml, gaus.read_aiger,
                         gaus.read_json, gaus.Problem.from_mlir):
            if not isinstance(junk, (int, np.integer)):
                attempt(function, junk)
        attempt(gaus.read, "none.gml", node_latency=junk)
        attempt(gaus.read, "none.graphml", resources=junk)


@pytest.mark.parametrize("attribute", ["starts", "ii", "length", "cost",
                                       "bound", "problem"])
def test_attributes_that_are_replaced(attribute):
    p = gaus.Problem(**PROBLEM)
    for junk in JUNK:
        s = gaus.schedule(p, effort=0)
        setattr(s, attribute, junk)
        for form in (s.to_csv, s.to_json, s.to_html, s.to_dot, s.to_perfetto,
                     s.to_minimalloc, s.report, s.summary, s.memory_profile,
                     s.memory_steps):
            attempt(form)
        attempt(gaus.verify, p, s)


def test_resources_of_profiles():
    s = gaus.schedule(gaus.Problem(**PROBLEM), effort=0)
    for junk in JUNK:
        attempt(s.use_profile, junk)
        attempt(s.use_steps, junk)
    assert s.use_steps(0).tolist()[-1][1] == 0
    for wrong in (-1, 2, None, "0"):
        with pytest.raises(gaus.Error):
            s.use_profile(wrong)


def test_a_shorter_array_of_starts():
    p = gaus.Problem([1] * 100000, width=1, resource=[0] * 100000)
    s = gaus.schedule(p, effort=0)
    s.starts = np.array([0], dtype=np.int32)
    with pytest.raises(gaus.Error, match="starts has 1 entries, not 100000"):
        s.to_json()


def test_what_is_out_of_range():
    p = gaus.Problem(**PROBLEM)
    for call in (lambda: gaus.evaluate(p, [0, 1, 4], ii=-1),
                 lambda: gaus.verify(p, [0, 1, 4], ii=-1),
                 lambda: gaus.verify(p, [0, 1, 4], length=2**31),
                 lambda: gaus.Problem([1], limits={2**31: 1}),
                 lambda: gaus.Problem(None),
                 lambda: gaus.Problem(np.full(1, 2**64 - 1, np.uint64)),
                 lambda: gaus.schedule(None)):
        with pytest.raises(gaus.Error) as e:
            call()
        assert e.value.code == "input"
    # One number stands for all entries, here, too.
    assert gaus.Problem([1, 1], resource=0, limits=[1]).num_nodes == 2


def test_a_profile_longer_than_memory():
    s = gaus.schedule(gaus.Problem([2**28, 1], edges=[(0, 1)], width=8))
    s.starts = np.array([0, 2**29 - 1])
    with pytest.raises(gaus.Error, match="take the steps"):
        s.memory_profile()
    assert s.memory_steps().tolist() == [[0, 0], [2**28 - 1, 8],
                                         [2**29 - 1, 0]]


def test_files_that_cannot_be_written(tmp_path):
    s = gaus.schedule(gaus.Problem(**PROBLEM), effort=0)
    for path in (tmp_path, tmp_path / "none" / "x", "/dev/full", 5, "a\0b"):
        with pytest.raises(gaus.Error):
            s.to_csv(path)
    s.to_csv(tmp_path / "out.csv")
    assert [f.name for f in tmp_path.iterdir()] == ["out.csv"]


def test_an_interrupt_keeps_the_best_so_far():
    pick = random.Random(1)
    n = 3000
    p = gaus.Problem([2] * n, [(pick.randrange(i), i) for i in range(1, n)
                               for _ in range(3)], width=8)
    # A shell's background job ignores it, and Python leaves that so.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt) as e:
        gaus.schedule(p, objective="memory", effort=5)
    timer.join()
    best = e.value.schedule
    assert best is None or gaus.verify(p, best) == []


def test_values_that_enter_and_leave():
    edges = [(0, 2), (1, 2)]
    plain = gaus.Problem([1, 1, 1], edges, width=32)
    p = gaus.Problem([1, 1, 1], edges, width=32, leave=[2, 0],
                     enter=[(32, [0]), (8, [1, 2], True)])
    assert gaus.schedule(plain, objective="memory", length=4).cost == 64
    s = gaus.schedule(p, objective="memory", length=4)
    # Both values and the byte that stays, then what leaves and the byte.
    assert s.cost == s.bound == 72
    assert s.memory_profile().tolist()[:2] == [72, 72]
    for wrong in ([(32,)], [(32, [3])], [(-1, [0])]):
        with pytest.raises(gaus.Error):
            gaus.Problem([1, 1, 1], edges, enter=wrong)
    with pytest.raises(gaus.Error):
        gaus.Problem([1, 1, 1], edges, leave=[3])
