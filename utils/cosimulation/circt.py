#!/usr/bin/env python3
"""Lowers exported hw modules and pipelines to Verilog with CIRCT, by the wheel's C interface.

    circt.py LIBRARY.so IN.mlir OUT.v

LIBRARY.so is libCIRCTBindingsPythonCAPI.so of the package circt, which
utils/get-circt.sh fetches into build/circt; its Python modules are for newer
Pythons, its C functions for any.
"""

import ctypes
import pathlib
import sys

PIPELINE = ("builtin.module(hw.module(pipeline-explicit-regs),lower-pipeline-to-hw,"
            "canonicalize,cse,lower-seq-firmem,lower-seq-to-sv,"
            "hw-memory-sim{disable-mem-randomization=true},canonicalize,"
            "hw.module(hw-legalize-modules,prettify-verilog))")
# Names that CIRCT's memories refer to.
MACROS = "".join(f"sv.macro.decl @{name}\n" for name in (
    "ENABLE_INITIAL_MEM_", "RANDOMIZE_MEM_INIT", "RANDOMIZE", "RANDOM",
    "RANDOMIZE_REG_INIT", "ENABLE_INITIAL_REG_", "INIT_RANDOM_PROLOG_"))
# What Icarus 11 and Yosys 0.23 read.
STYLE = "disallowLocalVariables,disallowPackedArrays,locationInfoStyle=none"


class Text(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("length", ctypes.c_size_t)]


class Handle(ctypes.Structure):
    _fields_ = [("pointer", ctypes.c_void_p)]


WRITER = ctypes.CFUNCTYPE(None, Text, ctypes.c_void_p)
# The result is a structure of one byte, which comes back as a byte does.
WATCHER = ctypes.CFUNCTYPE(ctypes.c_int8, Handle, ctypes.c_void_p)
SIGNATURES = {
    "mlirContextCreate": (Handle, []),
    "mlirDialectHandleRegisterDialect": (None, [Handle, Handle]),
    "mlirContextLoadAllAvailableDialects": (None, [Handle]),
    "mlirContextAttachDiagnosticHandler": (
        ctypes.c_uint64, [Handle, WATCHER, ctypes.c_void_p, ctypes.c_void_p]),
    "mlirDiagnosticPrint": (None, [Handle, WRITER, ctypes.c_void_p]),
    "mlirModuleCreateParse": (Handle, [Handle, Text]),
    "mlirModuleGetOperation": (Handle, [Handle]),
    "mlirPassManagerCreate": (Handle, [Handle]),
    "mlirPassManagerGetAsOpPassManager": (Handle, [Handle]),
    "mlirParsePassPipeline": (ctypes.c_int8,
                              [Handle, Text, WRITER, ctypes.c_void_p]),
    "mlirPassManagerRunOnOp": (ctypes.c_int8, [Handle, Handle]),
    "mlirExportVerilog": (ctypes.c_int8, [Handle, WRITER, ctypes.c_void_p]),
}


def text(string):
    data = string.encode()
    return Text(data, len(data))


class Circt:
    def __init__(self, library):
        self.c = ctypes.CDLL(str(library))
        for name, (result, arguments) in SIGNATURES.items():
            function = getattr(self.c, name)
            function.restype, function.argtypes = result, arguments
        for name in ("registerHWPasses", "registerPipelinePasses", "registerSeqPasses", "registerSVPasses",
                     "mlirRegisterCIRCTConversionPasses",
                     "mlirRegisterTransformsPasses"):
            getattr(self.c, name)()
        self.context = self.c.mlirContextCreate()
        for dialect in ("hw", "comb", "seq", "sv", "pipeline"):
            get = getattr(self.c, f"mlirGetDialectHandle__{dialect}__")
            get.restype = Handle
            self.c.mlirDialectHandleRegisterDialect(get(), self.context)
        self.c.mlirContextLoadAllAvailableDialects(self.context)
        self.said = []
        self.watcher = WATCHER(self.watch)
        self.c.mlirContextAttachDiagnosticHandler(self.context, self.watcher, None,
                                                  None)

    def watch(self, diagnostic, _):
        self.said.append(self.written(
            lambda write: self.c.mlirDiagnosticPrint(diagnostic, write, None)))
        return 1

    @staticmethod
    def written(call):
        parts = []

        def add(piece, _):
            parts.append(ctypes.string_at(piece.data, piece.length)
                         if piece.length else b"")
        call(WRITER(add))
        return b"".join(parts).decode()

    def fail(self, what):
        raise SystemExit(f"error: CIRCT {what}: " + "; ".join(self.said)[:500])

    def verilog(self, source):
        wrapped = (f'module attributes {{circt.loweringOptions = "{STYLE}"}} {{\n'
                   f"{MACROS}{source}\n}}\n")
        module = self.c.mlirModuleCreateParse(self.context, text(wrapped))
        if not module.pointer:
            self.fail("does not read the module")
        manager = self.c.mlirPassManagerCreate(self.context)
        wrong = self.written(lambda write: self.c.mlirParsePassPipeline(
            self.c.mlirPassManagerGetAsOpPassManager(manager), text(PIPELINE), write,
            None))
        if wrong:
            self.fail(f"does not know the passes ({wrong.strip()})")
        if not self.c.mlirPassManagerRunOnOp(
                manager, self.c.mlirModuleGetOperation(module)):
            self.fail("does not lower the module")
        done = []
        result = self.written(lambda write: done.append(
            self.c.mlirExportVerilog(module, write, None)))
        if not done[0]:
            self.fail("does not print the module")
        return result


def main():
    library, source, target = map(pathlib.Path, sys.argv[1:4])
    target.write_text(Circt(library).verilog(source.read_text()))


if __name__ == "__main__":
    main()
