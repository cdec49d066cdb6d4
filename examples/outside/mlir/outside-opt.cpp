// An optimiser of one's own with the dialects and passes of GauS in it.

#include <gaus/Transforms/Passes.h>

#include <mlir/Dialect/Arith/IR/Arith.h>
#include <mlir/Dialect/Func/IR/FuncOps.h>
#include <mlir/Tools/mlir-opt/MlirOptMain.h>

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<mlir::arith::ArithDialect, mlir::func::FuncDialect,
                  gaus::ir::GausDialect, gaus::ssp::SspDialect>();
  gaus::ir::registerGausPasses();
  return failed(
      mlir::MlirOptMain(argc, argv, "an optimiser with GauS\n", registry));
}
