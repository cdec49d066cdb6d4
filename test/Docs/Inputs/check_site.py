"""Checks a built site: what it loads and links to.

    check_site.py SITE

Every link, picture, style and script of a page is a file of the site; only what a
reader clicks on may lead elsewhere. The reference of the package is there.
"""

import html.parser
import pathlib
import sys
import urllib.parse

LOADS = {("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src")}


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.loads, self.links, self.ids = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.ids.add(value)
            elif (tag, name) in LOADS:
                self.loads.append(value)
            elif (tag, name) == ("a", "href"):
                self.links.append(value)


def main():
    site = pathlib.Path(sys.argv[1]).resolve()
    pages = {path: Page(path.read_text()) for path in site.rglob("*.html")}
    faults = []
    for path, page in pages.items():
        name = path.relative_to(site)
        faults += [f"{name}: loads {to}" for to in page.loads
                   if urllib.parse.urlsplit(to).scheme not in ("", "data")]
        for to in page.loads + page.links:
            parts = urllib.parse.urlsplit(to)
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            file = (path.parent / urllib.parse.unquote(parts.path)).resolve() \
                if parts.path else path
            anchor = urllib.parse.unquote(parts.fragment)
            if not file.exists():
                faults.append(f"{name}: no file {to}")
            elif anchor and file in pages and anchor not in pages[file].ids:
                faults.append(f"{name}: no place {to}")
    reference = pages[site / "docs" / "python.html"].ids
    faults += [f"docs/python.html: no {word}" for word in
               ("gaus.schedule", "gaus.Problem.from_mlir", "gaus.sweep") if word not in reference]
    print("\n".join(faults) or f"{len(pages)} pages")
    sys.exit(bool(faults))


main()
