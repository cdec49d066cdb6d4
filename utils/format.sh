#!/usr/bin/env bash
# Formats C++, and the C of the tests and of outside projects, by .clang-format;
# --check only says which files would change.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cd "$root"
mapfile -t files < <(find include lib plugin tools unittests python fuzz test \
  examples/outside \
  -name '*.c' -o -name '*.cpp' -o -name '*.h' -o -name '*.cu' -o -name '*.cuh')
if [ "${1-}" = --check ]; then
  clang-format-22 --dry-run --Werror "${files[@]}"
  echo "${#files[@]} files formatted"
else
  clang-format-22 -i "${files[@]}"
fi
