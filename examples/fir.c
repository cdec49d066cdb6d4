// One output of a 8-tap finite impulse response filter, fully unrolled: 8
// multiplications, 7 additions and 16 loads with nothing that orders them but
// the data.
int fir(const int *restrict sample, const int *restrict tap) {
  int sum = 0;
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; ++i)
    sum += sample[i] * tap[i];
  return sum;
}
