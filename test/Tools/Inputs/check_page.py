"""The page of a report in a browser: what is there, what clicks and keys do.

    check_page.py PAGE OTHER.json [LARGE...]   large pages: no more is drawn than is seen
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "utils"))
from browser import Browser  # noqa: E402


def text(page, selector):
    return page.evaluate(f"document.querySelector({selector!r}).innerText")


def drawn(page):
    return page.evaluate("gausReport.chart.drawn")


def choose(page, node):
    """Clicks at the bar."""
    x, y = page.evaluate(f"""(() => {{
      const c = gausReport.chart, r = c.canvas.getBoundingClientRect();
      const at = c.folded ? c.scope.startOf({node}) % c.scope.ii : c.scope.startOf({node});
      return [r.left + c.view.x(at + 0.5), r.top + c.y(c.rowOf.get({node})) + 8];
    }})()""")
    page.click(x, y)


def loop_and_function(page):
    rows = page.evaluate("[...document.querySelectorAll('#tree tbody tr')].map((r) => r.innerText)")
    assert len(rows) == 3 and rows[0].startswith("function @f page.mlir:6"), rows
    assert "loop" in rows[1] and "64" in rows[1], rows
    page.evaluate("document.querySelector('#tree tr[data-scope=\"0\"]').click()")
    page.settle()
    assert "II 2" in text(page, "#facts") and "proven smallest" in text(page, "#facts")
    assert text(page, "#stages").startswith("stage 0"), text(page, "#stages")
    assert drawn(page) == 4
    choose(page, 1)
    details = text(page, "#details")
    for expected in ("arith.muli #1", "cycles", "latency 3", "mul for 2 cycles",
                     "page.mlir:10", "bound to", "needs", "is needed by", "affine.load"):
        assert expected in details, (expected, details)
    assert "%1 = arith.muli" in text(page, "#details pre b")
    assert page.evaluate("location.hash") == "#s0n1"
    # A loop's own recurrence: from itself, in the next iteration.
    choose(page, 3)
    assert "[1]" in text(page, "#details"), text(page, "#details")
    # Into the function and back into the loop.
    page.key("Backspace")
    assert "function @f" in text(page, "#facts")
    assert "affine.for" in text(page, "#details h2")
    page.key("Enter")
    assert page.evaluate("gausReport.scope.index") == 0


def keys(page):
    page.key("ArrowRight")
    first = page.evaluate("gausReport.chart.chosen")
    page.key("ArrowRight")
    assert first == 0 and page.evaluate("gausReport.chart.chosen") == 1
    page.key("f")
    assert page.evaluate("gausReport.chart.folded && gausReport.view.cycles") == 2
    page.key("l")
    names = page.evaluate("gausReport.chart.lanes.names")
    assert names[0] == "mul" and "no resource" in names, names
    page.key("l")
    assert any(n.startswith("mul0") for n in page.evaluate("gausReport.chart.lanes.names"))
    page.key("l")
    page.key("f")
    page.key("c")
    assert page.evaluate("gausReport.showsCritical && gausReport.scope.critical.size") > 0
    scale = page.evaluate("gausReport.view.scale")
    page.key("+")
    assert page.evaluate("gausReport.view.scale") > scale
    page.key("0")
    page.key("/")
    page.type("load")
    assert text(page, "#found") == "1 found"
    page.key("Enter")
    assert "affine.load" in text(page, "#details h2")
    page.key("Escape")
    page.key("?")
    assert page.evaluate("document.getElementById('help').open")
    page.evaluate("document.getElementById('help').close()")
    page.key("p")
    assert "function @f" in text(page, "#facts")
    assert "function @f" in text(page, "#facts")


def names_are_text(page):
    page.key("n")
    page.key("n")
    assert "graph @g" in text(page, "#facts")
    page.key("ArrowRight")
    assert text(page, "#details h2") == "</script><script>throw 1</script><!--"
    assert page.evaluate("gausReport.profiles.rows.at(-1).limit") == 64


def two_schedules(page, other):
    page.evaluate("gausReport.setScope(0)")
    page.choose_file("#other", other)
    page.evaluate("new Promise((done) => setTimeout(done, 50))")
    page.settle()
    assert not page.evaluate("document.getElementById('second').hidden")
    assert "II +2" in text(page, "#second-facts"), text(page, "#second-facts")
    assert page.evaluate("gausReport.second.drawn") == 4
    assert page.evaluate("gausReport.second.view === gausReport.chart.view")
    # Its profiles are drawn, too, in rows of one scale: 2 of 2 units beside 1 of 1.
    rows = "[...gausReport.{}.rows].map((r) => [r.name, r.peak, r.limit, r.most])"
    first, second = (dict((name, facts) for name, *facts in page.evaluate(rows.format(which)))
                     for which in ("profiles", "secondProfiles"))
    assert first["mul"][1] == 2 and second["mul"][1] == 1, (first, second)
    assert [f[2] for f in first.values()] == [f[2] for f in second.values()], (first, second)
    assert page.evaluate("document.querySelector('#second-profiles canvas')"
                         ".getBoundingClientRect().height > 30")
    page.choose_file("#other", __file__)
    page.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert "JSON" in text(page, "#found")
    page.evaluate("document.getElementById('second-close').click()")
    page.settle()
    assert page.evaluate("document.getElementById('second').hidden")


def large(page, path):
    page.open(path)
    count = page.evaluate("gausReport.scope.operations.length")
    height = page.evaluate("document.getElementById('chart').clientHeight")
    assert drawn(page) <= height / 18 + 2, drawn(page)
    # Lanes hold many bars: those that one pixel has are drawn once.
    page.evaluate("document.getElementById('lanes').value = 'resource'; gausReport.layOut()")
    page.settle()
    columns = page.evaluate("gausReport.view.width")
    assert drawn(page) <= (height / 18 + 2) * columns
    page.evaluate(f"gausReport.go({count - 1})")
    page.settle()
    return count


def main():
    path, other, *many = sys.argv[1:]
    for dark in (False, True):
        with Browser(dark=dark) as page:
            page.open(path)
            assert page.evaluate("document.title") == "Schedule of function @f"
            loop_and_function(page)
            page.open(path, "#s0")
            keys(page)
            names_are_text(page)
            two_schedules(page, other)
            if not dark:
                print([large(page, p) for p in many])
            assert not page.errors, page.errors
    print("the page is good")


if __name__ == "__main__":
    main()
