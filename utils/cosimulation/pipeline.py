"""A test bench around a pipeline, which starts in every cycle."""

import re

from test_bench import CLOSED, display, head, opened, values_of


def interface(text):
    """What test_bench.interfaces says of other modules, from the hw module."""
    name, ports = re.search(r"^hw\.module @(\w+)\((.*)\) \{$", text, re.M).groups()
    return {"module": name, "memories": [], "streams": [],
            "arguments": [{"kind": "value", "name": port, "bits": int(bits)}
                          for port, bits in re.findall(r"in %(arg\d+) : i(\d+)", ports)],
            "results": [{"bits": int(bits)}
                        for bits in re.findall(r"out result\d+ : i(\d+)", ports)]}


def bench(ports, runs):
    """Feeds the inputs one after the other, with random gaps and stalls, and takes the
    results as they come: of each the cycles since its go, without those that stall."""
    values = values_of(ports)
    lines = head(ports, {}, runs) + [
        f"  integer fed, taken, cycle, seed, out, quiet, started [0:{runs - 1}];",
        "  initial begin", "    fed = 0; taken = 0; cycle = 0; quiet = 0;",
        *opened(ports["module"]),
        f"    while (taken < {runs} && quiet < 10000) begin",
        "      stall = $random(seed) % 4 == 0;",
        f"      go = fed < {runs} && $random(seed) % 4 != 0;"]
    for k, a in enumerate(values):
        lines.append(f"      {a['name']} = go ? values[fed * {len(values)} + {k}] : "
                     "{$random(seed), $random(seed)};")
    lines += ["      #1;",
              "      if (go && !stall) begin started[fed] = cycle; fed = fed + 1; end",
              "      quiet = quiet + 1;",
              "      if (done) begin",
              "        " + display(ports, "cycle - started[taken]"),
              "        taken = taken + 1; quiet = 0;", "      end",
              "      if (!stall) cycle = cycle + 1;",
              "      @(negedge clk);", "    end", *CLOSED]
    return "\n".join(lines) + "\n"
