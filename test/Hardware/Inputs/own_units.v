// Units of one's own: a pipelined multiplier with other names, a unit that takes as long
// as it needs, and a function.

module booth #(parameter W = 8, DEPTH = 1) (
  input wire clock, input wire ce, input wire [W-1:0] x, input wire [W-1:0] y,
  output wire [W-1:0] product);
  reg [W-1:0] stage [1:DEPTH];
  integer k;
  always @(posedge clock)
    if (ce)
      for (k = 1; k <= DEPTH; k = k + 1)
        stage[k] <= k == 1 ? x * y : stage[k - 1];
  assign product = stage[DEPTH];
endmodule

// Counts the bits that are set, as many cycles as there are bits above the last one.
module counter (
  input wire clk, input wire stall, input wire start, input wire [31:0] a,
  output wire [31:0] y, output wire valid);
  reg [31:0] rest, sum;
  always @(posedge clk)
    if (~stall) begin
      if (start) begin
        rest <= a;
        sum <= 0;
      end else if (!valid) begin
        sum <= sum + rest[0];
        rest <= rest >> 1;
      end
    end
  assign valid = rest == 0;
  assign y = sum;
endmodule

module twist #(parameter STAGES = 1) (
  input wire clk, input wire stall, input wire [31:0] a, input wire [31:0] b,
  output wire [31:0] y);
  reg [31:0] kept;
  always @(posedge clk)
    if (~stall)
      kept <= {a[15:0], b[31:16]};
  assign y = kept;
endmodule
