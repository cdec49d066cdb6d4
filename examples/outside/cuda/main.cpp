// Whether there is a GPU to search on; no compiler for CUDA is needed.

#include <gaus/Device/Backend.h>

#include <cstdio>

int main() {
  auto backend = gaus::createCudaBackend();
  if (backend)
    std::printf("backend %s\n", std::string((*backend)->name()).c_str());
  else
    std::printf("none: %s\n", backend.error().message.c_str());
  return 0;
}
