"""Sweeps on a cluster of processes, their files, and fronts."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

import gaus
from gaus import results, sweeps

pandas = pytest.importorskip("pandas")
pytest.importorskip("pyarrow")
distributed = pytest.importorskip("distributed")

GRID = {"length": [1.0, 1.5, 2.0], "limits": [{"mul": 1}, {"mul": 2}],
        "objective": ["memory"], "effort": [0]}


def small(k):
    return gaus.Problem([1, 3, 3, 1 + k % 3], [("x", "a"), ("x", "b"), ("a", "y"),
                                               ("b", "y")],
                        names=["x", "a", "b", "y"], width=[8, 16, 16 + k, 8],
                        resource=[None, "mul", "mul", None], limits={"mul": 1},
                        name=f"p{k}")


@pytest.fixture(scope="module")
def client():
    import dask
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), \
            distributed.LocalCluster(n_workers=2, threads_per_worker=1,
                                     dashboard_address=None) as cluster, \
            distributed.Client(cluster) as own:
        yield own


def same(a, b):
    """All but times."""
    times = ["seconds", "cpu_seconds"]
    pandas.testing.assert_frame_equal(a.drop(columns=times), b.drop(columns=times))


def test_a_sweep_is_its_schedules(client):
    problems = [small(0), small(1), small(0)]  # one of them twice
    grid = {**GRID, "length": [1.0, 1.5, "1.5x", 3]}
    frame = gaus.sweep(problems, grid, client=client)
    assert len(frame) == 2 * 2 * 3 and frame["key"].is_unique
    row = frame[(frame["name"] == "p1") & (frame["asked_length"] == "1.5x")
                & (frame["limits"] == '{"mul": 2}')].iloc[0]
    alone = gaus.schedule(small(1).replace(limits={"mul": 2}), "memory", length=1.5,
                          effort=0)
    assert row["starts"].tolist() == alone.starts.tolist()
    for key in ("cost", "bound", "length", "memory", "cycles", "method"):
        assert row[key] == getattr(alone, key)
    failed = frame[frame["asked_length"] == "3"]
    assert set(failed["code"]) == {"Lat"} and failed["cost"].isna().all()
    assert "below the longest path" in failed["error"].iloc[0]


def test_what_is_there_is_not_solved_again(client, tmp_path, monkeypatch):
    """An interrupt in the middle, and the same call once more."""
    out = tmp_path / "x.parquet"
    problems = {f"q{k}": small(k) for k in range(4)}
    plain = results.Results.add
    added = []

    def add(self, row):
        if len(added) == 5:
            raise KeyboardInterrupt
        added.append(row["key"])
        plain(self, row)
    monkeypatch.setattr(results.Results, "add", add)
    monkeypatch.setattr(results, "_PART_SECONDS", -1)
    with pytest.raises(KeyboardInterrupt):
        gaus.sweep(problems, GRID, client=client, out=out)
    monkeypatch.setattr(results.Results, "add", plain)
    assert len(results._rows(out)) == 5
    frame = gaus.sweep(problems, GRID, client=client, out=out)
    assert len(frame) == 24 and set(added) < set(frame["key"])
    assert not out.with_name("x.parquet.parts").exists()
    same(frame, gaus.read_results(out).set_index("key").loc[frame["key"]]
         .reset_index()[list(frame.columns)])
    before = out.read_bytes()
    # Nothing is left: no cluster is asked.
    same(gaus.sweep(problems, GRID, client="none", out=out), frame)
    assert out.read_bytes() == before


def test_parts_of_a_sweep_that_was_killed(client, tmp_path):
    out = tmp_path / "x.parquet"
    whole = gaus.sweep([small(0)], GRID, client=client, out=tmp_path / "whole.parquet")
    rows = results._table(results._rows(tmp_path / "whole.parquet")[:2])
    (tmp_path / "x.parquet.parts").mkdir()
    results._write(rows, tmp_path / "x.parquet.parts" / "000000.parquet")
    frame = gaus.sweep([small(0)], GRID, client=client, out=out)
    same(frame, whole)
    # Two of its rows are those of the part, with their times.
    assert (frame["seconds"] == whole["seconds"]).sum() == 2


def test_a_worker_killed_in_the_middle(client, monkeypatch):
    problems = [small(k) for k in range(20)]
    expected = gaus.sweep(problems, GRID, client=client)
    victims = list(client.run(os.getpid).values())
    plain, count = results.Results.add, []

    def add(self, row):
        count.append(1)
        if len(count) == 10:
            os.kill(victims[0], signal.SIGKILL)
        plain(self, row)
    monkeypatch.setattr(results.Results, "add", add)
    monkeypatch.setattr(sweeps, "_BATCH_SECONDS", 0.01)
    same(gaus.sweep(problems, GRID, client=client), expected)
    assert len(count) == 120


class Deadly(gaus.Problem):
    """Ends the worker that unpickles it, but not this process."""

    def __reduce__(self):
        return eval, (f"__import__('sys').modules['{__name__}'].DEADLY "
                      f"if (o := __import__('os')).getpid() == {os.getpid()} "
                      "else o._exit(1)",)


DEADLY = Deadly([1], name="deadly")


def test_a_solve_that_ends_its_workers(client, monkeypatch):
    monkeypatch.setattr(sweeps, "_TRIES", 2)
    frame = gaus.sweep([small(0), DEADLY], {"effort": [0]}, client=client)
    assert frame["code"].fillna("").tolist() == ["", "lost"]
    assert frame["name"].tolist() == ["p0", "deadly"]


def test_wrong_grids():
    with pytest.raises(gaus.Error, match="'lenght', which is no option"):
        gaus.sweep([small(0)], {"lenght": [1.0]})
    with pytest.raises(gaus.Error, match="there is no resource 'add'"):
        gaus.sweep([small(0)], {"limits": [{"add": 1}]})


def test_fronts():
    frame = pandas.DataFrame({
        "name": list("aaaaab"), "cycles": [4, 6, 5, 4, 9, 3],
        "memory": [9, 4, 4, 9, None, 1]})
    front = gaus.pareto(frame, by="name")
    assert front.index.tolist() == [0, 2, 5]
    assert gaus.pareto(frame).index.tolist() == [5]
    a = frame[frame["name"] == "a"]
    assert gaus.hypervolume(a, reference=(10, 10)) == 6 * 1 + 5 * 6 - 1 * 5
    assert gaus.hypervolume(a, reference=(4, 4)) == 0
    with pytest.raises(gaus.Error, match="no column 'registers'"):
        gaus.pareto(frame, ("cycles", "registers"))


def test_fronts_against_a_count():
    random = np.random.default_rng(3)
    for columns in (2, 3):
        points = random.integers(0, 6, (12, columns))
        frame = pandas.DataFrame(points, columns=list("xyz")[:columns])
        costs = list(frame.columns)
        cells = np.stack(np.meshgrid(*[np.arange(6)] * columns), -1).reshape(
            -1, columns)
        covered = (cells[:, None] >= points[None]).all(-1).any(1).sum()
        assert gaus.hypervolume(frame, costs, reference=[6] * columns) == covered
        front = gaus.pareto(frame, costs).to_numpy()
        for point in points:
            better = (points <= point).all(1) & (points < point).any(1)
            assert better.any() != (front == point).all(1).any()


def test_rows_of_the_tool_join_in(tmp_path, source, client):
    file = tmp_path / "bench.json"
    done = subprocess.run(
        [sys.executable, "-m", "gaus", source / "test/Docs/Inputs/small.gml",
         "--objective=memory", "--effort=0", f"--json={file}"],
        capture_output=True, text=True)
    assert done.returncode == 0 and "small" in done.stdout
    out = tmp_path / "x.parquet"
    gaus.sweep(gaus.read(source / "test/Docs/Inputs/small.gml"),
               {"objective": ["memory"], "effort": [0]}, client=client, out=out)
    both = gaus.read_results(out, file)
    assert both["cost"].nunique() == 1 and both["name"].tolist() == ["small"] * 2
    assert both["source"].tolist() == [str(out), str(file)]
    file.write_text(json.dumps({"no": "rows"}))
    with pytest.raises(gaus.Error, match="not the rows of gaus-bench"):
        gaus.read_results(file)


def test_a_picture_of_fronts():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    frame = pandas.DataFrame({"name": ["a", "a", "b"], "cycles": [4, 5, 3],
                              "memory": [9, 4, 1]})
    ax = gaus.plot_pareto(frame, by="name")
    assert len(ax.get_lines()) == 4 and len(ax.get_legend().texts) == 2
