// A second-order recursive filter, transposed: the output goes through a
// multiplication and a subtraction into the state of the next iteration.
void biquad(const float *restrict in, float *restrict out, int n,
            const float *restrict c) {
  float b0 = c[0], b1 = c[1], b2 = c[2], a1 = c[3], a2 = c[4];
  float s1 = 0, s2 = 0;
  for (int i = 0; i < n; ++i) {
    float x = in[i], y = b0 * x + s1;
    s1 = (b1 * x + s2) - a1 * y;
    s2 = b2 * x - a2 * y;
    out[i] = y;
  }
}
