#!/usr/bin/env python3
"""Prints a table of the rows of `gaus-bench --descent-steps --json`.

    gpu-table.py JSON...

A JSON is an array of rows, or an object with such an array under "rows". A row of
the CPU and the next one of another backend make a line.
"""

import json
import pathlib
import sys


def rows_of(path):
    data = json.loads(pathlib.Path(path).read_text())
    return data["rows"] if isinstance(data, dict) else data


def main(paths):
    print("| objective | graph | nodes | cycles | descents | cpu threads | "
          "cpu ms a step | device ms a step | ratio | of it a rounding's tenth |"
          "\n|" + "---|" * 10)
    for path in paths:
        rows = rows_of(path)
        for a, b in zip(rows[::2], rows[1::2]):
            print(f"| {a['objective']} | {a['name']} | {a['nodes']} | "
                  f"{a['cycles']} | {a['replicas']} | {a.get('threads', '')} | "
                  f"{a['usual_ms']:.3f} | {b['usual_ms']:.3f} | "
                  f"{a['usual_ms'] / b['usual_ms']:.1f} | "
                  f"{b['rounding_ms'] / 10:.3f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
