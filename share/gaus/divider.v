// Division of integers, one bit of the quotient a cycle. `start` is 1 in the cycle of
// the operands, and the unit is busy for the IN cycles after it: an operator has a
// latency of at least IN + 2, an occupancy of at least IN + 1, and a resource with a
// limit. The result, the remainder if REMAINDER is 1, is there from IN + 1 cycles after
// the operands on and stays. A division by 0 gives anything.

module gaus_divider #(parameter IN = 32, OUT = 32, SIGNED = 1, REMAINDER = 0) (
  input wire clk, input wire stall, input wire start,
  input wire [IN-1:0] a, input wire [IN-1:0] b, output wire [OUT-1:0] y);

  reg [IN-1:0] quotient, divisor;
  reg [IN:0] rest;
  reg [31:0] left;
  reg negate;

  wire [IN-1:0] size_a = SIGNED != 0 && a[IN-1] ? -a : a;
  wire [IN-1:0] size_b = SIGNED != 0 && b[IN-1] ? -b : b;
  wire [IN:0] shifted = {rest[IN-1:0], quotient[IN-1]};
  wire fits = shifted >= {1'b0, divisor};

  always @(posedge clk)
    if (~stall) begin
      if (start) begin
        quotient <= size_a;
        divisor <= size_b;
        rest <= 0;
        left <= IN;
        // A remainder has the sign of what is divided.
        negate <= SIGNED != 0 && (REMAINDER != 0 ? a[IN-1] : a[IN-1] ^ b[IN-1]);
      end else if (left != 0) begin
        quotient <= {quotient[IN-2:0], fits};
        rest <= fits ? shifted - {1'b0, divisor} : shifted;
        left <= left - 1;
      end
    end

  wire [IN-1:0] size = REMAINDER != 0 ? rest[IN-1:0] : quotient;
  wire [IN-1:0] result = negate ? -size : size;
  assign y = result[OUT-1:0];
endmodule
