// A sparse matrix, its rows compressed, times a vector: loads of where to load.
void spmv(const float *restrict value, const int *restrict column,
          const int *restrict begin, const float *restrict x,
          float *restrict y, int rows) {
  for (int i = 0; i < rows; ++i) {
    float sum = 0;
    for (int k = begin[i]; k < begin[i + 1]; ++k)
      sum += value[k] * x[column[k]];
    y[i] = sum;
  }
}
