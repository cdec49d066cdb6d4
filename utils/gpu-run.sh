#!/usr/bin/env bash
# On a machine with a GPU: builds, runs the tests of the backends, checks that
# cuda and cpu write the same schedules, and prints times a step. Without a GPU
# it does the same with simt and says that nothing was measured.
#
#   utils/gpu-run.sh FILE...      .aig, .gml or .json graphs
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -gt 0 ] || fail "name graphs to measure"
[ -x "$build/bin/gaus-bench" ] || "$root/utils/quickstart.sh" --cuda >/dev/null
bench=$build/bin/gaus-bench
backend=cuda effort=2
if ! "$bench" "$1" --backend=cuda --effort=0 >/dev/null 2>&1; then
  backend=simt effort=1
  say "No CUDA device: the kernels run on the host, and no time means anything"
fi
"$build/bin/DeviceTests" --gtest_brief=1 --gtest_filter='Backends.*:Simt.*'

out=$build/gpu-run
mkdir -p "$out"
for objective in memory resources; do
  for b in cpu $backend; do
    say "$objective on $b"
    "$bench" "$@" --objective=$objective --length=1x --node-latency=1 \
      --effort=$effort --polish=false --backend=$b --csv-dir="$out/$objective-$b" \
      --json="$out/$objective-$b.json" || fail "$b failed"
  done
  diff -r "$out/$objective-cpu" "$out/$objective-$backend" ||
    fail "cpu and $backend differ"
  say "$objective: the schedules of cpu and $backend are identical"
done
"$build/venv/bin/python" - "$out" "$backend" <<'END'
import json, pathlib, sys
out, backend = pathlib.Path(sys.argv[1]), sys.argv[2]
print("| objective | graph | nodes | cpu ms a step | %s ms a step | ratio |\n"
      "|---|---|---|---|---|---|" % backend)
for objective in ("memory", "resources"):
    rows = [json.loads((out / f"{objective}-{b}.json").read_text())
            for b in ("cpu", backend)]
    for a, b in zip(*rows):
        if a["steps"] and b["steps"]:
            x, y = (1e3 * r["seconds"] / r["steps"] for r in (a, b))
            print(f"| {objective} | {a['name']} | {a['nodes']} | {x:.3f} | "
                  f"{y:.3f} | {x / y:.2f} |")
END
