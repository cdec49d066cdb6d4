// A product of matrices in blocks of 8 by 8, so that a block of b is used again
// while it is near: five loops.
enum { n = 32, block = 8 };
void gemm_blocked(const int a[restrict n][n], const int b[restrict n][n],
                  int c[restrict n][n]) {
  for (int jj = 0; jj < n; jj += block)
    for (int kk = 0; kk < n; kk += block)
      for (int i = 0; i < n; ++i)
        for (int k = kk; k < kk + block; ++k) {
          int left = a[i][k];
          for (int j = jj; j < jj + block; ++j)
            c[i][j] += left * b[k][j];
        }
}
