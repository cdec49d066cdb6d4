#!/usr/bin/env bash
# Fetches CIRCT from PyPI into build/circt and prints the path of its C interface,
# for utils/cosim.py --circt.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

get_circt
echo "$circt_library"
