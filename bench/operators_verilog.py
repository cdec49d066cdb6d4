"""The operators that bench/operators.py measures, as Verilog between registers."""

import pathlib
import random
import subprocess
import tempfile

WIDTHS = (1, 2, 4, 8, 12, 16, 18, 24, 32, 48, 64)
OPERATORS = ("add", "logic", "compare", "select", "minmax", "shift", "mul",
             "mul_constant", "mul_pipelined", "div", "div_iterative")
HARNESS = """// The operator between registers: operands come in bit by bit, the result
// goes out through a chain of exclusive ors.
module top(input clk, input si, output so);
  reg [{inputs}-1:0] in;
  reg [{outputs}-1:0] result, out;
  wire [{outputs}-1:0] y;
  operator op(.clk(clk), .in(in), .y(y));
  always @(posedge clk) begin
    in <= {{in, si}};
    result <= y;
    out <= {{out, 1'b0}} ^ result;
  end
  assign so = out[{outputs}-1];
endmodule
"""


def dense_constant(width):
    """A digit that is not 0 in every second place of its signed-digit form: no
    product with a constant has more sums."""
    return int("01" * 32, 2) & ((1 << width) - 1) | 1


class Design:
    """One operator of one width."""

    def __init__(self, op, width, chunk):
        self.op, self.width, self.chunk = op, width, chunk
        self.outputs = 1 if op == "compare" else width
        self.operands = 1 if op == "mul_constant" else 2
        self.extra = op in ("select", "div_iterative")
        self.latency, self.occupancy = 0, 1
        self.body = getattr(self, "_" + op)()

    def exists(self):
        """Shifts and quotients of one bit are wires; narrow products are not cut,
        and nobody waits for wide ones and for quotients within a cycle."""
        if self.op == "mul_pipelined":
            return self.width > self.chunk
        most = {"mul": 4 * self.chunk, "div": 16}
        if self.width > most.get(self.op, self.width):
            return False
        least = {"shift": 2, "div": 2, "div_iterative": 2, "mul_constant": 4}
        return self.width >= least.get(self.op, 1)

    @property
    def inputs(self):
        return self.operands * self.width + self.extra

    def harness_luts(self):
        return self.outputs - 1

    def harness_ffs(self):
        return self.inputs + 2 * self.outputs

    def operator(self):
        w = self.width
        operands = f"  wire [{w}-1:0] a = in[{w}-1:0];\n"
        if self.operands == 2:
            operands += f"  wire [{w}-1:0] b = in[{2 * w}-1:{w}];\n"
        if self.extra:
            operands += f"  wire c = in[{2 * w}];\n"
        return (f"module operator(input clk, input [{self.inputs}-1:0] in, "
                f"output [{self.outputs}-1:0] y);\n{operands}{self.body}"
                "endmodule\n")

    def text(self):
        # A register of one bit shifts nothing.
        harness = HARNESS.format(inputs=self.inputs, outputs=self.outputs)
        return self.operator() + harness

    def _add(self):
        return "  assign y = a + b;\n"

    def _logic(self):
        return "  assign y = a ^ b;\n"

    def _compare(self):
        return "  assign y = $signed(a) < $signed(b);\n"

    def _select(self):
        return "  assign y = c ? a : b;\n"

    def _minmax(self):
        return "  assign y = $signed(a) < $signed(b) ? a : b;\n"

    def _shift(self):
        amount = max(1, (self.width - 1).bit_length())
        return f"  assign y = $signed(a) >>> b[{amount}-1:0];\n"

    def _mul(self):
        return "  assign y = a * b;\n"

    def _mul_constant(self):
        w = self.width
        return f"  assign y = a * {w}'d{dense_constant(w)};\n"

    def _div(self):
        return "  assign y = $signed(a) / $signed(b);\n"

    def _mul_pipelined(self):
        """Products of pieces, a register, and sums of two with one behind each."""
        w, c = self.width, self.chunk
        pieces = range(0, w, c)
        lines, terms = [], []
        for i in pieces:
            for j in pieces:
                if i + j < w:
                    end_a, end_b = min(i + c, w), min(j + c, w)
                    terms.append(f"({w}'d0 + a[{end_a}-1:{i}] * "
                                 f"({w}'d0 + b[{end_b}-1:{j}])) << {i + j}")
        level = 0
        while True:
            names = [f"t{level}_{k}" for k in range(len(terms))]
            lines += [f"  reg [{w}-1:0] {name};\n" for name in names]
            lines += [f"  always @(posedge clk) {name} <= {term};\n"
                      for name, term in zip(names, terms)]
            level += 1
            if len(names) == 1:
                break
            terms = [" + ".join(names[k:k + 2])
                     for k in range(0, len(names), 2)]
        self.latency = level
        return "".join(lines) + f"  assign y = {names[0]};\n"

    def _div_iterative(self):
        """One bit of the quotient a cycle, of magnitudes; c starts it."""
        w = self.width
        self.latency = self.occupancy = w + 2
        return f"""  reg [{w}-1:0] q, d, s;
  reg [{w}-1:0] rest;
  reg sign;
  wire [{w}:0] left = {{rest, q[{w}-1]}} - {{1'b0, d}};
  always @(posedge clk) begin
    if (c) begin
      q <= a[{w}-1] ? -a : a;
      d <= b[{w}-1] ? -b : b;
      rest <= 0;
      sign <= a[{w}-1] ^ b[{w}-1];
    end else begin
      q <= {{q, ~left[{w}]}};
      rest <= left[{w}] ? {{rest, q[{w}-1]}} : left;
    end
    s <= sign ? -q : q;
  end
  assign y = s;
"""

    def expected(self, a, b):
        """What two operands give; None where nothing is promised."""
        w = self.width
        mask = (1 << w) - 1

        def signed(x):
            return x - (1 << w) if x >> (w - 1) else x

        if self.op.startswith("div"):
            if b == 0 or (a == 1 << (w - 1) and b == mask):
                return None
            quotient = abs(signed(a)) // abs(signed(b))
            return (-quotient if (signed(a) < 0) != (signed(b) < 0)
                    else quotient) & mask
        return a * b & mask


BENCH = """module test;
  reg clk = 0, go;
  reg [{w}-1:0] a, b;
  wire [{w}-1:0] y;
  operator op(.clk(clk), .in({{{extra}b, a}}), .y(y));
  integer k;
  task run(input [{w}-1:0] x, input [{w}-1:0] z, input [{w}-1:0] r);
    begin
      a = x; b = z; go = 1;
      #1 clk = 1; #1 clk = 0; go = 0; #1;
      for (k = 1; k < {latency}; k = k + 1) begin #1 clk = 1; #1 clk = 0; end
      #1 if (y !== r) begin
        $display("%d %d gives %d, not %d", x, z, y, r); $finish; end
    end
  endtask
  initial begin
{cases}    $display("right");
  end
endmodule
"""


def simulate(design, iverilog):
    """What is more than a line of Verilog has to be right before it counts."""
    if design.latency == 0:
        return
    source = random.Random(design.width)
    w, cases = design.width, ""
    for _ in range(50):
        a, b = (source.getrandbits(w) >> source.randrange(w) for _ in "ab")
        result = design.expected(a, b)
        if result is not None:
            cases += f"    run({w}'d{a}, {w}'d{b}, {w}'d{result});\n"
    bench = BENCH.format(w=w, extra="go, " if design.extra else "",
                         latency=design.latency, cases=cases)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "test.v"
        source.write_text(design.operator() + bench)
        program = pathlib.Path(folder) / "test"
        subprocess.run([*iverilog, "-g2012", "-o", str(program), str(source)],
                       check=True)
        run = subprocess.run([str(program)], capture_output=True, text=True)
    if run.stdout.strip() != "right":
        raise SystemExit(f"error: {design.op} of {w} bits: {run.stdout}")
