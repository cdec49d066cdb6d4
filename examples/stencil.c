// Five points of a grid into another grid: nothing around the loop.
enum { width = 256 };
void jacobi(const float *restrict in, float *restrict out, int height) {
  for (int y = 1; y < height - 1; ++y)
    for (int x = 1; x < width - 1; ++x) {
      const float *p = in + y * width + x;
      out[y * width + x] =
          0.2f * (p[0] + ((p[-1] + p[1]) + (p[-width] + p[width])));
    }
}

// Three points in place, three apart: what an iteration stores, the third one
// after it loads.
void relax(float *a, int n) {
  for (int i = 3; i < n - 3; ++i)
    a[i] = 0.25f * a[i - 3] + (0.5f * a[i] + 0.25f * a[i + 3]);
}
