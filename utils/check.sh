#!/usr/bin/env bash
# Everything quickstart.sh does, then all tests: formatting, clang-tidy of the core,
# lit, GoogleTest, pytest, and the build without LLVM under sanitizers: its unit tests
# and fuzzers.
# Closes with counts; the exit status is 1 when anything failed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

GAUS_WARNINGS_AS_ERRORS=ON "$root/utils/quickstart.sh"

results=$build/results
rm -rf "$results"
mkdir -p "$results"
status=0

say "Formatting"
"$root/utils/format.sh" --check || status=1

say "Unit tests"
python3 "$root/utils/unit-tests.py" "$build/bin" "$results" --jobs "$jobs" ||
  status=1

say "clang-tidy of what knows no MLIR"
python3 "$root/utils/tidy.py" --quick "--build=$build" "--jobs=$jobs" \
  lib/Core/ lib/Binding/ lib/Solver/ lib/Device/ || status=1

if [ -f "$build/kernels.md" ]; then
  say "CUDA kernels"
  cat "$build/kernels.md"
fi

get_report_tools || echo "No browser, dot or tidy: what needs them is not tested"
make_docs_venv || echo "No Sphinx: the site of the documentation is not tested"
get_circt || echo "CIRCT could not be fetched: the test that needs it is left out"

say "lit tests"
lit_status=0
lit-22 -j "$jobs" -q -o "$results/lit.lit.json" \
  "$build/test" || lit_status=1
[ $lit_status -eq 0 ] || status=1
[ -f "$results/lit.lit.json" ] || echo lit >"$results/lit.died"

if [ -d "$root/python/tests" ]; then
  say "Python tests"
  "$build/venv/bin/python" -m pytest -q -p no:cacheprovider \
    "--junitxml=$results/python.junit.xml" "$root/python/tests" || status=1
fi

GAUS_RESULTS_DIR=$results "$root/utils/sanitize.sh" --quick core || status=1

say "Fuzzers"
"$root/utils/fuzz.sh" --core --runs 2000 || status=1

say "Result"
"$build/venv/bin/python" "$root/utils/count-tests.py" "$results" || status=1
exit $status
