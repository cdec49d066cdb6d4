// An 8-point discrete cosine transform in fixed point, even and odd halves as
// butterflies. Constants are cosines scaled by 2^12.
void dct8(const int *restrict in, int *restrict out) {
  int s0 = in[0] + in[7], d0 = in[0] - in[7];
  int s1 = in[1] + in[6], d1 = in[1] - in[6];
  int s2 = in[2] + in[5], d2 = in[2] - in[5];
  int s3 = in[3] + in[4], d3 = in[3] - in[4];
  int e0 = s0 + s3, e1 = s1 + s2, e2 = s0 - s3, e3 = s1 - s2;
  out[0] = ((e0 + e1) * 2896) >> 12;
  out[4] = ((e0 - e1) * 2896) >> 12;
  out[2] = (e2 * 3784 + e3 * 1567) >> 12;
  out[6] = (e2 * 1567 - e3 * 3784) >> 12;
  out[1] = (d0 * 4017 + d1 * 3406 + d2 * 2276 + d3 * 799) >> 12;
  out[3] = (d0 * 3406 - d1 * 799 - d2 * 4017 - d3 * 2276) >> 12;
  out[5] = (d0 * 2276 - d1 * 4017 + d2 * 799 + d3 * 3406) >> 12;
  out[7] = (d0 * 799 - d1 * 2276 + d2 * 3406 - d3 * 4017) >> 12;
}
