// Names that only the scope's library can resolve.
// RUN: gaus-opt %s --gaus-schedule --verify-diagnostics

gaus.library @fpga {
  gaus.resource @mul limit(1)
  gaus.operator @mul3 uses(@mul)
}
func.func @operator(%a: i32) attributes {gaus.library = @fpga} {
  // expected-error @+1 {{there is no gaus.operator @mul2; did you mean @mul3?}}
  %0 = arith.muli %a, %a {gaus.operator = @mul2} : i32
  return
}
func.func @resource(%a: i32) attributes {gaus.library = @fpga} {
  // expected-warning @+1 {{resource @mull is not in the library @fpga: it counts as unlimited; did you mean @mul?}}
  %0 = arith.muli %a, %a {gaus.uses = {mull = 1 : i64}} : i32
  return
}
