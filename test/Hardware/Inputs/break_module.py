"""Changes a constant of a module that was simulated, and compares again."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "utils" / "cosimulation"))
import compare  # noqa: E402
import signatures  # noqa: E402
import test_bench  # noqa: E402

folder = pathlib.Path(sys.argv[1])
module = folder / "module.v"
text = module.read_text()
assert "32'h1)" in text
module.write_text(text.replace("32'h1)", "32'h2)"))
functions = signatures.functions(folder.parent.parent / "wrong.c", [])
ports = test_bench.interfaces(text)["wrong"]
expected = compare.expected_of(folder, functions)
assert test_bench.simulate(folder, "icarus", []) is None
lines = (folder / "wrong_out.txt").read_text().splitlines()
pathlib.Path(sys.argv[2]).write_text(
    str(compare.difference(ports, functions["wrong"], folder, 0, expected[0],
                           int(lines[0].split()[0]), lines[0])) + "\n")
