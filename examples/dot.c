// One sum around the loop: an addition an iteration, one after the other.
float dot(const float *restrict a, const float *restrict b, int n) {
  float sum = 0;
  for (int i = 0; i < n; ++i)
    sum += a[i] * b[i];
  return sum;
}
