// Cholesky without roots: a symmetric matrix as L D L^T, L below the diagonal
// (where it is 1) and D on it.
enum { n = 24 };
void cholesky(const float a[restrict n][n], float l[restrict n][n]) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) {
      float sum = a[i][j];
      for (int k = 0; k < j; ++k)
        sum -= l[i][k] * l[j][k] * l[k][k];
      l[i][j] = i == j ? sum : sum / l[j][j];
    }
}
