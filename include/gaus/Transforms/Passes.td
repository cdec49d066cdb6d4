//===- Passes.td - Passes of gaus ------------------------ -*- tablegen -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_PASSES
#define GAUS_PASSES

include "mlir/Pass/PassBase.td"

// The passes that schedule, and gaus-verify, have the solver's options: SolverPass
// adds them from gaus/Solver/Options.def; docs/options.md lists them.

def GausSchedule : Pass<"gaus-schedule"> {
  let summary = "Schedule every scope: the whole portfolio";
  let description = [{
    Decides the start cycle of every operation of every scope and writes it as
    `gaus.start`; the scope gets `gaus.length`, `gaus.ii` (with pipelining),
    `gaus.cost` and `gaus.bound`. Where the interval was searched, `gaus.ii_proof`
    says why no smaller one was taken: "bound" (recurrences, limits, windows and
    length rule them out), "exact" (a search proved it) or "undecided". Every
    schedule passes the exact verifier before it is written. Remarks of the
    category `gaus` give cost, bound, gap and the work done.

    ```mlir
    %0 = arith.muli %a, %b {gaus.start = 0 : i64} : i32
    %1 = arith.addi %0, %c {gaus.start = 3 : i64} : i32
    ```

    Operations of linalg on buffers become loops first, with a remark, unless an
    operator or a latency stands for them. A loop whose `gaus.request` has
    `unroll = n` is unrolled first, and with
    `flatten-loops` nests become one loop where `gaus-flatten-loops` would make it. A call of which
    nothing is known counts as the cycles of its operator and has `gaus.latency_min`:
    what follows waits for it, and a remark says so; with `unknown-calls=error` it is
    an error.

    Its other options are [those of the solver](../options.md).
  }];
  let options = [
    Option<"unknownCalls", "unknown-calls", "std::string", "\"wait\"",
           "of calls of which nothing is known: wait or error">,
    Option<"interface", "interface", "std::string", "\"\"",
           "whether values that enter and leave count as live: registered or "
           "none; written as gaus.interface (default: as written, else "
           "registered)">,
    Option<"noaliasArguments", "noalias-arguments", "bool", "false",
           "memrefs and pointers that functions get are no other argument's: "
           "written as llvm.noalias on all of them">,
    Option<"flattenNests", "flatten-loops", "bool", "false",
           "first what gaus-flatten-loops does">
  ];
  let dependentDialects = ["::gaus::ir::GausDialect",
                           "::mlir::affine::AffineDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect"];
}

def GausAnnotate : Pass<"gaus-annotate"> {
  let summary = "Windows and first distributions onto operations";
  let description = [{
    Writes `gaus.window` (first and last start that the dependences and the length
    allow) and `gaus.dist` (where the descent starts) onto every operation, and
    `gaus.length` and `gaus.ii` onto the scope for the passes that follow. A loop
    whose `gaus.request` has `unroll = n` is unrolled first, and operations of linalg
    on buffers become loops.

    Its options are [those of the solver](../options.md).
  }];
  let dependentDialects = ["::gaus::ir::GausDialect",
                           "::mlir::affine::AffineDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect"];
}

def GausRelax : Pass<"gaus-relax"> {
  let summary = "Gradient descent on the distributions";
  let description = [{
    Lowers the scheduling graph to flat arrays and runs the Gaussian relaxation
    from the distributions in `gaus.dist`, which it moves.

    Its options are [those of the solver](../options.md).
  }];
  let dependentDialects = ["::gaus::ir::GausDialect"];
}

def GausCommit : Pass<"gaus-commit"> {
  let summary = "Distributions into a legal schedule";
  let description = [{
    Rounds and legalises the distributions in `gaus.dist`, polishes (unless
    `polish=false`), verifies, and writes `gaus.start` and the scope's results.

    Its options are [those of the solver](../options.md).
  }];
  let dependentDialects = ["::gaus::ir::GausDialect"];
}

def GausVerify : Pass<"gaus-verify"> {
  let summary = "Check written schedules against every constraint";
  let description = [{
    One error a violation, at the operation, with a note at the other end. The
    interval is that of the option `ii` (`auto` asks for nothing here), else
    `gaus.ii`; where results were written without one there is none, and before
    that it is the graph's own. So is the length, by `length` and `gaus.length`.
    With `objective` it compares `gaus.cost` and `gaus.bound` with the exact cost.
    If all scopes are right, limits are checked over whole functions: what is inside
    of loops, conditions and calls counts in the cycles in which its schedule uses
    it. What cannot be decided is an error, and calls of which nothing is known get
    a warning.

    Its options are [those of the solver](../options.md).
  }];
  let dependentDialects = ["::gaus::ir::GausDialect"];
}

def GausReport : Pass<"gaus-report"> {
  let summary = "Print the schedule of every scope";
  let description = [{
    Prints a report of every scheduled scope: `text`, `json`, `csv`, `html`, `dot`
    or `perfetto`. Those of functions have the peak use of limited resources in the
    whole function, in `text` and `json`. `summary` is one text for all scopes, with
    or without a schedule: their tree, with intervals and cycles, what holds each
    interval and what may help, and what is not known. `html` is a page to look at in
    a browser, with all of it, the source lines and a chart of the operations; `json` is
    what the page knows (share/gaus/report/report.schema.json).
  }];
  let dependentDialects = ["::gaus::ir::GausDialect"];
  let options = [
    Option<"format", "format", "std::string", "\"text\"",
           "text, summary, json, csv, html, dot or perfetto">,
    Option<"output", "output", "std::string", "\"-\"",
           "file to write; - is the standard output">
  ];
}

def GausBind : Pass<"gaus-bind"> {
  let summary = "Bind operations to units and values to registers";
  let description = [{
    Of every scheduled scope: `gaus.unit` says which unit executes an operation,
    `gaus.registers` which registers hold its value, and the scope gets the counts
    (docs/binding.md). Registers are as few as a search finds, on a straight line of
    one width as few as there may be; units are as few as the starts allow. Then
    units, registers and commutative operands are exchanged for fewer multiplexer
    inputs. Starts do not change. `gaus-verify` checks what is written.

    ```
    gaus-opt program.mlir --gaus-schedule=objective=memory --gaus-bind
    ```
  }];
  let dependentDialects = ["::gaus::ir::GausDialect"];
  let options = [
    Option<"share", "share", "std::string", "\"limited\"",
           "operations that share units: limited (those of resources with a limit), "
           "all (of a latency of 1 or more), none (no more than limits demand)">,
    Option<"effort", "effort", "int32_t", "2",
           "0: left edges alone, 1: exchanges that gain, 2: and some that lose, "
           "3: ten times as many">,
    Option<"seed", "seed", "uint64_t", "0", "of the exchanges">
  ];
}

def GausUseLibrary : Pass<"gaus-use-library", "::mlir::ModuleOp"> {
  let summary = "Put a program under an operator library";
  let description = [{
    Copies a `gaus.library` into the module, as its first operation, and names it as
    `gaus.library` of the module: what follows resolves operators by it, but where
    another library is named further inside. `library` is a file, of which the first
    library counts, or the name of one that comes with GauS: `ice40` or `ecp5`, which
    are measured (docs/operators.md).

    ```
    gaus-opt program.mlir --gaus-use-library=library=ice40 --gaus-schedule=clock=20
    ```
  }];
  let dependentDialects = ["::gaus::ir::GausDialect"];
  let options = [
    Option<"library", "library", "std::string", "\"\"",
           "ice40, ecp5, or a file with a gaus.library">
  ];
}

def GausStrip : Pass<"gaus-strip"> {
  let summary = "Remove what needs the dialect to parse";
  let description = [{
    Removes `gaus.dist`, the operations `gaus.library` and `gaus.graph`, and the
    attributes that name a library or its operators, so that tools without the
    dialect read the result. The start cycles stay: they are plain integers.
  }];
}

def GausFlattenLoops : Pass<"gaus-flatten-loops"> {
  let summary = "Turn nests of loops into one loop where it pays";
  let description = [{
    For programs that are not scheduled yet. In a perfect nest, each loop but the
    innermost one holds nothing but the next, and hands on what that hands on. Only
    the innermost loop is pipelined, so that its pipeline fills and drains in each
    iteration of those around it; one loop over all iterations fills and drains once,
    but has the dependences of all of them. The pass schedules both, with 2, 3, ...
    of the innermost loops as one, by the heuristics (`effort=0`, `latency`, the
    smallest interval) and keeps what takes the fewest cycles, with a remark that has
    them; of a loop that `ii=none` is meant for it knows nothing. The variables
    become `affine.apply` of the new one, by `floordiv` and `mod`: they count as the
    library says.

    ```mlir
    affine.for %k = 0 to 128 {
      %j = affine.apply affine_map<(d0) -> (d0 mod 16)>(%k)
      %i = affine.apply affine_map<(d0) -> (d0 floordiv 16)>(%k)
    ```

    Where the loop around the innermost one holds more, these two may become one, and
    then more of them: what touches no memory runs in every iteration, other operations
    in the first or last one of the inner loop, by an `affine.if`, and so does what is
    handed on.

    With `unroll-trips=n` a third way is tried: an inner loop of at most n iterations is
    unrolled, so that the one around it is pipelined. Units that have no limit are not
    counted.

    Loops are `affine.for` or `scf.for` with a variable of type `index`, and run a
    constant number of times, at least once; those of linalg on buffers become such loops
    first. One with `gaus.request`, or with
    `gaus.distance` or `gaus.independent` in it, stays; a remark says why.

    Of loops that run any number of times, also never, the innermost two become one
    `scf.for` where they are a perfect nest and the inner one runs equally often in all
    iterations of the outer one. The variables are a quotient and a remainder by that
    number, which the library's divider computes; nothing is known of memory that they
    index. It is done where the interval does not grow and two iterations of the outer
    loop (or as many as it has at least) take fewer cycles, however often the inner one
    runs, or, with `any-trips`, always; the product of both numbers has to be below 2^63.
    What is computed once before the loop is not counted.
  }];
  let options = [
    Option<"anyTrips", "any-trips", "bool", "false",
           "nests of numbers of iterations that are not constant become one loop "
           "even where that takes more cycles">,
    Option<"unrollTrips", "unroll-trips", "int64_t", "0",
           "inner loops of at most so many iterations may be unrolled">
  ];
  let dependentDialects = ["::gaus::ir::GausDialect",
                           "::mlir::affine::AffineDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect"];
}

def GausPipelineLoops : Pass<"gaus-pipeline-loops"> {
  let summary = "Turn scheduled loops into pipelines";
  let description = [{
    A loop with `gaus.ii` and a start on every operation becomes prologue, kernel
    and epilogue: the stage of an operation is its start divided by the interval,
    its place in the kernel the rest. The schedule is verified first. A loop whose
    trip count is not constant is guarded: short trips take the loop as it was.
    Loops with fewer iterations than stages stay. A value that is passed on through
    several iterations gets an operation in each that does nothing. An affine.for
    becomes an scf.for. A condition whose operations the schedule puts where it cannot
    be as a whole is taken apart: what touches no memory runs always, each other
    operation gets a condition of its own, results are selected. A loop with
    unsigned bounds, with memory of the stack, or with operations that cannot be
    moved between iterations stays, with a remark.

    A loop that branches of cf or llvm make becomes blocks of its dialect. What
    touches memory in one of several blocks gets a branch around it, what they
    hand on is selected. One that is left at one place by values that step by
    constants is kept for short trips, unless the trip count is constant. Others
    are left where the schedule knows it: each step of the prologue from there on
    has an epilogue. A switch is a condition for each of its cases. A division
    that the schedule begins before it is known to take place divides by 1 where
    it would trap, in cf only where no operation that it needs may make poison.
  }];
  let dependentDialects = ["::gaus::ir::GausDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect"];
}

def ConvertSspToGaus : Pass<"convert-ssp-to-gaus", "::mlir::ModuleOp"> {
  let summary = "Scheduling problems of CIRCT into graphs";
  let description = [{
    Turns every `ssp.instance` into a `gaus.library` and a `gaus.graph`: operator
    types and resource types with what counts for the kind of problem, operands
    as edges, auxiliary dependences behind `after`, distances, an II, start
    times. What gaus has no place for stays in attributes `ssp.*`, from which
    `convert-gaus-to-ssp` writes it back. SSP has no clock period; `clock` sets it
    on graphs of chaining problems.

    ```mlir
    gaus.graph @dot library(@dot_lib) attributes {ssp.problem = "ModuloProblem"} {
      %a = gaus.node "a" operator(@Load) uses(@Port)
      %0 = gaus.node after(%a[1]) operator(@Load) uses(@Port)
    }
    ```
  }];
  let dependentDialects = ["::gaus::ir::GausDialect"];
  let options = [
    Option<"clock", "clock", "double", "0.0",
           "clock period in ns of chaining problems; 0 = none">
  ];
}

def ConvertGausToSsp : Pass<"convert-gaus-to-ssp", "::mlir::ModuleOp"> {
  let summary = "Graphs into scheduling problems of CIRCT";
  let description = [{
    Turns every `gaus.graph` into an `ssp.instance`, with the schedule (`t`, `II`,
    `z`) if it has one, which is verified first. The kind is that of the instance
    the graph comes from, else the one that fits: distances or an II make it
    cyclic, limits shared, delays chaining. What SSP cannot express is left out
    with a warning; it is an error if the problem is not scheduled and would have
    other solutions, or if CIRCT would refuse the result. `lossy` makes those
    warnings, too. Libraries that nothing uses any longer go.
  }];
  let dependentDialects = ["::gaus::ssp::SspDialect"];
  let options = [
    Option<"problem", "problem", "std::string", "\"auto\"",
           "kind of the problems written, as ModuloProblem; auto = what fits">,
    Option<"lossy", "lossy", "bool", "false",
           "leave out constraints that SSP cannot express">
  ];
}

#endif // GAUS_PASSES
