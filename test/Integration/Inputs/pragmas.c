// Two loops with what clang's pragmas say of pipelines.

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
