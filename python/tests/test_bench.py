"""The measuring scripts: their exact costs, and the derivatives of variants.py."""

import json
import sys

import numpy as np
import pytest

import gaus
from conftest import SOURCE

sys.path.insert(0, str(SOURCE / "bench"))

import instance  # noqa: E402
import variants  # noqa: E402


@pytest.fixture
def loop(tmp_path):
    """A graph of two layers of sums with a recurrence, as the tools' JSON."""
    path = tmp_path / "loop.json"
    path.write_text(json.dumps({
        "latency": [1, 2, 0, 1], "width": [3, 5, 7, 1], "occupancy": [1, 2, 1, 1],
        "cls": [0, 0, 1, 0], "weight": [1, 1, 2, 1], "src": [0, 0, 1, 2, 3],
        "dst": [1, 2, 3, 3, 0], "dist": [0, 0, 0, 0, 2],
        "order": [0, 0, 0, 0, 0], "limits": {"0": 3}, "II": 2, "L": 6}))
    return path


def test_evaluation_agrees_with_the_library(loop):
    ours, theirs = instance.load(loop), gaus.read(loop)
    for starts in ([0, 1, 1, 3], [0, 2, 2, 4], [1, 2, 3, 4]):
        costs = gaus.evaluate(theirs, starts)
        memory, bad = instance.evaluate(ours, starts, "memory")
        resources, _ = instance.evaluate(ours, starts, "resources")
        assert memory == costs.memory
        assert resources == 100 * costs.resources + costs.communication
        assert bool(bad) == bool(gaus.verify(theirs, starts))


def test_evaluation_names_what_is_broken(loop):
    ours = instance.load(loop)
    assert instance.evaluate(ours, [0, 0, 1, 3], "memory")[1] == ["Dep"]
    assert "Lat" in instance.evaluate(ours, [0, 1, 1, 6], "memory")[1]
    assert instance.evaluate(ours, [0, 1, -1, 3], "memory")[1] == ["starts"]
    ours.limits = {0: 1}
    assert instance.evaluate(ours, [0, 1, 1, 3], "memory")[1] == ["Res"]


def test_clarks_moments():
    at = [np.array([x]) for x in (2.0, 0.5, 2.4, 1.5)]
    mean, variance, slopes = variants.clark(*at)
    draw = np.random.default_rng(1).normal(size=(2, 400000))
    larger = np.maximum(2.0 + 0.5 ** 0.5 * draw[0], 2.4 + 1.5 ** 0.5 * draw[1])
    assert mean[0] == pytest.approx(larger.mean(), abs=0.01)
    assert variance[0] == pytest.approx(larger.var(), abs=0.01)
    for k, (by_mean, by_variance) in enumerate(slopes):
        ends = []
        for h in (1e-4, -1e-4):
            moved = [x + h * (j == k) for j, x in enumerate(at)]
            ends.append(variants.clark(*moved)[:2])
        for which, slope in ((0, by_mean), (1, by_variance)):
            step = (ends[0][which] - ends[1][which])[0] / 2e-4
            assert slope[0] == pytest.approx(step, abs=1e-3)


def test_derivatives_of_a_start():
    first, last = np.array([0, 2]), np.array([5, 9])
    mean, stddev, h = np.array([2.3, 7.9]), np.array([0.8, 1.7]), 1e-4
    event = variants.Event(mean, stddev, first, last, 11)

    def at(m, s):
        return variants.Event(m, s, first, last, 11).at

    by_mean = (at(mean + h, stddev) - at(mean - h, stddev)) / (2 * h)
    by_stddev = (at(mean, stddev + h) - at(mean, stddev - h)) / (2 * h)
    assert np.allclose(event.by_mean, by_mean, atol=1e-3)
    assert np.allclose(event.by_stddev, by_stddev, atol=1e-3)
    assert np.allclose(event.at[:, -1], 1)
