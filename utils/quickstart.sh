#!/usr/bin/env bash
# Installs what is missing, builds into build/, schedules a C kernel and shows
# the result. A second run finds everything there and takes seconds.
#
#   utils/quickstart.sh [--cuda] [FILE.c]     default: examples/fir.c
#
# --cuda gets the CUDA toolkit, too, where the system has none.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cuda=
case ${1-} in
--cuda)
  cuda=1
  shift
  ;;
-h | --help)
  sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  exit 0
  ;;
esac
source_file=${1:-$root/examples/fir.c}
[ -f "$source_file" ] || fail "$source_file: no such file"

install_packages
mkdir -p "$build"
make_venv
[ -z "$cuda" ] || make_cuda
build_all

stem=$(basename "$source_file" .c)
out=$build/quickstart
mkdir -p "$out"
schedule=(--gaus-schedule=objective=memory --gaus-verify)

say "$(basename "$source_file") to LLVM IR to MLIR"
clang-22 -O1 -ffp-contract=off -S -emit-llvm -o "$out/$stem.ll" "$source_file"
mlir-translate-22 --import-llvm "$out/$stem.ll" -o "$out/$stem.mlir"
echo "$(grep -c ' = llvm\.\|llvm\.store' "$out/$stem.mlir") operations in $out/$stem.mlir"

say "Scheduling for least memory at the least length"
"$build/bin/gaus-opt" "${schedule[@]}" --remarks-filter=gaus \
  "--gaus-report=output=$out/$stem.txt" \
  "--gaus-report=format=html output=$out/$stem.html" \
  "$out/$stem.mlir" -o "$out/$stem.scheduled.mlir"
cat "$out/$stem.txt"
echo "The same to look at, in a browser: $out/$stem.html"

say "The annotated IR ($out/$stem.scheduled.mlir)"
sed -n '/llvm.func/,$p' "$out/$stem.scheduled.mlir"
