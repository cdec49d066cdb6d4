// RUN: gaus-opt %s --gaus-schedule --split-input-file --verify-diagnostics

func.func @unknown(%m: memref<64xi32>) {
  // expected-error @+1 {{gaus.request of affine.for in @unknown: unknown wish 'lenght'; there are pipeline, unroll, objective, length, ii, ratio, alpha, effort, seed}}
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
  } {gaus.request = {lenght = 20 : i64}}
  return
}

// -----

func.func @value(%m: memref<64xi32>) {
  // expected-error @+1 {{gaus.request of affine.for in @value: invalid value '0' for option 'ii'; expected none, cycles, auto}}
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
  } {gaus.request = {ii = 0 : i64}}
  return
}

// -----

func.func @flag(%m: memref<64xi32>) {
  // expected-error @+1 {{gaus.request of affine.for in @flag: pipeline must be true or false, got "no"}}
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
  } {gaus.request = {pipeline = "no"}}
  return
}

// -----

func.func @dictionary(%m: memref<64xi32>) {
  // expected-error @+1 {{"gaus.request" must be a dictionary}}
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
  } {gaus.request = 2 : i64}
  return
}

// -----

func.func @place(%a: i32) -> i32 {
  // expected-error @+1 {{"gaus.request" belongs on what is scheduled}}
  %0 = arith.addi %a, %a {gaus.request = {ii = 2 : i64}} : i32
  return %0 : i32
}

// -----

func.func @kind(%m: memref<64xi32>) {
  // expected-error @+1 {{gaus.request of affine.for in @kind: invalid value '1.500000e+00 : f64' for option 'length'; expected cycles, or a factor of the least length as in 1.25x}}
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
  } {gaus.request = {length = 1.5 : f64}}
  return
}

// -----

func.func @unroll(%m: memref<64xi32>) {
  // expected-error @+1 {{gaus.request: unroll must be a number of iterations from 1 on, got 0 : i64}}
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
  } {gaus.request = {unroll = 0 : i64}}
  return
}

// -----

// expected-error @+1 {{gaus.request: unroll belongs on a loop}}
func.func @function(%m: memref<64xi32>) attributes {gaus.request = {unroll = 2 : i64}} {
  return
}
