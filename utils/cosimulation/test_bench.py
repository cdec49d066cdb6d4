"""A test bench around an exported module, and the simulators that run it."""

import json
import pathlib
import re
import subprocess

MODELS = pathlib.Path(__file__).resolve().parents[2] / "share/gaus/float_models.v"


def interfaces(verilog):
    """What the line of JSON above each module says of it, by the name of the function."""
    found = re.findall(r"^// @(.*), by GauS\n(?:// .*\n)*?// interface: (.*)$", verilog,
                       re.M)
    return {name: {"streams": []} | json.loads(text) for name, text in found}


def memory_model(m, words):
    """Words of the caller's, with the ports that the module asks for."""
    name, bits = m["name"], 8 * m["bytes"]
    lines = [f"  reg [{bits - 1}:0] {name}_words [0:{max(words, 1) - 1}];"]
    ports = []
    address = 32 - (m["bytes"].bit_length() - 1)
    for k in range(m["reads"]):
        port = f"{name}_r{k}"
        ports += [f"{port}_en", f"{port}_addr", f"{port}_data"]
        lines += [f"  wire {port}_en;", f"  wire [{address - 1}:0] {port}_addr;"]
        if m["latency"] == 0:
            lines.append(f"  wire [{bits - 1}:0] {port}_data = "
                         f"{name}_words[{port}_addr];")
        else:
            lines += [f"  reg [{bits - 1}:0] {port}_data;",
                      f"  always @(posedge clk) if ({port}_en) "
                      f"{port}_data <= {name}_words[{port}_addr];"]
    for k in range(m["writes"]):
        port = f"{name}_w{k}"
        ports += [f"{port}_{what}" for what in ("en", "addr", "data", "mask")]
        lines += [f"  wire {port}_en;", f"  wire [{address - 1}:0] {port}_addr;",
                  f"  wire [{bits - 1}:0] {port}_data;",
                  f"  wire [{m['bytes'] - 1}:0] {port}_mask;",
                  "  always @(posedge clk) if (%s_en) begin" % port]
        for byte in range(m["bytes"]):
            part = f"[{8 * byte + 7}:{8 * byte}]"
            lines.append(f"    if ({port}_mask[{byte}]) {name}_words[{port}_addr]"
                         f"{part} <= {port}_data{part};")
        lines.append("  end")
    return lines, ports


def bytes_of(stream):
    """Of an element in the program's array."""
    return 1 << (-(-stream["bits"] // 8) - 1).bit_length()


def stream_model(s, words):
    """An array that is handed on, or filled, an element each time both sides are ready.
    What the module reads while nothing is valid is not known."""
    name, bits = s["name"], s["bits"]
    comes_in = s["direction"] == "in"
    data = f"  wire [{bits - 1}:0] {name}_data"
    lines = [f"  reg [{bits - 1}:0] {name}_words [0:{max(words, 1) - 1}];",
             f"  integer {name}_at = 0;",
             f"  reg {name}_{'valid' if comes_in else 'ready'} = 0;",
             f"  wire {name}_{'ready' if comes_in else 'valid'};",
             f"{data} = {name}_valid ? {name}_words[{name}_at] : {bits}'bx;"
             if comes_in else f"{data};",
             f"  always @(posedge clk) if (!rst && {name}_valid && {name}_ready) begin"]
    if not comes_in:
        lines.append(f"    {name}_words[{name}_at] <= {name}_data;")
    lines += [f"    {name}_at <= {name}_at + 1;", "  end"]
    # What the module asks for or offers stays until it moves.
    wants = f"{name}_{'ready' if comes_in else 'valid'}"
    peer = f"{name}_{'valid' if comes_in else 'ready'}"
    other = "" if comes_in else f" || {name}_data !== {name}_before"
    lines += [f"  reg {name}_waited = 0;", f"  reg [{bits - 1}:0] {name}_before;",
              "  always @(posedge clk) begin",
              f"    {name}_waited <= !rst && {wants} && !{peer};",
              f"    {name}_before <= {name}_data;",
              f"    if ({name}_waited && (!{wants}{other}))",
              f'      $fatal(1, "{name} is taken back");', "  end"]
    return lines, [f"{name}_{what}" for what in ("data", "valid", "ready")]


def peers_of(ports):
    """Of each stream the signal of the test bench and the one that waits for it."""
    return [(f"{s['name']}_valid", f"{s['name']}_ready")[::1 if s["direction"] == "in"
                                                          else -1]
            for s in ports["streams"]]


def values_of(ports):
    """The arguments that are no memories."""
    return [a for a in ports["arguments"] if a["kind"] == "value"]


def head(ports, words, runs):
    """The module with a clock of its own from `begins` until `over`, and the values of
    all runs."""
    top, values = ports["module"], values_of(ports)
    lines = [f"module bench_{top} (input begins, output reg over = 0);",
             "  reg clk = 0, rst = 1, stall = 0, go = 0;", "  wire done;",
             "  initial begin",
             "    wait (begins);", "    while (!over) #5 clk = ~clk;", "  end"]
    connected = ["clk", "rst", "stall", "go", "done"]
    for m in ports["memories"]:
        more, names = memory_model(m, words[m["name"]])
        lines += more
        connected += names
    for s in ports["streams"]:
        more, names = stream_model(s, words[s["name"]])
        lines += more
        connected += names
    for a in values:
        lines.append(f"  reg [{a['bits'] - 1}:0] {a['name']};")
        connected.append(a["name"])
    for k, r in enumerate(ports["results"]):
        lines.append(f"  wire [{r['bits'] - 1}:0] result{k};")
        connected.append(f"result{k}")
    return lines + [
        f"  {top} dut (" + ", ".join(f".{p}({p})" for p in connected) + ");",
        f"  reg [63:0] values [0:{max(1, len(values) * runs) - 1}];"]


def opened(top):
    """The file of results and the values, and the end of the reset."""
    return [f'    out = $fopen("{top}_out.txt", "w");',
            "    seed = 1;", f'    $readmemh("{top}_values.hex", values);',
            "    @(negedge clk); @(negedge clk); rst = 0;"]


def display(ports, cycles):
    """A line of cycles, results, and how many elements of each stream moved."""
    count = len(ports["results"])
    shown = "".join(f", result{k}" for k in range(count))
    shown += "".join(f", {s['name']}_at" for s in ports["streams"])
    return ('$fdisplay(out, "%0d' + " %h" * count + " %0d" * len(ports["streams"])
            + f'", {cycles}{shown});')


CLOSED = ["    $fclose(out);", "    over = 1;", "  end", "endmodule"]


def bench(ports, words, runs, most_cycles):
    """Around one module. `words` is by memory and stream, the same in every run. Of four
    runs the second one is stalled, and in the second and fourth one streams have gaps;
    without streams every other one is stalled. Cycles are those that count for the
    schedule: in which nothing stalls and no stream is waited for."""
    top, values, peers = ports["module"], values_of(ports), peers_of(ports)
    files = [*ports["memories"], *ports["streams"]]
    lines = head(ports, words, runs) + [
        "  integer run, cycles, ticks, seed, out;", "  reg moves;",
        "  reg [8*300-1:0] name;", "  initial begin", *opened(top),
        f"    for (run = 0; run < {runs}; run = run + 1) begin"]
    for m in files:
        lines += [f'      $sformat(name, "{top}_in%0d_{m["name"]}.hex", run);',
                  f"      $readmemh(name, {m['name']}_words);"]
    for k, a in enumerate(values):
        lines.append(f"      {a['name']} = values[run * {len(values)} + {k}]"
                     f"[{a['bits'] - 1}:0];")
    lines += [f"      {s['name']}_at = 0;" for s in ports["streams"]]
    lines += ["      go = 1; @(negedge clk); go = 0; cycles = 0; ticks = 0;",
              f"      while (!done && cycles < {most_cycles} && "
              f"ticks < {10 * most_cycles}) begin",
              f"        stall = (run % {4 if peers else 2} == 1) ? $random(seed) : 0;",
              *(f"        {ours} = (run % 2 == 1) ? $random(seed) : 1;"
                for ours, _ in peers),
              "        #1 moves = !stall" + "".join(
                  f" && !({its} && !{ours})" for ours, its in peers) + ";",
              "        @(negedge clk);",
              "        ticks = ticks + 1;",
              "        if (moves) cycles = cycles + 1;", "      end",
              "      stall = 0;", "      if (!done) cycles = -1;",
              # Nothing moves after the end.
              "      @(negedge clk);"]
    for m in files:
        lines += [f'      $sformat(name, "{top}_out%0d_{m["name"]}.hex", run);',
                  f"      $writememh(name, {m['name']}_words);"]
    lines += ["      " + display(ports, "cycles"), "    end", *CLOSED]
    return "\n".join(lines) + "\n"


def text(benches):
    """Those that `bench` made, of modules by name, one after the other."""
    return ("`timescale 1ns/1ns\n" + "".join(benches.values()) + "module test_bench;\n"
            f"  wire [{len(benches)}:0] over;\n  assign over[0] = 1;\n"
            + "".join(f"  bench_{top} of_{top} (over[{k}], over[{k + 1}]);\n"
                      for k, top in enumerate(benches)) +
            """  initial if ($test$plusargs("wave")) begin
    $dumpfile("wave.vcd");
    $dumpvars(0, test_bench);
  end
endmodule
""")


def to_words(data, size):
    data = data.ljust(-(-len(data) // size) * size, b"\0")
    return "".join(data[k:k + size][::-1].hex() + "\n"
                   for k in range(0, len(data), size))


def from_words(path, size):
    """Bytes, None where a simulator says that they are not known."""
    data = []
    for line in path.read_text().splitlines():
        for word in line.split("//")[0].split():
            if word.startswith("@"):
                continue
            word = word.rjust(2 * size, "0")
            for k in range(size - 1, -1, -1):
                digits = word[2 * k:2 * k + 2]
                data.append(int(digits, 16) if not set(digits) & set("xXzZ")
                            else None)
    return data


def simulate(folder, simulator, modules):
    """Runs test_bench.v and module.v in the folder, with files of more modules; what
    went wrong, or None."""
    sources = ["test_bench.v", "module.v", str(MODELS),
               *(str(m.resolve()) for m in modules)]
    if simulator == "icarus":
        build = ["iverilog", "-g2012", "-s", "test_bench", "-o", "bench.vvp", *sources]
        run = ["vvp", "-n", "bench.vvp"]
    else:
        build = ["verilator", "--binary", "--timing", "-Wno-fatal", "-Wno-lint",
                 "-Wno-style", "--top-module", "test_bench", "-Mdir", "verilated",
                 "-o", "bench", *sources]
        run = ["verilated/bench"]
    for command in (build, run):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            return f"{command[0]}: {(done.stderr or done.stdout)[-1000:]}"
    return None
