#!/usr/bin/env bash
# Two clean clones of the commit, in folders of different names, give the same bytes
# of the plugin and the tools. Builds both without ccache and compares.
#
#   utils/reproducible.sh [FOLDER]      default: a temporary one, removed at the end
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

where=${1-}
if [ -z "$where" ]; then
  where=$(mktemp -d)
  trap 'rm -rf "$where"' EXIT
fi
products=(lib/GausPlugin.so bin/gaus-opt bin/gaus-translate bin/gaus-bench)
for name in first second-with-another-name; do
  clone=$where/$name
  git clone -q "$root" "$clone"
  git -C "$clone" checkout -q "$(git -C "$root" rev-parse HEAD)"
  cmake -S "$clone" -B "$clone/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 \
    -DGAUS_ENABLE_CUDA=OFF -DGAUS_ENABLE_TESTS=OFF >"$where/$name.log"
  ninja -C "$clone/build" -j "$jobs" --quiet GausPlugin gaus-opt gaus-translate \
    gaus-bench
  (cd "$clone/build" && sha256sum "${products[@]}") >"$where/$name.sha256"
done
cat "$where/first.sha256"
cmp "$where/first.sha256" "$where/second-with-another-name.sha256" ||
  fail "the two builds differ"
say "Both builds have the same bytes"
