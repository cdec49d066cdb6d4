// Floating-point units for simulation: what modules that GauS exports name as
// instances, computed by the simulator's own numbers of 64 bits. Operations of 32
// bits are computed in 64 and rounded once more, which gives the nearest number of
// 32 bits for sums, products, quotients and square roots. A result is there STAGES
// cycles after its operands. A target brings modules of the same names, parameters
// and latencies instead.

/* verilator lint_off WIDTH */

// Numbers of IN bits as 64 bits and back.
`define GAUS_FLOAT_FUNCTIONS \
  function [63:0] widen(input [31:0] x); \
    reg [22:0] fraction; \
    integer shift; \
    begin \
      fraction = x[22:0]; \
      shift = 0; \
      if (x[30:23] == 8'hFF) \
        widen = {x[31], 11'h7FF, fraction, 29'h0}; \
      else if (x[30:23] != 0) \
        widen = {x[31], {3'h0, x[30:23]} + 11'd896, fraction, 29'h0}; \
      else if (fraction == 0) \
        widen = {x[31], 63'h0}; \
      else begin \
        while (!fraction[22]) begin \
          fraction = fraction << 1; \
          shift = shift + 1; \
        end \
        widen = {x[31], 11'd896 - shift[10:0], fraction[21:0], 30'h0}; \
      end \
    end \
  endfunction \
  function [31:0] narrow(input [63:0] x); \
    integer exponent, shift; \
    reg [63:0] number, kept, rest, half; \
    begin \
      exponent = x[62:52]; \
      exponent = exponent - 1023; \
      number = {12'h1, x[51:0]}; \
      shift = 29 + (exponent < -126 ? -126 - exponent : 0); \
      kept = shift > 54 ? 64'h0 : number >> shift; \
      half = 64'h1 << (shift > 54 ? 63 : shift - 1); \
      rest = shift > 54 ? number : number - (kept << shift); \
      if (rest > half || (rest == half && kept[0])) \
        kept = kept + 1; \
      if (exponent >= -126) \
        kept = kept + ((exponent + 126) << 23); \
      if (exponent == 1024) \
        narrow = {x[63], 8'hFF, x[51:29] | {|x[51:0], 22'h0}}; \
      else if (x[62:52] == 0) \
        narrow = {x[63], 31'h0}; \
      else \
        narrow = {x[63], exponent > 127 ? 31'h7F800000 : kept[30:0]}; \
    end \
  endfunction

`define GAUS_FLOAT_STAGES \
  reg [OUT-1:0] stage [0:STAGES]; \
  integer k; \
  always @(posedge clk) \
    if (!stall) \
      for (k = 1; k <= STAGES; k = k + 1) \
        stage[k] <= k == 1 ? now : stage[k - 1]; \
  generate \
    if (STAGES == 0) assign y = now; \
    else assign y = stage[STAGES]; \
  endgenerate

`define GAUS_FLOAT_UNIT(NAME, FORMULA) \
module NAME #(parameter IN = 32, OUT = 32, STAGES = 0) ( \
  input wire clk, input wire stall, \
  input wire [IN-1:0] a, input wire [IN-1:0] b, output wire [OUT-1:0] y); \
  `GAUS_FLOAT_FUNCTIONS \
  reg [63:0] p, q, r; \
  reg [OUT-1:0] now; \
  always @* begin \
    p = IN == 32 ? widen(a[31:0]) : a; \
    q = IN == 32 ? widen(b[31:0]) : b; \
    r = $realtobits(FORMULA); \
    now = OUT == 32 ? narrow(r) : r; \
  end \
  `GAUS_FLOAT_STAGES \
endmodule

`GAUS_FLOAT_UNIT(gaus_fadd, $bitstoreal(p) + $bitstoreal(q))
`GAUS_FLOAT_UNIT(gaus_fmul, $bitstoreal(p) * $bitstoreal(q))
`GAUS_FLOAT_UNIT(gaus_fdiv, $bitstoreal(p) / $bitstoreal(q))
`GAUS_FLOAT_UNIT(gaus_fsqrt, $sqrt($bitstoreal(p)))
`GAUS_FLOAT_UNIT(gaus_fpext, $bitstoreal(p))
`GAUS_FLOAT_UNIT(gaus_fptrunc, $bitstoreal(p))

// A product that is rounded, and a sum.
module gaus_fmuladd #(parameter IN = 32, OUT = 32, STAGES = 0) (
  input wire clk, input wire stall,
  input wire [IN-1:0] a, input wire [IN-1:0] b, input wire [IN-1:0] c,
  output wire [OUT-1:0] y);
  `GAUS_FLOAT_FUNCTIONS
  reg [63:0] p, q, r, s;
  reg [OUT-1:0] now;
  always @* begin
    p = IN == 32 ? widen(a[31:0]) : a;
    q = IN == 32 ? widen(b[31:0]) : b;
    s = IN == 32 ? widen(c[31:0]) : c;
    r = $realtobits($bitstoreal(p) * $bitstoreal(q));
    if (IN == 32) r = widen(narrow(r));
    r = $realtobits($bitstoreal(r) + $bitstoreal(s));
    now = OUT == 32 ? narrow(r) : r;
  end
  `GAUS_FLOAT_STAGES
endmodule

// Integers of up to 32 bits, which 64 bits of a number hold exactly.
`define GAUS_TO_FLOAT(NAME, SIGN) \
module NAME #(parameter IN = 32, OUT = 32, STAGES = 0) ( \
  input wire clk, input wire stall, \
  input wire [IN-1:0] a, output wire [OUT-1:0] y); \
  `GAUS_FLOAT_FUNCTIONS \
  reg [63:0] size, r; \
  reg negative; \
  integer at; \
  reg [OUT-1:0] now; \
  always @* begin \
    negative = SIGN && a[IN-1]; \
    size = 0; \
    size[IN-1:0] = negative ? -a : a; \
    r = 0; \
    for (at = 0; at < 53; at = at + 1) \
      if (size[at]) \
        r = {negative, 11'd1023 + at[10:0], size[51:0] << (52 - at)}; \
    now = OUT == 32 ? narrow(r) : r; \
  end \
  `GAUS_FLOAT_STAGES \
endmodule

`GAUS_TO_FLOAT(gaus_sitofp, 1)
`GAUS_TO_FLOAT(gaus_uitofp, 0)

// Towards zero; what does not fit gives anything.
`define GAUS_FROM_FLOAT(NAME) \
module NAME #(parameter IN = 32, OUT = 32, STAGES = 0) ( \
  input wire clk, input wire stall, \
  input wire [IN-1:0] a, output wire [OUT-1:0] y); \
  `GAUS_FLOAT_FUNCTIONS \
  reg [63:0] p, size; \
  integer exponent; \
  reg [OUT-1:0] now; \
  always @* begin \
    p = IN == 32 ? widen(a[31:0]) : a; \
    exponent = p[62:52]; \
    exponent = exponent - 1023; \
    size = {12'h1, p[51:0]}; \
    if (exponent < 0) \
      size = 0; \
    else if (exponent <= 52) \
      size = size >> (52 - exponent); \
    else \
      size = size << (exponent - 52); \
    now = p[63] ? -size : size; \
  end \
  `GAUS_FLOAT_STAGES \
endmodule

`GAUS_FROM_FLOAT(gaus_fptosi)
`GAUS_FROM_FLOAT(gaus_fptoui)

/* verilator lint_on WIDTH */
