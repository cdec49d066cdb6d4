// Gauss-Seidel: nine points of a grid, in place. Each point needs the one to
// its left of the same sweep.
enum { n = 40 };
void seidel(float a[n][n], int sweeps) {
  for (int t = 0; t < sweeps; ++t)
    for (int i = 1; i < n - 1; ++i)
      for (int j = 1; j < n - 1; ++j)
        a[i][j] = (a[i - 1][j - 1] + a[i - 1][j] + a[i - 1][j + 1] +
                   a[i][j - 1] + a[i][j] + a[i][j + 1] + a[i + 1][j - 1] +
                   a[i + 1][j] + a[i + 1][j + 1]) *
                  (1.0f / 9.0f);
}
