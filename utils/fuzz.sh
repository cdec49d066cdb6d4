#!/usr/bin/env bash
# Builds the fuzzers under address and undefined sanitizers and runs them.
#
#   utils/fuzz.sh [--runs N] [--grow] [--core] [NAME...]      default: 20000, all
#
# Each starts from its inputs in fuzz/corpus/NAME; all runs have the same seed. An
# input that fails is kept in found/ of the build's folder, and so is one that takes
# long: that is said, but fails only after a quarter of an hour, as no machine's speed
# decides about a test. --grow adds the inputs that reach new code to the corpus.
# --core: in the build without LLVM, without `mlir`.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

runs=20000 grow=0 mlir=ON
while [ $# -gt 0 ]; do
  case $1 in
  --runs) runs=$2 && shift ;;
  --grow) grow=1 ;;
  --core) mlir=OFF ;;
  *) break ;;
  esac
  shift
done
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  names=(gml aiger graphml json options solve)
  [ $mlir = OFF ] || names+=(mlir)
fi

if [ $mlir = ON ]; then
  folder=$build-sanitize
  configure_sanitized "$folder" address,undefined
else
  folder=$build-core
  configure_sanitized "$folder" address,undefined -DGAUS_ENABLE_MLIR=OFF
fi
ninja -C "$folder" -j "$jobs" --quiet "${names[@]/#/fuzz-}"

status=0
mkdir -p "$folder/found" "$folder/grown"
for name in "${names[@]}"; do
  corpus=$root/fuzz/corpus/$name
  new=$folder/grown/$name
  mkdir -p "$corpus" "$new"
  log=$folder/found/$name.log
  if "$folder/bin/fuzz-$name" -runs="$runs" -seed=1 -timeout=900 \
    -report_slow_units=20 \
    -rss_limit_mb=3000 -max_len=4096 -print_final_stats=1 \
    -artifact_prefix="$folder/found/$name-" "$new" "$corpus" >"$log" 2>&1; then
    tried=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    slow=$(grep -c '/slow-unit-' "$log" || true)
    [ "$slow" -eq 0 ] && slow= || slow=", $slow of them slow: see $log"
    echo "fuzz-$name: $tried inputs, nothing found$slow"
  else
    tail -n 25 "$log"
    echo "fuzz-$name: found something, see $log" >&2
    status=1
  fi
  if [ $grow -eq 1 ]; then
    "$folder/bin/fuzz-$name" -merge=1 "$corpus" "$new" >>"$log" 2>&1
  fi
done
exit $status
