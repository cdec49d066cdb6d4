#!/usr/bin/env bash
# Builds the documentation as a static site, which needs no network to be read, into
# build/site (open build/site/index.html). A warning is an error: a link to a page or
# heading that does not exist, a page that is not in the navigation. The reference of
# the Python package is that of the package in build/python, so build first.
#
#   utils/site.sh [FOLDER]      default: build/site
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

out=${1:-$build/site}
make_venv
make_docs_venv
"$build/venv/bin/python" -c 'import gaus' 2>/dev/null ||
  fail "the package is not in $build/python: run utils/quickstart.sh first"
# All pages anew: what is left of an earlier build would hide a warning.
rm -rf "$out"
"$build/venv/bin/python" -m sphinx -q -W --keep-going -j "$jobs" \
  -c "$root/docs/site" -d "$out/.doctrees" "$root" "$out"
rm -rf "$out/.doctrees" "$out/.buildinfo"
echo "$out/index.html: $(find "$out" -name '*.html' | wc -l) pages"
