"""A test bench around a pipeline, which starts in every cycle."""

import re


def interface(text):
    """What test_bench.interfaces says of other modules, from the hw module."""
    name, ports = re.search(r"^hw\.module @(\w+)\((.*)\) \{$", text, re.M).groups()
    return {"module": name, "memories": [],
            "arguments": [{"kind": "value", "name": port, "bits": int(bits)}
                          for port, bits in re.findall(r"in %(arg\d+) : i(\d+)", ports)],
            "results": [{"bits": int(bits)}
                        for bits in re.findall(r"out result\d+ : i(\d+)", ports)]}


def bench(ports, runs):
    """Feeds the inputs one after the other, with random gaps and stalls, and takes the
    results as they come: of each the cycles since its go, without those that stall."""
    top, values = ports["module"], ports["arguments"]
    connected = ["clk", "rst", "stall", "go", "done"]
    lines = [f"module bench_{top} (input begins, output reg over = 0);",
             "  reg clk = 0, rst = 1, stall = 0, go = 0;", "  wire done;",
             "  initial begin",
             "    wait (begins);", "    while (!over) #5 clk = ~clk;", "  end"]
    for a in values:
        lines.append(f"  reg [{a['bits'] - 1}:0] {a['name']} = 0;")
        connected.append(a["name"])
    for k, r in enumerate(ports["results"]):
        lines.append(f"  wire [{r['bits'] - 1}:0] result{k};")
        connected.append(f"result{k}")
    lines += [f"  {top} dut ("
              + ", ".join(f".{p}({p})" for p in connected) + ");",
              f"  reg [63:0] values [0:{max(1, len(values) * runs) - 1}];",
              f"  integer fed, taken, cycle, seed, out, quiet, started [0:{runs - 1}];",
              "  initial begin", f'    out = $fopen("{top}_out.txt", "w");',
              f'    $readmemh("{top}_values.hex", values);',
              "    fed = 0; taken = 0; cycle = 0; seed = 1; quiet = 0;",
              "    @(negedge clk); @(negedge clk); rst = 0;",
              f"    while (taken < {runs} && quiet < 10000) begin",
              "      stall = $random(seed) % 4 == 0;",
              f"      go = fed < {runs} && $random(seed) % 4 != 0;"]
    for k, a in enumerate(values):
        lines.append(f"      {a['name']} = go ? values[fed * {len(values)} + {k}] : "
                     "{$random(seed), $random(seed)};")
    results = "".join(f", result{k}" for k in range(len(ports["results"])))
    lines += ["      #1;",
              "      if (go && !stall) begin started[fed] = cycle; fed = fed + 1; end",
              "      quiet = quiet + 1;",
              "      if (done) begin",
              '        $fdisplay(out, "%0d' + " %h" * len(ports["results"])
              + f'", cycle - started[taken]{results});',
              "        taken = taken + 1; quiet = 0;", "      end",
              "      if (!stall) cycle = cycle + 1;",
              "      @(negedge clk);", "    end", "    $fclose(out);",
              "    over = 1;", "  end", "endmodule"]
    return "\n".join(lines) + "\n"
