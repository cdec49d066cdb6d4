// What the tests of the kernels of examples/ share. With GAUS_REPLAY each test
// is a function that gaus-replay can run, which prints 1 for a right result.
#include <stdlib.h>
#include <string.h>

#ifdef GAUS_REPLAY
#define TEST __attribute__((noinline))
void printI64(long long value);
static void say(const char *name, int good) {
  (void)name;
  printI64(good);
}
#else
#include <stdio.h>
#define TEST static
static int failures = 0;
static void say(const char *name, int good) {
  printf("%s: %s\n", name, good ? "right" : "wrong");
  failures += !good;
}
#endif

static unsigned state = 1;
static int next(int below) {
  state = state * 1664525u + 1013904223u;
  return (int)(state >> 8) % below;
}
static float real(void) { return (float)(next(2000) + 1) / 1000.0f; }
static int near(float a, float b) {
  float gap = a > b ? a - b : b - a, size = (b < 0 ? -b : b) + 1;
  return gap < 1e-3f * size;
}
static int same(const void *a, const void *b, int size) {
  int good = 1;
  for (int i = 0; i < size; ++i)
    good &= ((const char *)a)[i] == ((const char *)b)[i];
  return good;
}
