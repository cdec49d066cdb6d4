# Functions that every folder's CMakeLists.txt uses.

# Warnings and language switches of code that may link LLVM: no exceptions, no
# RTTI (LLVM's rule), and no contraction of a*b+c, so that results are the same
# bits everywhere. NDEBUG is always defined: Debian's MLIR is built with it, and
# classes such as Pass::Statistic change their layout with it.
function(gaus_compile_options target)
  target_compile_definitions(${target} PRIVATE NDEBUG)
  # The deprecated function is libstdc++ 12's own, behind std::stable_sort.
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wno-deprecated-declarations
    -ffp-contract=off -fno-exceptions -fno-rtti)
  # GCC 12 warns of std::string's own operator+ (its bug 105651).
  target_compile_options(${target} PRIVATE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
endfunction()

# A wheel is built once, and by whoever installs it: a library's sources are compiled as
# one, which takes a third of the time. utils/sanitize.sh builds so, too, and finds names
# that clash.
set(as_one OFF)
if(SKBUILD)
  set(as_one ON)
endif()
option(GAUS_COMPILE_AS_ONE "Compile the sources of a library as one" ${as_one})
function(gaus_compile_as_one target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  # So large a source is no reason for GCC to look for garbage every few MB.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:
    --param=ggc-min-heapsize=262144 --param=ggc-min-expand=100>)
endfunction()
# What does little of the searching gains little from -O3.
function(gaus_optimise_less target level)
  if(SKBUILD)
    target_compile_options(${target} PRIVATE ${level})
  endif()
endfunction()

# A library of the MLIR-free part.
function(gaus_add_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  gaus_compile_options(${name})
  if(GAUS_COMPILE_AS_ONE)
    gaus_compile_as_one(${name})
  endif()
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

# Most of the time of a build goes into headers of MLIR and of GoogleTest: they are
# read once a library or program.
option(GAUS_PRECOMPILED_HEADERS "Precompile the headers of dependencies" ON)
function(gaus_precompile target)
  if(NOT GAUS_PRECOMPILED_HEADERS)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE ${ARGN})
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    # Equal files for a compiler cache, and for who compares builds.
    target_compile_options(${target} PRIVATE
      "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
  endif()
endfunction()
set(GAUS_MLIR_HEADERS
  <mlir/Dialect/Affine/IR/AffineOps.h>
  <mlir/Dialect/Func/IR/FuncOps.h>
  <mlir/Dialect/LLVMIR/LLVMDialect.h>
  <mlir/Dialect/MemRef/IR/MemRef.h>
  <mlir/Dialect/SCF/IR/SCF.h>
  <mlir/IR/BuiltinOps.h>
  <mlir/IR/SymbolTable.h>
  <mlir/Interfaces/FunctionInterfaces.h>
  <mlir/Pass/Pass.h>)
if(GAUS_PRECOMPILED_HEADERS AND "${CMAKE_CXX_COMPILER_LAUNCHER}" STREQUAL ccache)
  # What ccache asks for where headers are precompiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_ctime,include_file_mtime
    ccache)
endif()

# A library that uses MLIR. Debian's tools are linked against the shared
# libMLIR and libLLVM, so nothing here may pull in their static archives.
function(gaus_add_mlir_library name)
  gaus_add_library(${name} ${ARGN})
  target_link_libraries(${name} PUBLIC MLIR LLVM)
  # mlir-tblgen's code names parameters that it does not use.
  target_compile_options(${name} PUBLIC -Wno-unused-parameter)
  gaus_precompile(${name} ${GAUS_MLIR_HEADERS})
endfunction()

# An executable in build/bin.
function(gaus_add_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  gaus_compile_options(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
endfunction()

# A GoogleTest executable in build/bin, each of its tests registered. gtest's
# headers are the system's: they may use exceptions, our libraries do not.
function(gaus_add_unittest name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  gaus_add_tool(${name} ${ARG_UNPARSED_ARGUMENTS}
    LINK ${ARG_LINK} GTest::gmock GTest::gtest_main)
  gaus_precompile(${name} <gmock/gmock.h> <gtest/gtest.h>)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST)
endfunction()
