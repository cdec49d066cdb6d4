#!/usr/bin/env python3
"""Puts a program under an operator library.

    utils/with-library.py LIBRARY.mlir [PROGRAM.mlir]

Prints one module with the first gaus.library of LIBRARY.mlir and the program
(default: the standard input) inside, the library named for all of it. The
program is MLIR as the tools print it, as from mlir-translate --import-llvm.
"""

import pathlib
import re
import sys


def combine(library, program):
    """Aliases and resources have to stay at the top of the file and at its end."""
    name = re.search(r"^\s*gaus\.library\s+(@[\w.$-]+)", library, re.M)
    if not name:
        raise SystemExit("error: no gaus.library in the library file")
    lines = program.splitlines(keepends=True)
    first = next((k for k, line in enumerate(lines)
                  if line.strip() and line[0] not in "#!/"), len(lines))
    last = next((k for k, line in enumerate(lines)
                 if k > first and line.startswith(("{-#", "#"))),
                len(lines))
    return "".join([*lines[:first],
                    f"module attributes {{gaus.library = {name[1]}}} {{\n",
                    library.rstrip() + "\n", *lines[first:last], "}\n",
                    *lines[last:]])


def main():
    if not 2 <= len(sys.argv) <= 3 or sys.argv[1] in ("-h", "--help"):
        raise SystemExit(__doc__)
    try:
        library = pathlib.Path(sys.argv[1]).read_text()
        program = (pathlib.Path(sys.argv[2]).read_text() if len(sys.argv) == 3
                   else sys.stdin.read())
    except OSError as error:
        raise SystemExit(f"error: {error}")
    sys.stdout.write(combine(library, program))


if __name__ == "__main__":
    main()
