// The filter of a telephone (GSM): eight taps on a lattice, with sums that stay
// at the largest number of 16 bits instead of wrapping around.
enum { taps = 8 };
static short limited(int x) {
  if (x > 32767)
    return 32767;
  if (x < -32768)
    return -32768;
  return (short)x;
}

static short product(short a, short b) {
  return limited((a * b + 16384) >> 15);
}

void gsm(const short reflection[restrict taps], short state[restrict taps],
         short *restrict samples, int size) {
  for (int i = 0; i < size; ++i) {
    short direct = samples[i], delayed = direct;
    for (int k = 0; k < taps; ++k) {
      short before = state[k];
      state[k] = delayed;
      delayed = limited(before + product(reflection[k], direct));
      direct = limited(direct + product(reflection[k], before));
    }
    samples[i] = direct;
  }
}
