#!/usr/bin/env bash
# On a machine with a GPU: builds, runs the tests of the backends, and times the
# descent on the CPU and on the device, checking that both reach the same bits.
# Without a GPU it does the same with simt and says that nothing was measured.
#
#   utils/gpu-run.sh FILE...      .aig, .gml or .json graphs
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -gt 0 ] || fail "name graphs to measure"
[ -x "$build/bin/gaus-bench" ] || "$root/utils/quickstart.sh" --cuda >/dev/null
bench=$build/bin/gaus-bench
backend=auto steps=100
if ! "$bench" "$1" --backend=cuda --descent-steps=1 >/dev/null 2>&1; then
  backend=simt steps=20
  say "No CUDA device: the kernels run on the host, and no time means anything"
fi
"$build/bin/DeviceTests" --gtest_brief=1 --gtest_filter='Arrays.*:Loaded.*:Backends.*:Simt.*'

out=$build/gpu-run
mkdir -p "$out"
for objective in memory resources; do
  "$bench" "$@" --objective=$objective --length=1x --node-latency=1 \
    --descent-steps=$steps --backend=$backend --threads=1 \
    --json="$out/$objective.json" || fail "cpu and $backend differ"
  say "$objective: the results of cpu and $backend are identical"
done
"$build/venv/bin/python" "$root/utils/gpu-table.py" "$out"/{memory,resources}.json
