"""The lit tests: one folder a subject, FileCheck for what is printed."""

import glob
import os
import platform
import shutil
import subprocess

import lit.formats

config.name = "GauS"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".md"]
config.excludes = ["Inputs", "CMakeLists.txt"]
config.test_source_root = os.path.join(config.gaus_source, "test")
config.test_exec_root = os.path.join(config.gaus_build, "test")

tools = [os.path.join(config.gaus_build, "bin"), config.llvm_tools]
config.environment["PATH"] = os.pathsep.join(
    tools + [os.environ.get("PATH", "")]
)
# One thread a test: lit runs as many tests as there are cores.
for name in ("HOME", "CCACHE_DIR"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

# What is built under sanitizers next to Debian's libraries, which are not.
# libMLIR takes memory from allocators whose headers we compile with poisoning;
# and it has symbols twice that the sanitizer takes for two definitions.
sanitizers = [name for name in config.sanitize.split(",") if name]
preload = ""
if "address" in sanitizers:
    config.environment["ASAN_OPTIONS"] = (
        "allow_user_poisoning=0:detect_odr_violation=0:detect_leaks=1"
    )
    runtime = subprocess.run(
        [config.host_compiler, "-print-file-name=libclang_rt.asan-x86_64.so"],
        capture_output=True,
        text=True,
    ).stdout.strip()
    # Stock programs load our plugin: they need the runtime from the start.
    preload = f"env LD_PRELOAD={runtime} "
if "thread" in sanitizers:
    suppressions = os.path.join(config.gaus_source, "utils", "tsan.supp")
    config.environment["TSAN_OPTIONS"] = f"suppressions={suppressions}"
# Machine code is looked at, and the pages' commands are run, as users build it.
if not sanitizers and config.coverage in ("", "OFF"):
    config.available_features.add("plain-build")

plugin = os.path.join(config.gaus_build, "lib", "GausPlugin.so")
python = os.path.join(config.gaus_build, "venv", "bin", "python")
config.substitutions += [
    ("%mlir-opt", preload + os.path.join(config.llvm_tools, "mlir-opt")),
    ("%mlir-translate", os.path.join(config.llvm_tools, "mlir-translate")),
    ("%clang", os.path.join(config.llvm_tools, "clang")),
    (
        "%load-plugin",
        f"--load-dialect-plugin={plugin} --load-pass-plugin={plugin}",
    ),
    ("%source", config.gaus_source),
    ("%build", config.gaus_build),
    ("%python", python if os.path.exists(python) else "python3"),
]

if platform.machine() in ("x86_64", "AMD64"):
    config.available_features.add("x86_64")

# Simulators of hardware, which utils/common.sh installs.
if shutil.which("iverilog") and shutil.which("verilator"):
    config.available_features.add("iverilog")

# What builds the site of the documentation (utils/site.sh).
if glob.glob(os.path.join(config.gaus_build, "venv", "lib", "python3*", "site-packages",
                          "myst_parser")):
    config.available_features.add("sphinx")

# What makes Debian packages.
if shutil.which("dpkg-shlibdeps"):
    config.available_features.add("dpkg")

# Device code, and the library that programs with it are linked against.
if (os.path.exists(os.path.join(config.gaus_build, "lib", "libgausCuda.a"))
        and os.path.exists("/usr/local/cuda/bin/nvcc")):
    config.available_features.add("cuda-toolkit")

# The browser of the pages.
if any(shutil.which(name) for name in ("chromium-headless-shell", "chromium-shell",
                                       "chromium")):
    config.available_features.add("chromium")

# CIRCT, where utils/get-circt.sh has fetched it.
circt = os.path.join(config.gaus_build, "circt", "circt", "_mlir_libs",
                     "libCIRCTBindingsPythonCAPI.so")
if os.path.exists(circt):
    config.available_features.add("circt")
config.substitutions.append(("%circt", circt))

# The solvers of the comparison (bench/requirements.txt), where somebody installed
# them; the tests that need them are reported as unsupported elsewhere.
extras = os.path.join(config.gaus_build, "venv-bench")
if glob.glob(os.path.join(extras, "lib", "python3*", "site-packages", "ortools")):
    config.available_features.add("ortools")
config.substitutions.append(
    ("%bench-python", os.path.join(extras, "bin", "python"))
)

# Real circuits and the independent checker, where the checkout has them beside
# it; tests that need them are reported as unsupported elsewhere.
shared = os.environ.get(
    "GAUS_SHARED", os.path.join(config.gaus_source, "..", "shared")
)
if os.path.exists(os.path.join(shared, "check_schedule.py")):
    config.available_features.add("shared")
    config.substitutions.append(("%shared", os.path.abspath(shared)))
