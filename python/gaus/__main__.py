"""`python -m gaus FILE... --OPTION=VALUE`: schedules files, as gaus-bench does."""

import os
import sys

from . import _gaus
from .files import _tool


def main() -> int:
    arguments = sys.argv[1:]
    if any(argument.endswith(".mlir") for argument in arguments):
        tool = _tool("gaus-bench")  # the installed one reads MLIR, too
        if tool is not None:
            os.execv(tool, [tool, *arguments])
    sys.stdout.flush()
    return _gaus.bench(arguments)


sys.exit(main())
