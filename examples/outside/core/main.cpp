// A problem in C++, solved: no LLVM, two headers.

#include <gaus/Core/Problem.h>
#include <gaus/Solver/Solver.h>

#include <cstdio>

int main() {
  gaus::Problem p;
  int32_t mul = p.addResource("mul", /*limitUnits=*/1);
  int32_t x = p.addNode("x", /*latencyCycles=*/1, /*widthBits=*/16);
  int32_t square = p.addNode("square", 3, 32);
  p.addUse(mul, 1);
  int32_t cube = p.addNode("cube", 3, 32);
  p.addUse(mul, 1);
  p.addEdge(x, square);
  p.addEdge(x, cube);

  gaus::SolverOptions options;
  options.objective = gaus::Objective::Memory;
  gaus::Outcome<gaus::Solution> found = gaus::solve(p, options);
  if (!found) {
    std::fprintf(stderr, "error: %s\n", found.error().message.c_str());
    return 1;
  }
  for (int32_t i = 0; i < p.numNodes(); ++i)
    std::printf("%s %d\n", p.nodeLabel(i).c_str(), found->starts[i]);
  std::printf("memory %lld of at least %lld\n", (long long)found->value,
              (long long)found->bound);
  return 0;
}
