#!/usr/bin/env bash
# Builds with sanitizers and runs the tests under them.
#
#   utils/sanitize.sh [--quick] [core|lit|address|thread]      default: address
#
# core: the unit tests under address, leak and undefined sanitizers, in the build
#   without LLVM (build-core).
# lit: the lit tests under the same, in a build with LLVM (build-sanitize).
#   Debian's libMLIR and libLLVM are not instrumented: test/lit.cfg.py says what
#   that needs. Programs without the runtime get it by LD_PRELOAD.
# address: both.
# thread: thread sanitizer, the unit tests (build-thread). --quick has its own set.
#
# --quick leaves out the unit tests that solve the same kind of problem many times
# over, and tries fewer problems with every feature: all of it runs without sanitizers
# in utils/check.sh.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

filter='*'
if [ "${1-}" = --quick ]; then
  shift
  filter='-Solver.ThreadsDoNotChangeTheBits:Solver.NeverWorseThanItsHeuristics'
  filter+=':Plan.DescentAndPolishTakeTurns:Plan.FirstDescentsOnLargeGraphsAreRaced'
  filter+=':Plan.ALowerPeakIsAskedFor:Optimum.*'
  filter+=':Backends.WideLevels:Backends.HorizonsBeyondAWindow'
  filter+=':Backends.SizesAroundTiles:Backends.NodesWithManyEdges'
  filter+=':Backends.WideDistributions:Loaded.NoStateIsLeftOver'
  filter+=':Loaded.OnlyStartsTravelBetweenTwoDescents:Binding.IsOneAndNoWorseWithEffort'
  export GAUS_ORACLE_SEEDS=200
fi
kind=${1:-address}
status=0
results=${GAUS_RESULTS_DIR:-$build/results-sanitize}
mkdir -p "$results"

unit_tests() { # FOLDER NAME [PROGRAM...]
  local out=$results/$2
  mkdir -p "$out"
  python3 "$root/utils/unit-tests.py" "$1/bin" "$out" --jobs "$jobs" \
    "--filter=$filter" "${@:3}" || status=1
}

core_tests() {
  say "The build without LLVM, under address and undefined sanitizers"
  configure_sanitized "$build-core" address,undefined -DGAUS_ENABLE_MLIR=OFF \
    -DGAUS_COMPILE_AS_ONE=ON
  ninja -C "$build-core" -j "$jobs" --quiet
  unit_tests "$build-core" address
  say "What is installed of it"
  rm -rf "$build-core/prefix"
  cmake --install "$build-core" --prefix "$build-core/prefix" >/dev/null &&
    "$build-core/prefix/bin/gaus-bench" --version &&
    [ ! -e "$build-core/prefix/include/gaus/Dialect" ] || status=1
}

lit_tests() {
  say "lit tests under address and undefined sanitizers"
  configure_sanitized "$build-sanitize" address,undefined
  ln -sfn "$build/venv" "$build-sanitize/venv"
  ninja -C "$build-sanitize" -j "$jobs" --quiet
  lit-22 -j "$jobs" -q -o "$results/sanitize.lit.json" \
    "$build-sanitize/test" || status=1
  [ -f "$results/sanitize.lit.json" ] || touch "$results/sanitize-lit.died"
}

thread_tests() {
  export TSAN_OPTIONS="suppressions=$root/utils/tsan.supp halt_on_error=1"
  say "Unit tests under the thread sanitizer"
  configure_sanitized "$build-thread" thread -DGAUS_ENABLE_MLIR=OFF
  ninja -C "$build-thread" -j "$jobs" --quiet
  unit_tests "$build-thread" thread
}

export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
case $kind in
core) core_tests ;;
lit) lit_tests ;;
address) core_tests && lit_tests ;;
thread) thread_tests ;;
*) fail "$kind: neither core nor lit, address or thread" ;;
esac
exit $status
