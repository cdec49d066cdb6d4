// Loops with what clang's pragmas say of pipelines, and of iterations.

void wanted(int *a, int n) {
#pragma clang loop pipeline_initiation_interval(4)
  for (int i = 0; i < n; i++)
    a[i] = a[i] * 3 + i;
}

void apart(int *a, int n) {
#pragma clang loop pipeline(disable)
  for (int i = 0; i < n; i++)
    a[i] = a[i] * 5 + i;
}

// Vectorized or not: iterations do not meet.
void parallel(int *h, const int *k, int n) {
#pragma clang loop vectorize(assume_safety) vectorize_width(1)
  for (int i = 0; i < n; i++)
    h[k[i]] += 1;
}
