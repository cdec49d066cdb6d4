"""What `mypy --strict` is to accept, but for what is marked (test_types.py)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

import gaus


def used_well() -> npt.NDArray[np.int32]:
    problem = gaus.Problem([1, 3, 1], [("x", "f"), ("f", "y")], names=["x", "f", "y"],
                           resource=[None, "mul", {"mul": 1}], limits={"mul": 1})
    problem = problem.replace(ii=2)
    schedule = gaus.schedule(problem, objective="memory", length=1.5, ii="auto",
                             callback=lambda reached: reached.cost == 3)
    costs: gaus.Costs = gaus.evaluate(problem, schedule.starts)
    bound: int = gaus.bounds(problem, "memory", length="1.5x").cost
    broken: list[gaus.Violation] = gaus.verify(problem, schedule)
    gap: float = schedule.gap
    print(costs.memory, bound, broken, gap, schedule.to_csv("x.csv"))
    return schedule.starts


def used_badly(problem: gaus.Problem) -> None:
    gaus.schedule(problem, objectve="memory")  # expect: call-arg
    gaus.schedule(problem, objective="speed")  # expect: arg-type
    gaus.schedule(problem, effort="2")  # expect: arg-type
    gaus.bounds(problem, lenght=3)  # expect: call-arg
    gaus.Problem()  # expect: call-arg
    gaus.schedule(problem).stars  # expect: attr-defined
