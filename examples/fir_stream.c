// A symmetric 8-tap filter over a stream. The samples wait in a shift register:
// seven values that each iteration hands to the next.
void fir_stream(const int *restrict in, int *restrict out, int n) {
  int d1 = 0, d2 = 0, d3 = 0, d4 = 0, d5 = 0, d6 = 0, d7 = 0;
  for (int i = 0; i < n; ++i) {
    int d0 = in[i];
    out[i] = 11 * (d0 + d7) + 53 * (d1 + d6) + 97 * (d2 + d5) + 127 * (d3 + d4);
    d7 = d6, d6 = d5, d5 = d4, d4 = d3, d3 = d2, d2 = d1, d1 = d0;
  }
}
