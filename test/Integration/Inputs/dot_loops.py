"""What the checks of random loops against a report in Graphviz's format share."""

import re
import sys


def compare(path, count, name, fault):
    """Asks `fault(number, graph)` of every graph whose name matches `name`, which
    has the loop's number. Prints what it says; ends the program, with 1 if it said
    something or if there were not `count` graphs."""
    wrong = compared = 0
    for graph in open(path).read().split("  subgraph cluster")[1:]:
        number = re.match(r"\d+ \{ label=" + name, graph)
        if not number:
            continue
        compared += 1
        said = fault(int(number[1]), graph)
        if said:
            wrong += 1
            print(f"@f{number[1]}: {said}")
    print(f"{compared} loops, {wrong} wrong")
    sys.exit(1 if wrong or compared != count else 0)
