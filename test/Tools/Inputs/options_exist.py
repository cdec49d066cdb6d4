"""Every option that a tool's --help names is one of LLVM's parser (--help-all)."""

import re
import subprocess
import sys

real = set(re.findall(r"^\s+-{1,2}([\w-]+)", open(sys.argv[1], errors="replace").read(), re.M))
for tool in ("gaus-opt", "gaus-translate", "gaus-reduce", "gaus-lsp-server"):
    text = subprocess.run([tool, "--help"], capture_output=True, text=True).stdout
    named = set(re.findall(r"^\s+-{1,2}([\w-]+)", text, re.M)) - {"help-all"}
    assert named and named <= real, (tool, named - real)
