// The butterflies of one stage of a transform of 128 complex numbers, in place.
// The halves never meet: 64 iterations, 64 numbers apart.
struct complex {
  float re, im;
};
void fft(struct complex x[128], const struct complex w[restrict 64]) {
  for (int k = 0; k < 64; ++k) {
    struct complex u = x[k], v = x[k + 64], f = w[k], p;
    p.re = v.re * f.re - v.im * f.im;
    p.im = v.re * f.im + v.im * f.re;
    x[k].re = u.re + p.re;
    x[k].im = u.im + p.im;
    x[k + 64].re = u.re - p.re;
    x[k + 64].im = u.im - p.im;
  }
}
