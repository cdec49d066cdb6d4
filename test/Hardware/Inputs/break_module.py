"""Changes the text of a module that was simulated, and compares again.

    break_module.py FOLDER OUT FROM TO [ACCESSES]

FOLDER is what cosim.py kept of one function of the file FOLDER.c two folders above, OUT
gets the first difference; ACCESSES is how often each stream is accessed in a run.
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "utils" / "cosimulation"))
import compare  # noqa: E402
import drawing  # noqa: E402
import signatures  # noqa: E402
import test_bench  # noqa: E402

folder, old, new = pathlib.Path(sys.argv[1]), sys.argv[3], sys.argv[4]
name = folder.name
module = folder / "module.v"
text = module.read_text()
assert old in text
module.write_text(text.replace(old, new))
functions = signatures.functions(folder.parent.parent / f"{name}.c", [])
ports = test_bench.interfaces(text)[name]
expected = compare.expected_of(folder, functions)
assert test_bench.simulate(folder, "icarus", []) is None
accesses = {k: int(sys.argv[5]) for k in range(2)} if len(sys.argv) > 5 else {}
differences = []
for k, line in enumerate((folder / f"{name}_out.txt").read_text().splitlines()):
    meant = drawing.Meant(int(line.split()[0]), accesses)
    differences.append(compare.difference(ports, functions[name], folder, k, expected[k],
                                          meant, line))
pathlib.Path(sys.argv[2]).write_text(f"{next(filter(None, differences))}\n")
