"""GauS: start cycles of dataflow graphs by Gaussian relaxation.

    import numpy as np
    import gaus

    problem = gaus.Problem(latency=[1, 3, 1], edges=[(0, 1), (1, 2)],
                           width=[8, 16, 8])
    schedule = gaus.schedule(problem, objective="memory", length="1.5x")
    schedule.starts          # numpy array of int32
    schedule.cost, schedule.bound

Every error is a gaus.Error with a code, a message, the node at fault and notes.
Every schedule was checked by the exact verifier.
"""

from __future__ import annotations

from . import _gaus
from .errors import Error, Violation
from .files import parse_mlir, read, read_aiger, read_gml, read_json
from .problem import Problem
from .schedules import Schedule
from .solve import evaluate, options, schedule, verify, windows

__version__ = _gaus.VERSION
__all__ = ["Error", "Problem", "Schedule", "Violation", "evaluate", "options",
           "parse_mlir", "read", "read_aiger", "read_gml", "read_json",
           "schedule", "verify", "windows"]

# They are the package's, whichever file they stand in.
for _name in __all__:
    globals()[_name].__module__ = __name__
del _name
