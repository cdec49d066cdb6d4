#!/usr/bin/env python3
"""Adds up the result files of lit, GoogleTest and pytest in a folder.

A file NAME.died stands for a program that left no results.

Prints one line a suite and "N passed, N failed, N skipped"; exits with 1 when a
test failed or when no test ran.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

LIT_PASSED = {"PASS", "XFAIL", "FLAKYPASS"}
LIT_SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}


def count_lit(path):
    codes = [test["code"] for test in json.loads(path.read_text())["tests"]]
    passed = sum(code in LIT_PASSED for code in codes)
    skipped = sum(code in LIT_SKIPPED for code in codes)
    return passed, len(codes) - passed - skipped, skipped


def count_gtest(path):
    suites = json.loads(path.read_text())["testsuites"]
    tests = [test for suite in suites for test in suite["testsuite"]]
    failed = sum("failures" in test for test in tests)
    skipped = sum(
        test.get("result") == "SKIPPED" or test["status"] == "NOTRUN"
        for test in tests
    )
    return len(tests) - failed - skipped, failed, skipped


def count_junit(path):
    total = [0, 0, 0]
    for suite in ElementTree.parse(path).iter("testsuite"):
        failed = int(suite.get("failures")) + int(suite.get("errors"))
        skipped = int(suite.get("skipped"))
        total[0] += int(suite.get("tests")) - failed - skipped
        total[1] += failed
        total[2] += skipped
    return tuple(total)


def count_died(path):
    return 0, 1, 0


COUNTERS = {
    ".died": count_died,
    ".lit.json": count_lit,
    ".gtest.json": count_gtest,
    ".junit.xml": count_junit,
}


def main(folder):
    total = [0, 0, 0]
    for path in sorted(pathlib.Path(folder).iterdir()):
        for suffix, count in COUNTERS.items():
            if path.name.endswith(suffix):
                counts = count(path)
                name = path.name.removesuffix(suffix)
                print(f"{name:16} {counts[0]:5} {counts[1]:5} {counts[2]:5}")
                total = [a + b for a, b in zip(total, counts)]
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
