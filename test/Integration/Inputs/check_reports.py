"""Reports of a program are single valid files with the same scopes.

    check_reports.py FOLDER   with x.json, x.csv, x.html, x.dot and x.perfetto
"""

import csv
import html.parser
import json
import pathlib
import re
import sys


class Page(html.parser.HTMLParser):
    """Every element that is begun is ended, in order; there is one page."""

    def __init__(self):
        super().__init__()
        self.open, self.heads, self.bars, self.links = [], [], 0, []

    def handle_starttag(self, tag, attributes):
        if tag != "meta":
            self.open.append(tag)
        self.heads += [value for name, value in attributes if name == "id"]
        self.links += [value[1:] for name, value in attributes if name == "href"]
        self.bars += tag == "rect"

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_decl(self, decl):
        assert not self.heads and decl == "DOCTYPE html"


folder = pathlib.Path(sys.argv[1])
scopes = json.loads((folder / "x.json").read_text())["scopes"]
operations = sum(len(s["operations"]) for s in scopes)
for k, scope in enumerate(scopes):
    if "parent" in scope:
        around = scopes[scope["parent"]]
        assert scope["parent"] > k and scope["parent_node"] < len(around["operations"])
    else:
        assert scope["scope"].startswith(("function", "block", "loop", "graph")), scope

rows = list(csv.DictReader((folder / "x.csv").open(newline="")))
assert len(rows) == operations
assert {r["scope"] for r in rows} == {s["scope"] for s in scopes}

page = Page()
page.feed((folder / "x.html").read_text())
page.close()
assert not page.open and page.bars == operations and len(page.heads) == len(scopes)
assert page.links in ([], page.heads)

graph = (folder / "x.dot").read_text()
assert graph.count("digraph") == 1 and graph.count("{") == graph.count("}")
assert len(re.findall(r"^  subgraph cluster", graph, re.M)) == len(scopes)
assert len(re.findall(r"^  s\d+n\d+ \[label=", graph, re.M)) == operations

events = json.loads((folder / "x.perfetto").read_text())["traceEvents"]
assert sum(e["ph"] == "X" for e in events) == operations
print(f"{len(scopes)} scopes, {operations} operations: good")
