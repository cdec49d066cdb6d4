#!/usr/bin/env python3
"""Times the page of a report in headless Chromium.

    bench/pages.py PAGE.html...
    bench/pages.py --picture OUT.webp PAGE.html [KEY...]

Prints a row a page: operations of the largest scope, kilobytes, milliseconds from the
navigation to the first paint and to the first chart, and milliseconds of a drawing of
everything while the chart is zoomed in and moved along, with a lane an operation and by
resource. The best of three loads; of 100 drawings the mean. Or makes a picture of a
page after these keys ("l", "c", "ArrowRight", ...).
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "utils"))
from browser import Browser  # noqa: E402

DRAWING = """(() => {
  const app = gausReport;
  document.getElementById("lanes").value = "%s";
  app.layOut();
  app.view.zoom(4);
  const begin = performance.now();
  for (let k = 0; k < 100; ++k) { app.view.pan(5); app.draw(); }
  return (performance.now() - begin) / 100;
})()"""


def measure(path):
    best = None
    for _ in range(3):
        with Browser() as page:
            page.open(path)
            # The browser says it a little after it has painted.
            paint = None
            while paint is None:
                page.settle()
                paint = page.evaluate("performance.getEntriesByName("
                                      "'first-contentful-paint')[0]?.startTime")
            row = [page.evaluate("gausReport.scope.operations.length"),
                   pathlib.Path(path).stat().st_size / 1000, paint,
                   page.evaluate("gausReport.first"),
                   page.evaluate(DRAWING % "operation"),
                   page.evaluate(DRAWING % "resource")]
        if best is None or row[3] < best[3]:
            best = row
    return best


def picture(out, path, *keys):
    with Browser(width=1280, height=800) as page:
        page.open(path)
        for key in keys:
            page.key(key)
        page.screenshot(out, format="webp", quality=75)


def main():
    if sys.argv[1:2] == ["--picture"] and len(sys.argv) > 3:
        picture(*sys.argv[2:])
        return
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        raise SystemExit(__doc__)
    print("| page | operations | kB | first paint, ms | first chart, ms "
          "| drawing, ms | by resource, ms |\n|---|---|---|---|---|---|---|")
    for path in sys.argv[1:]:
        operations, *others = measure(path)
        print(f"| {pathlib.Path(path).stem} | {operations} | "
              + " | ".join(f"{value:.1f}" if value < 100 else f"{value:.0f}"
                           for value in others) + " |")


if __name__ == "__main__":
    main()
