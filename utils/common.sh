# What quickstart.sh, check.sh, format.sh and docs.sh share; sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=${GAUS_BUILD_DIR:-$root/build}
jobs=${GAUS_JOBS:-$(nproc)}

say() { printf '\n== %s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Debian packages: the build, the tests, and what Python's module needs.
packages=(
  build-essential ccache clang-22 clang-format-22 clang-tidy-22 cmake
  coinor-libcbc-dev git iverilog
  libboost-context-dev libboost-dev libcadical-dev libclang-rt-22-dev
  libgmock-dev libgtest-dev liblemon-dev
  libmlir-22-dev libpugixml-dev libtbb-dev lld-22 llvm-22-dev llvm-22-tools
  mlir-22-tools ninja-build nlohmann-json3-dev python3-dev python3-venv verilator
)

# For tests of reports alone: check.sh installs them (102 MB), quickstart.sh does not.
test_packages=(
  chromium-headless-shell graphviz tidy
)

# The packages above that are not installed.
missing_packages() {
  local package
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null |
      grep -q '^install ok installed$' || echo "$package"
  done
}

# Installs them. One dpkg query and nothing else when all are there.
install_packages() {
  command -v dpkg-query >/dev/null ||
    fail "this script installs Debian packages; elsewhere, install the" \
      "equivalents of: ${packages[*]}; then build with cmake --preset default"
  local missing sudo=()
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Installing ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "not root and no sudo: install ${missing[*]} and run this again"
    sudo=(sudo)
  fi
  mkdir -p "$build"
  local try log=$build/apt.log
  for try in 1 2 3; do
    "${sudo[@]}" apt-get update -q >"$log" 2>&1 || true
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
      --no-install-recommends "${missing[@]}" >>"$log" 2>&1 && return 0
    sleep $((try * 5))
  done
  tail -n 20 "$log" >&2
  fail "apt-get could not install ${missing[*]} (whole output: $log)"
}

# build/venv with the packages that python/requirements.txt pins.
make_venv() {
  local stamp=$build/venv/.requirements wanted=$root/python/requirements.txt
  cmp -s "$stamp" "$wanted" && return 0
  say "Python environment in $build/venv"
  python3 -m venv "$build/venv"
  "$build/venv/bin/python" -m pip install -q --disable-pip-version-check \
    --retries 5 -r "$wanted"
  # The package as the build leaves it.
  echo "$build/python" >"$(echo "$build"/venv/lib/python3*/site-packages)/gaus.pth"
  cp "$wanted" "$stamp"
}

# What builds the site of the documentation, into the same environment.
make_docs_venv() {
  local stamp=$build/venv/.docs-requirements wanted=$root/docs/requirements.txt
  cmp -s "$stamp" "$wanted" && return 0
  say "Sphinx in $build/venv"
  "$build/venv/bin/python" -m pip install -q --disable-pip-version-check \
    --retries 5 -r "$wanted"
  cp "$wanted" "$stamp"
}

# For --cuda: the system's nvcc, else NVIDIA's packages from PyPI.
make_cuda() {
  cuda_root=$build/cuda/nvidia/cu13
  if command -v nvcc >/dev/null || [ -x /usr/local/cuda/bin/nvcc ]; then
    cuda_root=
    return 0
  fi
  [ -x "$cuda_root/bin/nvcc" ] && return 0
  say "CUDA toolkit in $build/cuda"
  "$build/venv/bin/python" -m pip install -q --disable-pip-version-check \
    --retries 5 --target "$build/cuda" nvidia-cuda-nvcc==13.0.88 \
    nvidia-cuda-runtime==13.0.96 nvidia-cuda-cccl==13.0.85 \
    nvidia-cuda-crt==13.0.88 nvidia-nvvm==13.0.88
  rm -f "$build/build.ninja" "$build/CMakeCache.txt"
}

# CIRCT's shared object, for the tests that lower exported modules with it. The wheel
# is for a newer Python; the C interface works with any.
circt_library=$build/circt/circt/_mlir_libs/libCIRCTBindingsPythonCAPI.so
get_report_tools() {
  (
    packages=("${test_packages[@]}")
    install_packages
  )
}
get_circt() {
  [ ! -f "$circt_library" ] || return 0
  mkdir -p "$build/circt"
  "$build/venv/bin/python" -m pip download -q --disable-pip-version-check \
    --retries 5 --no-deps --only-binary=:all: --python-version 3.13 \
    --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 \
    -d "$build/circt" circt==1.162.0 &&
    python3 -m zipfile -e "$build"/circt/circt-*.whl "$build/circt"
}

# Configures once, then builds what changed.
build_all() {
  if [ ! -f "$build/build.ninja" ]; then
    say "Configuring $build"
    cmake -S "$root" -B "$build" -G Ninja \
      -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 \
      -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
      -DCMAKE_BUILD_TYPE=Release -DGAUS_ENABLE_PYTHON=ON \
      -DGAUS_WARNINGS_AS_ERRORS="${GAUS_WARNINGS_AS_ERRORS:-OFF}" \
      -DPython_EXECUTABLE="$build/venv/bin/python" \
      -DGAUS_CUDA_ROOT="${cuda_root-}" >"$build/cmake.log" 2>&1 || {
      tail -n 30 "$build/cmake.log" >&2
      fail "cmake failed (whole output: $build/cmake.log)"
    }
  fi
  grep -h 'CUDA kernels:' "$build/cmake.log" 2>/dev/null | sed 's/^-- //' || true
  say "Building"
  ninja -C "$build" -j "$jobs" --quiet
}

# A build of its own under sanitizers. The fuzzers are built with those that find
# what they provoke.
configure_sanitized() { # FOLDER SANITIZERS FLAG...
  local folder=$1 sanitizers=$2 fuzzers=ON
  shift 2
  [ -f "$folder/build.ninja" ] && return 0
  [ "$sanitizers" = address,undefined ] || fuzzers=OFF
  mkdir -p "$folder"
  cmake -S "$root" -B "$folder" -G Ninja \
    -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 \
    -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
    -DCMAKE_BUILD_TYPE=Release -DGAUS_ENABLE_CUDA=OFF \
    -DGAUS_WARNINGS_AS_ERRORS=ON -DGAUS_ENABLE_FUZZERS=$fuzzers \
    -DGAUS_SANITIZE="$sanitizers" -DCMAKE_CXX_FLAGS_RELEASE="-O1 -DNDEBUG" "$@" \
    >"$folder/cmake.log" 2>&1 || {
    tail -n 30 "$folder/cmake.log" >&2
    fail "cmake failed (whole output: $folder/cmake.log)"
  }
}
