// RUN: gaus-opt %s --gaus-schedule --split-input-file --verify-diagnostics

func.func private @external(i32) -> i32

func.func @top(%a: i32) -> i32 {
  // expected-error @+1 {{gaus.request: there is nothing to schedule for it, as}}
  %0 = call @external(%a) {gaus.request = {length = 9 : i64}} : (i32) -> i32
  return %0 : i32
}

// -----

func.func private @inner(%a: i32) -> i32 {
  return %a : i32
}

func.func @top(%a: i32) -> i32 {
  // expected-note @+1 {{this asks for {length = 9 : i64}}}
  %0 = call @inner(%a) {gaus.request = {length = 9 : i64}} : (i32) -> i32
  // expected-error @+1 {{gaus.request of the call is not that of another call, and the function is scheduled once}}
  %1 = call @inner(%0) {gaus.request = {length = 8 : i64}} : (i32) -> i32
  return %1 : i32
}

// -----

// expected-note @+1 {{this asks for {effort = 2 : i64}}}
func.func private @inner(%a: i32) -> i32 attributes {gaus.request = {effort = 2 : i64}} {
  return %a : i32
}

func.func @top(%a: i32) -> i32 {
  // expected-error @+1 {{gaus.request of the call is not that of the function}}
  %0 = call @inner(%a) {gaus.request = {length = 9 : i64}} : (i32) -> i32
  return %0 : i32
}

// -----

func.func private @inner(%a: i32) -> i32 {
  %0 = arith.addi %a, %a : i32
  return %0 : i32
}

func.func @top(%a: i32) -> i32 {
  // expected-error @+2 {{gaus.request of function @inner: unknown wish 'lenght'}}
  // expected-remark @+1 {{this call counts as 1 cycle}}
  %0 = call @inner(%a) {gaus.request = {lenght = 9 : i64}} : (i32) -> i32
  return %0 : i32
}

// -----

func.func @top(%f: (i32) -> i32, %a: i32) -> i32 {
  // expected-error @+1 {{gaus.request: there is nothing to schedule for it, as}}
  %0 = call_indirect %f(%a) {gaus.request = {length = 9 : i64}} : (i32) -> i32
  return %0 : i32
}
