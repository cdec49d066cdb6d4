/* A function scheduled through MLIR's C interface. */

#include <gaus-c/Mlir.h>

#include <mlir-c/Dialect/Arith.h>
#include <mlir-c/Dialect/Func.h>
#include <mlir-c/IR.h>
#include <mlir-c/Pass.h>

#include <stdio.h>

static const char *const program = "func.func @f(%a: i32) -> i32 {\n"
                                   "  %0 = arith.muli %a, %a : i32\n"
                                   "  %1 = arith.addi %0, %a : i32\n"
                                   "  return %1 : i32\n"
                                   "}\n";

static void print(MlirStringRef text, void *data) {
  (void)data;
  fwrite(text.data, 1, text.length, stdout);
}

int main(void) {
  MlirContext context = mlirContextCreate();
  const MlirDialectHandle dialects[] = {
      mlirGetDialectHandle__arith__(), mlirGetDialectHandle__func__(),
      mlirGetDialectHandle__gaus__(), mlirGetDialectHandle__ssp__()};
  for (int k = 0; k < 4; ++k)
    mlirDialectHandleRegisterDialect(dialects[k], context);
  mlirRegisterGausPasses();
  mlirRegisterGausPasses();

  MlirModule module =
      mlirModuleCreateParse(context, mlirStringRefCreateFromCString(program));
  MlirPassManager passes = mlirPassManagerCreate(context);
  MlirLogicalResult parsed = mlirParsePassPipeline(
      mlirPassManagerGetAsOpPassManager(passes),
      mlirStringRefCreateFromCString(
          "builtin.module(any(gaus-schedule{objective=memory}),gaus-verify)"),
      print, NULL);
  if (mlirModuleIsNull(module) || mlirLogicalResultIsFailure(parsed) ||
      mlirLogicalResultIsFailure(
          mlirPassManagerRunOnOp(passes, mlirModuleGetOperation(module))))
    return 1;
  mlirOperationPrint(mlirModuleGetOperation(module), print, NULL);
  mlirPassManagerDestroy(passes);
  mlirModuleDestroy(module);
  mlirContextDestroy(context);
  return 0;
}
