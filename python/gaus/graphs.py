"""Problems from and to networkx and pandas."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np

from . import _gaus
from .errors import Error, _checked, _extra
from .problem import Problem

# Arguments of Problem that have an entry a node, or an edge, with what one item
# without the attribute has.
_NODE: dict[str, Any] = {"latency": 1, "width": 0, "occupancy": 1,
                         "resource": None, "units": 1, "window": None, "delay": 0.0}
_EDGE: dict[str, Any] = {"distance": 0, "lag": 0, "weight": 1, "carries": 1}


def _refuse_unknown(what: str, names: Iterable[Any], known: Collection[str],
                    ignore: Collection[str]) -> None:
    for name in names:
        if name in known or name in ignore:
            continue
        near = difflib.get_close_matches(str(name), known, 1)
        raise Error("input", f"{what}: {name!r} means nothing here",
                    notes=[f"did you mean {near[0]!r}?"] if near else
                    [f"known are {', '.join(known)}; ignore=[{name!r}] leaves "
                     "it out"])


def _split_delay(delays: list[Any]) -> Any:
    """Numbers, or pairs (in, out), as Problem takes them."""
    pairs = [d if isinstance(d, (tuple, list)) else (d, d) for d in delays]
    return [d[0] for d in pairs], [d[1] for d in pairs]


def _merged(found: dict[str, Any], arguments: dict[str, Any]) -> Problem:
    twice = sorted(found.keys() & arguments.keys() - {"name"})
    if twice:
        raise Error("input", f"{twice[0]} comes from the graph")
    return Problem(**{**found, **arguments})


@_checked
def from_networkx(graph: Any, ignore: Collection[str],
                  arguments: dict[str, Any]) -> Problem:
    if not graph.is_directed():
        raise Error("input", "the graph must be directed")
    nodes = list(graph.nodes(data=True))
    index = {node: i for i, (node, _) in enumerate(nodes)}
    edges = list(graph.edges(data=True))
    for what, data, known in (("a node", nodes, _NODE), ("an edge", edges, _EDGE)):
        for *_, attributes in data:
            _refuse_unknown(what, attributes, [*known, "name"], ignore)
    found: dict[str, Any] = {
        key: [data.get(key, default) for _, data in nodes]
        for key, default in _NODE.items()}
    found.update({key: [data.get(key, default) for *_, data in edges]
                  for key, default in _EDGE.items()})
    found["delay"] = _split_delay(found["delay"])
    found["edges"] = [(index[a], index[b]) for a, b, _ in edges]
    found["names"] = [str(data.get("name", node)) for node, data in nodes]
    found["name"] = str(graph.graph.get("name", ""))
    return _merged(found, arguments)


def _column(frame: Any, name: str, default: Any) -> list[Any]:
    if name not in frame.columns:
        return [default] * len(frame)
    missing = frame[name].isna().tolist()
    return [default if gone else value
            for value, gone in zip(frame[name].tolist(), missing)]


def _whole(values: list[Any]) -> list[Any]:
    """A column with gaps comes as floats."""
    return [int(x) if isinstance(x, float) and x.is_integer() else x
            for x in values]


@_checked
def from_pandas(nodes: Any, edges: Any, ignore: Collection[str],
                arguments: dict[str, Any]) -> Problem:
    known = [*(key for key in _NODE if key not in ("window", "delay")), "name",
             "earliest", "latest", "delay_in", "delay_out"]
    _refuse_unknown("nodes", nodes.columns, known, ignore)
    if "latency" not in nodes.columns:
        raise Error("input", "nodes need a column 'latency'")
    names = [str(x) for x in (nodes["name"] if "name" in nodes.columns
                              else nodes.index)]
    found: dict[str, Any] = {
        key: _whole(_column(nodes, key, default))
        for key, default in _NODE.items() if key not in ("window", "delay")}
    found["names"] = names
    found["window"] = list(zip(_whole(_column(nodes, "earliest", 0)),
                               _whole(_column(nodes, "latest", _gaus.MAX_CYCLE))))
    found["delay"] = (_column(nodes, "delay_in", 0.0),
                      _column(nodes, "delay_out", 0.0))
    if edges is not None:
        _refuse_unknown("edges", edges.columns, ["source", "target", *_EDGE],
                        ignore)
        for end in ("source", "target"):
            if end not in edges.columns:
                raise Error("input", f"edges need a column {end!r}")
        found["edges"] = list(zip(map(str, edges["source"].tolist()),
                                  map(str, edges["target"].tolist())))
        found.update({key: _whole(_column(edges, key, default))
                      for key, default in _EDGE.items()})
    return _merged(found, arguments)


@_checked
def to_networkx(problem: Problem, starts: Any = None) -> Any:
    """A MultiDiGraph of numbers with all attributes that from_networkx reads."""
    networkx = _extra("networkx", "graphs")
    given = problem._arguments()
    delay_in, delay_out = given["delay"]
    graph = networkx.MultiDiGraph(name=problem.name)
    labels = problem.names or [str(i) for i in range(problem.num_nodes)]
    resources = given["resource"] or [{}] * problem.num_nodes
    for i, label in enumerate(labels):
        window = tuple(int(x) for x in given["window"][i])
        graph.add_node(
            i, name=label, latency=int(problem.latency[i]),
            width=int(problem.width[i]), occupancy=int(problem.occupancy[i]),
            resource={problem.resource_names[r]: u for r, u in
                      resources[i].items()}, window=window,
            delay=(float(delay_in[i]), float(delay_out[i])),
            **({} if starts is None else {"start": int(starts[i])}))
    columns = {key: np.asarray(given[key]).tolist() for key in _EDGE}
    for k, (a, b) in enumerate(problem.edges.tolist()):
        graph.add_edge(a, b, **{key: columns[key][k] for key in _EDGE})
    return graph


@_checked
def to_pandas(problem: Problem, starts: Any) -> Any:
    """A frame with a row a node."""
    pandas = _extra("pandas", "pandas")
    latency = problem.latency
    uses = problem._arguments()["resource"] or [{}] * problem.num_nodes
    names = problem.resource_names
    return pandas.DataFrame({
        "name": problem._labels(), "start": np.array(starts),
        "end": np.asarray(starts, np.int64) + latency, "latency": latency.copy(),
        "occupancy": problem.occupancy.copy(), "width": problem.width.copy(),
        "uses": [" ".join(names[r] if u == 1 else f"{names[r]}:{u}"
                          for r, u in row.items()) for row in uses]},
        index=pandas.RangeIndex(problem.num_nodes, name="node"))
