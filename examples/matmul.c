// A product of 32 by 32 matrices; the innermost loop is a sum over a row and a
// column.
void matmul(const float a[restrict 32][32], const float b[restrict 32][32],
            float c[restrict 32][32]) {
  for (int i = 0; i < 32; ++i)
    for (int j = 0; j < 32; ++j) {
      float sum = 0;
      for (int k = 0; k < 32; ++k)
        sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
}
