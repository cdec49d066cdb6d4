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

# A library of the MLIR-free part.
function(gaus_add_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  gaus_compile_options(${name})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

# A library that uses MLIR. Debian's tools are linked against the shared
# libMLIR and libLLVM, so nothing here may pull in their static archives.
function(gaus_add_mlir_library name)
  gaus_add_library(${name} ${ARGN})
  target_link_libraries(${name} PUBLIC MLIR LLVM)
  # mlir-tblgen's code names parameters that it does not use.
  target_compile_options(${name} PUBLIC -Wno-unused-parameter)
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
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST)
endfunction()
