"""What the tests share."""

import pathlib

import numpy as np
import pytest

import gaus

SOURCE = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture
def source():
    return SOURCE


@pytest.fixture
def layered():
    """A seeded graph in layers: 50 nodes, widths, one limited resource."""
    random = np.random.default_rng(7)
    n = 50
    edges = sorted({(int(random.integers(max(0, j - 20), j)), j)
                    for j in range(1, n) for _ in range(2)})
    return gaus.Problem(latency=random.integers(1, 4, n), edges=edges,
                        width=random.integers(1, 33, n),
                        resource=np.arange(n) % 2, limits={0: 12},
                        name="layered")
