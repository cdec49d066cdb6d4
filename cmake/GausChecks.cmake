# Switches of all C++ that is built: no folder's name in it, warnings as errors,
# sanitizers, what libFuzzer needs, coverage.

function(gaus_cxx_options)
  foreach(flag IN LISTS ARGN)
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:${flag}>)
  endforeach()
endfunction()

# The compiler writes paths as seen from the project.
gaus_cxx_options(-ffile-prefix-map=${PROJECT_BINARY_DIR}=build
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)

if(GAUS_WARNINGS_AS_ERRORS)
  gaus_cxx_options(-Werror)
endif()
if(GAUS_SANITIZE)
  gaus_cxx_options(-fsanitize=${GAUS_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer -gline-tables-only)
  add_link_options(-fsanitize=${GAUS_SANITIZE})
endif()
if(GAUS_ENABLE_FUZZERS)
  gaus_cxx_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()
if(GAUS_COVERAGE)
  gaus_cxx_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
