"""Reports of programs are single valid files with the same scopes: by Python's
readers, the schema, and dot and tidy where they are.

    check_reports.py FOLDER PROGRAM.c...   makes x.json, x.csv, ... there for each
"""

import csv
import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys

import schema


class Page(html.parser.HTMLParser):
    """Every element that is begun is ended, in order; there is one page, which asks
    for nothing else."""

    EMPTY = {"meta", "input"}

    def __init__(self):
        super().__init__()
        self.open, self.data, self.pages = [], "", 0

    def handle_starttag(self, tag, attributes):
        if tag not in self.EMPTY:
            self.open.append((tag, dict(attributes)))
        assert not {"src", "href"} & dict(attributes).keys(), attributes

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1][1].get("id") == "data":
            self.data += data

    def handle_decl(self, decl):
        self.pages += 1
        assert decl == "DOCTYPE html"


def make(folder, program):
    def run(*command):
        subprocess.run(list(map(str, command)), check=True, stderr=subprocess.DEVNULL)

    run("clang", "-O1", "-g", "-ffp-contract=off", "-fno-unroll-loops", "-S",
        "-emit-llvm", "-o", folder / "x.ll", program)
    run("mlir-translate", "--import-llvm", "--mlir-print-debuginfo", folder / "x.ll",
        "-o", folder / "x.mlir")
    run("gaus-opt", folder / "x.mlir", "--gaus-schedule=effort=0",
        *(f"--gaus-report=format={form} output={folder}/x.{form}"
          for form in ("json", "csv", "html", "dot", "perfetto")), "-o", "/dev/null")


def check(folder):
    report = json.loads((folder / "x.json").read_text())
    schema.check(report)
    scopes = report["scopes"]
    operations = sum(len(s["operations"]) for s in scopes)
    for k, scope in enumerate(scopes):
        if "parent" in scope:
            around = scopes[scope["parent"]]
            assert scope["parent"] > k and scope["parent_node"] < len(around["operations"])
        else:
            assert scope["scope"].startswith(("function", "block", "loop", "graph")), scope

        for edge in scope["edges"]:
            assert max(edge["from"], edge["to"]) < len(scope["operations"])
        path = scope.get("recurrence", {}).get("edges", []) + scope["longest_path"]
        assert all(edge < len(scope["edges"]) for edge in path)
    listed = [row["scope"] for part in report["program"] for row in part["rows"]
              if "scope" in row]
    assert sorted(listed) == list(range(len(scopes))), listed

    rows = list(csv.DictReader((folder / "x.csv").open(newline="")))
    assert len(rows) == operations
    assert {r["scope"] for r in rows} == {s["scope"] for s in scopes}

    page = Page()
    page.feed((folder / "x.html").read_text())
    page.close()
    assert not page.open and page.pages == 1
    within = json.loads(page.data)
    schema.check(within)
    within.pop("sources")
    assert within == report

    graph = (folder / "x.dot").read_text()
    assert graph.count("digraph") == 1 and graph.count("{") == graph.count("}")
    assert len(re.findall(r"^  subgraph cluster", graph, re.M)) == len(scopes)
    assert len(re.findall(r"^  s\d+n\d+ \[label=", graph, re.M)) == operations
    if shutil.which("tidy"):
        said = subprocess.run(["tidy", "-e", "-q", folder / "x.html"],
                              capture_output=True, text=True).stderr
        assert not said, said
    if shutil.which("dot"):
        subprocess.run(["dot", "-Tcanon", "-o", "/dev/null", folder / "x.dot"], check=True)

    events = json.loads((folder / "x.perfetto").read_text())["traceEvents"]
    assert sum(e["ph"] == "X" for e in events) == operations
    for event in events:
        assert event["ph"] in "XMC" and event["pid"] >= 0, event
        assert event["ph"] == "M" or event["ts"] >= 0, event
    return len(scopes), operations


def main():
    folder = pathlib.Path(sys.argv[1])
    for program in sys.argv[2:]:
        make(folder, program)
        scopes, operations = check(folder)
        print(f"{pathlib.Path(program).stem}: {scopes} scopes, {operations} operations")


if __name__ == "__main__":
    main()
