"""GauS: start cycles of dataflow graphs by Gaussian relaxation.

    import gaus

    problem = gaus.Problem(latency=[1, 3, 1], names=["x", "f", "y"],
                           edges=[("x", "f"), ("f", "y")], width=[8, 16, 8])
    schedule = gaus.schedule(problem, objective="memory", length=1.5)
    schedule.starts          # numpy array of int32
    schedule.cost, schedule.bound

Every error is a gaus.Error with a code, a message, the node at fault and notes.
Every schedule was checked by the exact verifier. `python -m gaus` schedules files.
"""

from __future__ import annotations

from . import _gaus
from .errors import Error, Violation
from .files import read, read_aiger, read_gml, read_json
from .fronts import hypervolume, pareto, plot_pareto
from .options import options
from .problem import Problem
from .progress import Progress
from .results import read_results
from .schedules import Costs, Schedule
from .solve import Bounds, bounds, evaluate, explain, schedule, verify, windows
from .sweeps import sweep

__version__: str = _gaus.VERSION
__all__ = ["Bounds", "Costs", "Error", "Problem", "Progress", "Schedule",
           "Violation", "bounds", "evaluate", "explain", "hypervolume", "options",
           "pareto", "plot_pareto", "read", "read_aiger", "read_gml", "read_json",
           "read_results", "schedule", "sweep", "verify", "windows"]

# They are the package's, whichever file they stand in.
for _name in __all__:
    globals()[_name].__module__ = __name__
del _name
