// A matrix into a lower and an upper triangle, in place and without pivots.
enum { n = 24 };
void lu(float a[n][n]) {
  for (int k = 0; k < n; ++k)
    for (int i = k + 1; i < n; ++i) {
      float factor = a[i][k] / a[k][k];
      a[i][k] = factor;
      for (int j = k + 1; j < n; ++j)
        a[i][j] -= factor * a[k][j];
    }
}
