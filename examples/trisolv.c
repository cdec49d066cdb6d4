// Forward substitution: solves L x = b for a lower triangle.
enum { n = 40 };
void trisolv(const float l[restrict n][n], const float b[restrict n],
             float x[restrict n]) {
  for (int i = 0; i < n; ++i) {
    float sum = b[i];
    for (int j = 0; j < i; ++j)
      sum -= l[i][j] * x[j];
    x[i] = sum / l[i][i];
  }
}
