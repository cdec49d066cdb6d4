// y = A x for a 4 by 4 matrix, the loops unrolled; x and y do not overlap.
void matvec(const double *restrict a, const double *restrict x,
            double *restrict y) {
#pragma clang loop unroll(full)
  for (int row = 0; row < 4; ++row) {
    double sum = 0.0;
#pragma clang loop unroll(full)
    for (int column = 0; column < 4; ++column)
      sum += a[4 * row + column] * x[column];
    y[row] = sum;
  }
}
