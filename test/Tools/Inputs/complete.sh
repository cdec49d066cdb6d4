# What bash offers after some words, a line for each.
. "$1"
offered() { # WORD...
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  _gaus
  echo "${COMPREPLY[*]}"
}
offered gaus-opt --gaus-sch
offered gaus-opt --gaus-schedule = obj
offered gaus-translate --import-g
offered gaus-bench small.gml --eff
