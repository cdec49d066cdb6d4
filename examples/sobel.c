// Edges of an image: eight neighbours of each pixel, the sum of the absolute
// values of two gradients, at most 255.
enum { width = 640 };
void sobel(const unsigned char *restrict in, unsigned char *restrict out,
           int height) {
  for (int y = 1; y < height - 1; ++y)
    for (int x = 1; x < width - 1; ++x) {
      const unsigned char *p = in + y * width + x;
      int nw = p[-width - 1], n = p[-width], ne = p[-width + 1];
      int w = p[-1], e = p[1];
      int sw = p[width - 1], s = p[width], se = p[width + 1];
      int gx = (ne + 2 * e + se) - (nw + 2 * w + sw);
      int gy = (sw + 2 * s + se) - (nw + 2 * n + ne);
      int sum = (gx < 0 ? -gx : gx) + (gy < 0 ? -gy : gy);
      out[y * width + x] = sum > 255 ? 255 : sum;
    }
}
