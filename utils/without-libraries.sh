#!/usr/bin/env bash
# Builds the core without LLVM and without the libraries that parts of the solver
# need, and runs the unit tests but those of parts that need one of them.
#
#   utils/without-libraries.sh [BOOST] [CADICAL] [CBC] [LEMON]      default: all four
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -gt 0 ] || set -- BOOST CADICAL CBC LEMON
switches=("${@/#/-DGAUS_WITH_}")
switches=("${switches[@]/%/=OFF}")
folder=$build-without
mkdir -p "$folder"
cmake -S "$root" -B "$folder" -G Ninja \
  -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 \
  -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
  -DCMAKE_BUILD_TYPE=Release -DGAUS_ENABLE_CUDA=OFF -DGAUS_ENABLE_MLIR=OFF \
  -DGAUS_WARNINGS_AS_ERRORS=ON "${switches[@]}" >"$folder/cmake.log" 2>&1 || {
  tail -n 30 "$folder/cmake.log" >&2
  fail "cmake failed (whole output: $folder/cmake.log)"
}
# They ask for an answer that a library gives.
need='AreaBound.*:Branching.*:CbcStop.*:ClosureNetwork.*'
need+=':DifferenceFlow.*:DualBound.*:Formula.*:Heuristics.TheFlowIsLeast'
need+=':Modulo.Verdicts:Modulo.SmallestIIOfRandomLoops:NeighbourhoodProgram.*:NeighbourhoodSearch.*'
need+=':Neighbourhoods.AWholeProblemEndsTheSearch:PeakFormula.*'
need+=':PeakSearch.*:Plan.ALowerPeakIsAskedFor'
need+=':Plan.FirstDescentsOnLargeGraphsAreRaced:PricedCuts.*:SlotFormula.*'
need+=':WeightedSums.*'
need+=':StartCuts.*:Stop.AtAnyMomentOfASearch:Stop.EndsADifferenceFlow'

say "Building without $*"
ninja -C "$folder" -j "$jobs" --quiet
python3 "$root/utils/unit-tests.py" "$folder/bin" "$folder/results" --jobs "$jobs" \
  "--filter=-$need"
