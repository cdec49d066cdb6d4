"""Checks what the pages point at.

    check_links.py SOURCE

Every relative link of README.md, CONTRIBUTING.md and docs/ leads to a file, and to a
heading where it names one; every page of docs/ is reached from README.md; and every
path in backticks that begins with a folder of the sources exists ({a,b} and * as in a
shell; a name without an ending stands for the files that begin with it).
"""

import glob
import pathlib
import re
import sys

LINK = re.compile(r"\[[^\]\[]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`((?:lib|include|unittests|test|utils|bench|share|examples|fuzz"
                  r"|cmake|plugin|tools|python)/[\w./{},*-]*)")
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)


def anchors(text):
    """What a git host makes of the headings, and anchors that are written."""
    found = set(re.findall(r'<a id="([^"]+)">', text))
    for heading in re.findall(r"^#+ (.*)$", FENCE.sub("", text), re.M):
        plain = re.sub(r"[^\w\- ]", "", heading.lower())
        found.add(plain.replace(" ", "-"))
    return found


def alternatives(path):
    """The paths that {a,b} stands for."""
    match = re.search(r"\{([^{}]*)\}", path)
    if not match:
        return [path]
    return [p for part in match[1].split(",")
            for p in alternatives(path[:match.start()] + part + path[match.end():])]


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    pages = [source / "README.md", source / "CONTRIBUTING.md"]
    pages += sorted((source / "docs").rglob("*.md"))
    faults, linked = [], {}
    for page in pages:
        text = page.read_text()
        name = page.relative_to(source)
        linked[page] = set()
        for target in LINK.findall(FENCE.sub("", text)):
            if re.match(r"\w+:", target):
                continue
            file, _, anchor = target.partition("#")
            to = (page.parent / file).resolve() if file else page
            linked[page].add(to)
            if not to.exists():
                faults.append(f"{name}: no file {target}")
            elif anchor and to.suffix == ".md" and anchor not in anchors(to.read_text()):
                faults.append(f"{name}: no heading {target}")
        for written in CODE.findall(FENCE.sub("", text)):
            for path in alternatives(written):
                if not glob.glob(str(source / path.rstrip("/")) + "*"):
                    faults.append(f"{name}: no path {path}")
    reached, todo = set(), [pages[0]]
    while todo:
        page = todo.pop()
        if page in reached or page not in linked:
            continue
        reached.add(page)
        todo += linked[page]
        # A folder stands for its pages.
        todo += [p for to in linked[page] if to.is_dir() for p in to.glob("*.md")]
    faults += [f"{p.relative_to(source)}: not reached from README.md"
               for p in pages if p not in reached]
    print("\n".join(faults) or f"{len(pages)} pages")
    sys.exit(bool(faults))


main()
