#!/usr/bin/env bash
# Builds with sanitizers and runs the tests under them.
#
#   utils/sanitize.sh [--quick] [address|thread]      default: address
#
# address: address, leak and undefined sanitizers; the unit tests in the build
#   without LLVM (build-core), the lit tests in the build with it (build-sanitize).
#   Debian's libMLIR and libLLVM are not instrumented: test/lit.cfg.py says what
#   that needs. Programs without the runtime get it by LD_PRELOAD.
# thread: thread sanitizer, the unit tests (build-thread). --quick has its own set.
#
# --quick leaves out the unit tests that solve the same kind of problem many times
# over, which run without sanitizers in utils/check.sh.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

filter='*'
if [ "${1-}" = --quick ]; then
  shift
  filter='-Solver.ThreadsDoNotChangeTheBits:Solver.DescentAndPolishTakeTurns'
  filter+=':Solver.WarmStartIsNeverWorse:Solver.NeverWorseThanItsHeuristics'
  filter+=':Solver.FirstDescentsOnLargeGraphsAreRaced'
fi
kind=${1:-address}
status=0
results=${GAUS_RESULTS_DIR:-$build/results-sanitize}
mkdir -p "$results"

unit_tests() { # FOLDER NAME [PROGRAM...]
  local out=$results/$2
  mkdir -p "$out"
  python3 "$root/utils/unit-tests.py" "$1/bin" "$out" --jobs "$jobs" \
    --filter "$filter" "${@:3}" || status=1
}

case $kind in
address)
  export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
  say "The build without LLVM, under address and undefined sanitizers"
  configure_sanitized "$build-core" address,undefined -DGAUS_ENABLE_MLIR=OFF
  ninja -C "$build-core" -j "$jobs" --quiet
  unit_tests "$build-core" address
  say "lit tests under address and undefined sanitizers"
  configure_sanitized "$build-sanitize" address,undefined
  ln -sfn "$build/venv" "$build-sanitize/venv"
  ninja -C "$build-sanitize" -j "$jobs" --quiet gaus-opt gaus-translate \
    gaus-bench gaus-lsp-server gaus-reduce gaus-replay GausPlugin
  lit-22 -j "$jobs" -q -o "$results/sanitize.lit.json" \
    "$build-sanitize/test" || status=1
  [ -f "$results/sanitize.lit.json" ] || touch "$results/sanitize-lit.died"
  ;;
thread)
  export TSAN_OPTIONS="suppressions=$root/utils/tsan.supp halt_on_error=1"
  say "Unit tests under the thread sanitizer"
  configure_sanitized "$build-thread" thread -DGAUS_ENABLE_MLIR=OFF
  ninja -C "$build-thread" -j "$jobs" --quiet
  unit_tests "$build-thread" thread
  ;;
*)
  fail "$kind: neither address nor thread"
  ;;
esac
exit $status
