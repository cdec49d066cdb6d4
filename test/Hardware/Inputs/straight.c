// Straight lines, which can start in every cycle.
int polynomial(int x, int a, int b, int c) { return (a * x + b) * x + c; }
unsigned mix(unsigned a, unsigned char b) {
  return (a << (b & 7)) ^ (a >> 3) ^ ~b;
}
long clamp(long x, int low, short high) {
  long least = x < low ? low : x;
  return least > high ? high : least;
}
int same(int x) { return x; }
unsigned char early(unsigned char a, int b) {
  return (unsigned char)((a ^ 13) + (b > 0));
}
int sums(int a, int b, int c, int d) {
  int p = (a + b) * (c - d), q = (a - b) * (c + d);
  return (p < q ? p + 3 : q - p) + (a & (b | (c ^ d)));
}
