# Sets GAUS_CUDA where the CUDA kernels can be compiled, and says so.

set(GAUS_CUDA OFF)
if(NOT GAUS_ENABLE_CUDA STREQUAL "OFF")
  find_program(GAUS_NVCC nvcc
    HINTS ${GAUS_CUDA_ROOT}/bin $ENV{CUDA_HOME}/bin /usr/local/cuda/bin)
  # nvcc 13 does not know clang 22; its kernels see only our plain headers.
  find_program(GAUS_CUDA_HOST_COMPILER NAMES g++ c++)
  if(GAUS_NVCC)
    set(CMAKE_CUDA_COMPILER ${GAUS_NVCC})
    set(CMAKE_CUDA_HOST_COMPILER ${GAUS_CUDA_HOST_COMPILER})
    set(CMAKE_CUDA_ARCHITECTURES 80)
    enable_language(CUDA)
    # CMake 3.25 does not know that nvcc 13 speaks C++20.
    set(CMAKE_CUDA17_STANDARD_COMPILE_OPTION "-std=c++20")
    set(GAUS_CUDA ON)
  elseif(GAUS_ENABLE_CUDA STREQUAL "ON")
    message(FATAL_ERROR "GAUS_ENABLE_CUDA=ON, but there is no nvcc; "
      "utils/quickstart.sh --cuda gets one")
  endif()
endif()
if(GAUS_CUDA)
  message(STATUS "CUDA kernels: compiled by ${GAUS_NVCC}")
else()
  message(STATUS "CUDA kernels: left out (no nvcc); backend=cuda is not there")
endif()
