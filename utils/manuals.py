#!/usr/bin/env python3
"""Manual pages and completions for shells, from what the tools' --help says.

    utils/manuals.py BIN OUT     writes OUT/man/*.1, OUT/completion/gaus.bash and _gaus,
                                 and the page OUT/tools.md
"""

import pathlib
import re
import subprocess
import sys

TOOLS = {
    "gaus-opt": "schedules operations of MLIR programs",
    "gaus-translate": "converts scheduling problems, schedules and hardware",
    "gaus-bench": "schedules many problems and prints a table",
    "gaus-replay": "executes scheduled programs by cycle",
    "gaus-reduce": "makes a failing program smaller",
    "gaus-lsp-server": "language server of MLIR with the dialects of GauS",
}
LINE = re.compile(r"^(\s+)(--?[A-Za-z][\w-]*)(=\S+| [A-Z]+)?(?:\s+(?:-\s+)?(.*))?$")


class Option:
    def __init__(self, name, value, text):
        self.name, self.value, self.text, self.inner = name, value or "", text or "", []


def options_of(text):
    """In their order; what is further in belongs to the pass above it."""
    found, indent = [], None
    for line in text.splitlines():
        match = LINE.match(line)
        if not match:
            continue
        option = Option(*match.groups()[1:])
        if indent is None:
            indent = len(match[1])
        if found and len(match[1]) > indent:
            found[-1].inner.append(option)
        else:
            found.append(option)
    return found


def first_of(text, word):
    match = re.search(rf"^{word}:?\s*(.*)$", text, re.I | re.M)
    return match[1].strip() if match else ""


def usage(tool, text):
    return first_of(text, "usage") or f"{tool} [OPTION]... FILE"


# --- Manual pages -------------------------------------------------------------

def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


def manual(tool, version, text, options):
    out = [f'.TH {tool.upper()} 1 "" "GauS {version}"', ".SH NAME",
           f"{roff(tool)} \\- {roff(TOOLS[tool])}", ".SH SYNOPSIS",
           roff(usage(tool, text)), ".SH OPTIONS"]
    for option in options:
        out += [".TP", f".B {roff(option.name + option.value)}", roff(option.text)]
        if option.inner:
            out.append(".RS")
            for inner in option.inner:
                word = inner.name.lstrip("-") + inner.value
                out += [".TP", f".B {roff(word)}", roff(inner.text)]
            out.append(".RE")
    others = [f".BR {roff(name)} (1)" for name in TOOLS if name != tool]
    out += [".SH SEE ALSO", *[line + "," for line in others[:-1]], others[-1]]
    return "\n".join(out) + "\n"


# --- The page -----------------------------------------------------------------

def table(options):
    def cell(text):
        return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")
    return ["", "| option | meaning |", "|---|---|",
            *[f"| `{o.name}{o.value.replace('|', '/')}` | {cell(o.text)} |"
              for o in options]]


def page(all_options, usages):
    out = ["# The tools", "",
           "What `--help` says, as written by `utils/manuals.py`. The same is in the manual",
           "pages that are installed with the tools (`man gaus-opt`)."]
    for tool, options in all_options.items():
        out += ["", f"## {tool}", "", f"{TOOLS[tool][0].upper()}{TOOLS[tool][1:]}:",
                f"`{usages[tool]}`"]
        passes = [o for o in options if o.inner]
        out += table([o for o in options if not o.inner])
        for o in passes:
            out += ["", f"### {tool}: {o.name}", "", f"{o.text}."] + table(o.inner)
    return "\n".join(out) + "\n"


# --- Completions --------------------------------------------------------------

BASH = """\
# Completion of GauS's tools for bash; written by utils/manuals.py.

_gaus_options() { # TOOL [PASS]: what may stand there
  case "$1 $2" in
%s
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
    now=${now#\\"}
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

complete -F _gaus %s
"""


def words(options, inner=False):
    return " ".join((o.name.lstrip("-") if inner else o.name)
                    + ("=" if o.value.startswith("=") else "") for o in options)


def bash(all_options):
    cases = []
    for tool, options in all_options.items():
        cases.append(f'  "{tool} ") echo "{words(options)}" ;;')
        cases += [f'  "{tool} {o.name}") echo "{words(o.inner, True)}" ;;'
                  for o in options if o.inner]
    return BASH % ("\n".join(cases), " ".join(all_options))


def zsh_text(text):
    return re.sub(r"([\[\]:\\])", r"\\\1", text).replace("'", "'\\''")


def zsh(all_options):
    out = [f"#compdef {' '.join(all_options)}",
           "# Completion of GauS's tools for zsh; written by utils/manuals.py.", "",
           "case $service in"]
    for tool, options in all_options.items():
        out += [f"{tool})", "  _arguments \\"]
        for o in options:
            text = zsh_text(o.text)
            if o.inner:
                out.append(f"    '{o.name}=-[{text}]:options:({words(o.inner, True)})' \\")
            elif o.value.startswith("="):
                out.append(f"    '{o.name}=[{text}]:value:_files' \\")
            elif o.value:
                out.append(f"    '{o.name}[{text}]:file:_files' \\")
            else:
                out.append(f"    '{o.name}[{text}]' \\")
        out += ["    '*:file:_files'", "  ;;"]
    return "\n".join(out + ["esac"]) + "\n"


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    binaries, out = map(pathlib.Path, sys.argv[1:])
    for folder in ("man", "completion"):
        (out / folder).mkdir(parents=True, exist_ok=True)

    def said(tool, option):
        return subprocess.run([binaries / tool, option], capture_output=True,
                              text=True, check=True).stdout

    version = re.search(r"GauS ([0-9.]+)", said("gaus-bench", "--version"))[1]
    all_options, usages = {}, {}
    for tool in TOOLS:
        text = said(tool, "--help")
        options = options_of(text)
        known = {o.name for o in options}
        options += [Option(name, "", what) for name, what in
                    (("--help", "print the options"), ("--version", "print the version"))
                    if name not in known]
        all_options[tool] = options
        usages[tool] = usage(tool, text)
        (out / "man" / f"{tool}.1").write_text(manual(tool, version, text, options))
    (out / "tools.md").write_text(page(all_options, usages))
    (out / "completion" / "gaus.bash").write_text(bash(all_options))
    (out / "completion" / "_gaus").write_text(zsh(all_options))


if __name__ == "__main__":
    main()
