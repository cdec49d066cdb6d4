"""Runs the examples of a Markdown page and compares what they print.

    run_docs.py PAGE SOURCE BUILD SCRATCH [--update]
    run_docs.py --check SOURCE TESTS

A fenced block after `<!-- file: NAME -->` is written to SCRATCH/NAME. In a
```console block a line "$ COMMAND" is run there by bash (SOURCE's folders and
`build` are linked into SCRATCH) and the lines that follow are what it prints,
both streams; a line "..." stands for any lines. --update writes what was
printed into the page instead (blocks with "..." stay).

--check runs nothing: it looks for blocks of all pages that nobody runs. Each block in
the languages of LANGUAGES is a console block, or a file that a later block of the page
names, or follows a line `<!-- not run: REASON -->`; and a lit test of the folder TESTS
runs every page with commands.
"""

import os
import pathlib
import re
import subprocess
import sys

LANGUAGES = {"bash", "c", "cmake", "console", "cpp", "mlir", "python", "sh"}
# What the generators write: examples of syntax that TableGen has.
GENERATED = "docs/generated"
FENCE = re.compile(r"^(<!-- (file: (?P<file>\S+)|not run: (?P<reason>[^\n]+)) -->\n)?"
                   r"```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.M | re.S)


def prepare(source, build, scratch):
    scratch.mkdir(parents=True, exist_ok=True)
    links = {"build": build}
    for folder in ("examples", "share", "utils", "test", "docs"):
        links[folder] = source / folder
    for name, target in links.items():
        link = scratch / name
        if not link.is_symlink():
            link.symlink_to(os.path.relpath(target, scratch))


def commands(body):
    """[(command, expected lines)] of a console block."""
    found = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and found[-1][0].endswith("\\"):
            found[-1] = (found[-1][0] + "\n" + line, [])
        elif found:
            found[-1][1].append(line)
    return found


def matches(expected, printed):
    pattern = ""
    for line in expected:
        pattern += r"(?:.*\n)*?" if line == "..." else re.escape(line) + "\n"
    return re.fullmatch(pattern, printed) is not None


def run(command, scratch):
    # Commands that install or build are not examples of output.
    done = subprocess.run(["bash", "-c", command], cwd=scratch, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def idle(text):
    """What is written and not run in a page: a line each."""
    blocks = list(FENCE.finditer(text))
    for number, block in enumerate(blocks):
        line = text.count("\n", 0, block.start()) + 1
        if block["reason"] or block["kind"] in ("console", ""):
            continue
        if block["kind"] not in LANGUAGES:
            yield f"{line}: nothing is known of ```{block['kind']}"
        elif not block["file"]:
            yield f"{line}: neither a file nor marked as not run"
        elif not any(block["file"] in other["body"] for other in blocks[number + 1:]):
            yield f"{line}: no command uses {block['file']}"


def check(source, tests):
    faults, tested = [], "".join(t.read_text() for t in tests.glob("*.test"))
    pages = [source / "README.md", source / "CONTRIBUTING.md", source / "CHANGELOG.md"]
    for page in pages + sorted((source / "docs").rglob("*.md")):
        name = str(page.relative_to(source))
        if name.startswith(GENERATED):
            continue
        text = page.read_text()
        faults += [f"{name}:{fault}" for fault in idle(text)]
        if "\n```console\n" in text and f"/{name} " not in tested:
            faults.append(f"{name}: has commands that no test runs")
    print("\n".join(faults) or "every block is run, or says why not")
    sys.exit(bool(faults))


def main():
    if sys.argv[1] == "--check":
        check(*map(pathlib.Path, sys.argv[2:4]))
    page, source, build, scratch = map(pathlib.Path, sys.argv[1:5])
    update = "--update" in sys.argv[5:]
    prepare(source.resolve(), build.resolve(), scratch)
    text, failed, ran = page.read_text(), 0, 0

    def block(match):
        nonlocal failed, ran
        if match["file"]:
            (scratch / match["file"]).write_text(match["body"])
        if match["kind"] != "console" or match["reason"]:
            return match[0]
        new = ""
        for command, expected in commands(match["body"]):
            printed = run(command, scratch)
            ran += 1
            if update and "..." not in expected:
                expected = printed.splitlines()
            if not matches(expected, printed):
                failed += 1
                print(f"{page.name}: $ {command}\nprinted:\n{printed}"
                      f"expected:\n" + "\n".join(expected))
            new += f"$ {command}\n" + "".join(e + "\n" for e in expected)
        return match[0].replace(match["body"], new)

    text = FENCE.sub(block, text)
    if update:
        page.write_text(text)
    print(f"{page.name}: {ran} commands, {failed} failed")
    sys.exit(1 if failed or not ran else 0)


if __name__ == "__main__":
    main()
