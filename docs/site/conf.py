"""The site: the Markdown of the repository as it is, with a navigation around it.

utils/site.sh builds it. The sources are the repository's root, so that links between
pages are those that hold in the repository, too. What Markdown has no words for is
added here while a page is read: the navigation, and the reference of the package.
"""

import pathlib
import re
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
from navigation import HOME, NAVIGATION  # noqa: E402

root = here.parent.parent
cmake = (root / "CMakeLists.txt").read_text()

project = "GauS"
author = "the GauS authors"
release = re.search(r"project\(GauS VERSION ([0-9.]+)", cmake)[1]
root_doc = HOME

extensions = ["myst_parser", "sphinx.ext.autodoc"]
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**.md"]
exclude_patterns = ["build*", "shared", "docs/site", "**/.*"]

myst_heading_anchors = 6

autodoc_member_order = "bysource"
autodoc_type_aliases = {"npt.ArrayLike": "ArrayLike"}
add_module_names = False

html_theme = "furo"
html_title = f"GauS {release}"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
templates_path = ["templates"]
html_additional_pages = {"index": "forward.html"}
pygments_style = "friendly"
pygments_dark_style = "monokai"

AUTODOC = """

```{eval-rst}
.. automodule:: gaus
   :members:
   :imported-members:
```
"""


def as_on_a_site(text, folder):
    """Links to folders, which a code host shows and a site has no page for, are words;
    one that is called after its file gets the title of what it leads to."""
    def link(match):
        words, to, place = match.groups()
        if (folder / to).is_dir():
            return words
        called = words == to or words.endswith((".md", "/"))
        return f"[]({to}{place or ''})" if called and to.endswith(".md") else match[0]
    return re.sub(r"\[([^\[\]]*)\]\(([\w./-]+)(#[\w-]+)?\)", link, text)


def add_to_page(app, name, source):
    source[0] = as_on_a_site(source[0], (root / name).parent)
    if name == HOME:
        for caption, pages in NAVIGATION:
            source[0] += (f"\n```{{toctree}}\n:caption: {caption}\n:hidden:\n\n"
                          + "\n".join(f"/{page}" for page in pages) + "\n```\n")
    if name == "docs/python":
        source[0] += AUTODOC


def without_module_text(app, what, name, thing, options, lines):
    """The page says what the package is; its docstring is not reStructuredText."""
    if what == "module":
        lines.clear()


def check_navigation(app, env):
    """Every page is in the navigation once; Sphinx says only what is nowhere."""
    named = [page for _, pages in NAVIGATION for page in pages]
    for page in sorted({page for page in named if named.count(page) > 1}):
        raise ValueError(f"{page}: in the navigation twice")


def setup(app):
    from pygments.lexers.special import TextLexer
    app.add_lexer("mlir", mlir_lexer() or TextLexer)
    app.connect("source-read", add_to_page)
    app.connect("autodoc-process-docstring", without_module_text)
    app.connect("env-updated", check_navigation)
    return {"parallel_read_safe": True}


def mlir_lexer():
    """MLIR in a few words: what is enough to read it."""
    from pygments.lexer import RegexLexer
    from pygments import token

    class Mlir(RegexLexer):
        name = "MLIR"
        tokens = {"root": [
            (r"//.*$", token.Comment.Single),
            (r'"[^"]*"', token.String),
            (r"%[\w$.#-]+", token.Name.Variable),
            (r"@[\w$.-]+", token.Name.Function),
            (r"[!#][a-z]\w*", token.Name.Decorator),
            (r"\b(i\d+|f\d+|index|none|memref|vector|tensor)\b", token.Keyword.Type),
            (r"\b[a-z_]+(\.[a-z_]+)+\b", token.Keyword),
            (r"-?\b\d+(\.\d+)?([eE][-+]?\d+)?\b", token.Number),
            (r"\s+", token.Whitespace),
            (r"\w+", token.Name),
            (r".", token.Punctuation),
        ]}

    return Mlir
