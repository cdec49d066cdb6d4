"""Builds the site of a copy of the pages in which links and the navigation are wrong.

    break_site.py SOURCE BUILD SCRATCH     prints what Sphinx says, and its status
"""

import pathlib
import shutil
import subprocess
import sys


def main():
    source, build, scratch = map(pathlib.Path, sys.argv[1:4])
    shutil.rmtree(scratch, ignore_errors=True)
    # The pages that show it, and what the configuration reads: few, as this takes time.
    (scratch / "docs").mkdir(parents=True)
    shutil.copytree(source / "docs" / "site", scratch / "docs" / "site",
                    ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(source / "CMakeLists.txt", scratch)
    (scratch / "docs" / "README.md").write_text("# Home\n")
    (scratch / "docs" / "stray.md").write_text("# In no navigation\n")
    (scratch / "docs" / "limits.md").write_text(
        "# Limits\n\n[a](no-such-page.md) and [b](README.md#no-such-heading)\n")
    (scratch / "docs" / "site" / "navigation.py").write_text(
        'HOME = "docs/README"\nNAVIGATION = [("All", ["docs/limits"])]\n')
    done = subprocess.run(
        [build / "venv" / "bin" / "python", "-m", "sphinx", "-q", "-W", "--keep-going",
         "-c", scratch / "docs" / "site", scratch, scratch / "site"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(done.stdout)
    print("status", done.returncode)


main()
