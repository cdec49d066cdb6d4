# Completion of GauS's tools for bash; written by utils/manuals.py.

_gaus_options() { # TOOL [PASS]: what may stand there
  case "$1 $2" in
  "gaus-opt ") echo "-o --progress= --remarks-filter= --pass-pipeline= --mlir-print-debuginfo --mlir-print-op-on-diagnostic --split-input-file --verify-diagnostics --version --help-all --gaus-use-library --gaus-schedule --gaus-verify --gaus-report --gaus-bind --gaus-annotate --gaus-relax --gaus-commit --gaus-strip --gaus-flatten-loops --gaus-pipeline-loops --convert-ssp-to-gaus --convert-gaus-to-ssp --help" ;;
  "gaus-opt --gaus-use-library") echo "library=" ;;
  "gaus-opt --gaus-schedule") echo "alpha= backend= clock= effort= flatten-loops gradient= ii= interface= length= live-limit= memory-limit= memory-model= noalias-arguments objective= polish= ratio= seed= start= threads= time-limit= trace= unknown-calls= windows=" ;;
  "gaus-opt --gaus-report") echo "format= output=" ;;
  "gaus-opt --gaus-bind") echo "effort= seed= share=" ;;
  "gaus-opt --gaus-flatten-loops") echo "any-trips unroll-trips=" ;;
  "gaus-opt --convert-ssp-to-gaus") echo "clock=" ;;
  "gaus-opt --convert-gaus-to-ssp") echo "lossy problem=" ;;
  "gaus-translate ") echo "-o --node-latency= --resources= --scope= --keep-going --version --help-all --export-verilog --export-hw --export-pipeline --import-gml --import-aiger --import-json --export-json --import-graphml --export-csv --export-dot --export-minimalloc --help" ;;
  "gaus-bench ") echo "--resources= --node-latency= --csv-dir= --json= --descent-steps= --replicas= --progress= --formats --version --objective= --length= --ii= --ratio= --alpha= --live-limit= --memory-model= --clock= --effort= --time-limit= --memory-limit= --seed= --threads= --backend= --start= --gradient= --polish= --windows= --trace= --help" ;;
  "gaus-replay ") echo "--help --help-list --version --args= --calls= --clock= --dependences --fifos --function= --run --seed= --use" ;;
  "gaus-reduce ") echo "-o --reduction-tree= --opt-reduction-pass= --version --help-all --help" ;;
  "gaus-lsp-server ") echo "--log= --pretty --lit-test --version --help-all --help" ;;
  esac
}

_gaus() {
  local tool=${COMP_WORDS[0]##*/} now=${COMP_WORDS[COMP_CWORD]} pass= at
  # bash splits at "=": --gaus-schedule = objective
  for ((at = COMP_CWORD; at > 0; --at)); do
    [[ ${COMP_WORDS[at]} == -* ]] && break
  done
  if ((at > 0 && at < COMP_CWORD)) && [[ ${COMP_WORDS[at + 1]} == = ]]; then
    pass=${COMP_WORDS[at]}
    [[ $now == = ]] && now=
    now=${now#\"}
  fi
  COMPREPLY=()
  if [[ -n $pass || $now == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_gaus_options "$tool" "$pass")" -- "$now")
  fi
  if ((${#COMPREPLY[@]} == 0)); then
    compopt -o default 2>/dev/null
  elif [[ ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null
  fi
}

complete -F _gaus gaus-opt gaus-translate gaus-bench gaus-replay gaus-reduce gaus-lsp-server
