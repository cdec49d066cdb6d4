// Two rank-1 updates of a matrix, then a product with its transpose: the
// matrix is walked by rows and by columns.
enum { n = 40 };
void gemver(float a[restrict n][n], const float u1[restrict n],
            const float v1[restrict n], const float u2[restrict n],
            const float v2[restrict n], const float y[restrict n],
            float x[restrict n]) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      a[i][j] += u1[i] * v1[j] + u2[i] * v2[j];
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      x[i] += a[j][i] * y[j];
}
