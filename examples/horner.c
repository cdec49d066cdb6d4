// A polynomial of degree 7 by Horner's rule beside the same one by Estrin's
// scheme: a chain with no freedom and a tree with much of it.
float horner(float x, const float *restrict c) {
  float chain = c[7];
#pragma clang loop unroll(full)
  for (int i = 6; i >= 0; --i)
    chain = chain * x + c[i];
  float x2 = x * x, x4 = x2 * x2;
  float low = (c[0] + c[1] * x) + (c[2] + c[3] * x) * x2;
  float high = (c[4] + c[5] * x) + (c[6] + c[7] * x) * x2;
  return chain - (low + high * x4);
}
