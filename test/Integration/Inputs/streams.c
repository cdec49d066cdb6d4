// Runs the kernels of examples/ with one plain loop, or none, once each, and
// says whether the result is the one that a plain reference asks for.
#include "kernel_tests.h"

typedef unsigned word;
void aes(word *state, const word *key, int rounds, const word *t0,
         const word *t1, const word *t2, const word *t3);
TEST void test_aes(void) {
  // With tables that move their byte into place the rounds only turn the state.
  static word t[4][256], key[40];
  word state[4] = {0x00112233, 0x44556677, 0x8899aabb, 0xccddeeff}, in[4];
  memcpy(in, state, sizeof in);
  for (word i = 0; i < 256; ++i)
    for (int k = 0; k < 4; ++k)
      t[k][i] = i << (24 - 8 * k);
  for (int i = 0; i < 40; ++i)
    key[i] = (word)next(1 << 20);
  aes(state, key, 10, t[0], t[1], t[2], t[3]);
  for (int r = 0; r < 10; ++r) {
    word out[4];
    for (int k = 0; k < 4; ++k)
      out[k] = ((in[k] & 0xff000000) | (in[(k + 1) % 4] & 0xff0000) |
                (in[(k + 2) % 4] & 0xff00) | (in[(k + 3) % 4] & 0xff)) ^
               key[4 * r + k];
    memcpy(in, out, sizeof in);
  }
  say("aes", same(state, in, sizeof in));
}

void biquad(const float *in, float *out, int n, const float *c);
TEST void test_biquad(void) {
  float in[64], out[64], c[5] = {0.2f, 0.4f, 0.2f, -0.5f, 0.3f};
  int good = 1;
  for (int i = 0; i < 64; ++i)
    in[i] = real();
  biquad(in, out, 64, c);
  for (int i = 2; i < 64; ++i)
    good &= near(out[i], c[0] * in[i] + c[1] * in[i - 1] + c[2] * in[i - 2] -
                             c[3] * out[i - 1] - c[4] * out[i - 2]);
  say("biquad", good);
}

void dct8(const int *in, int *out);
TEST void test_dct8(void) {
  // Of a constant, and of a slope's odd half.
  int in[8], out[8], good = 1;
  for (int i = 0; i < 8; ++i)
    in[i] = 100;
  dct8(in, out);
  good &= out[0] == 800 * 2896 >> 12;
  for (int i = 1; i < 8; ++i)
    good &= out[i] == 0;
  for (int i = 0; i < 8; ++i)
    in[i] = i < 4 ? 10 : -10;
  dct8(in, out);
  good &= out[1] == 20 * (4017 + 3406 + 2276 + 799) >> 12;
  say("dct8", good && out[0] == 0 && out[2] == 0);
}

float dot(const float *a, const float *b, int n);
TEST void test_dot(void) {
  float a[50], b[50], sum = 0;
  for (int i = 0; i < 50; ++i) {
    a[i] = real(), b[i] = real();
    sum += a[i] * b[i];
  }
  say("dot", near(dot(a, b, 50), sum));
}

struct complex {
  float re, im;
};
void fft(struct complex *x, const struct complex *w);
TEST void test_fft(void) {
  // Sums and differences of the halves, turned by the factors.
  static struct complex x[128], in[128], w[64];
  int good = 1;
  for (int i = 0; i < 128; ++i)
    in[i].re = x[i].re = real(), in[i].im = x[i].im = real();
  for (int i = 0; i < 64; ++i)
    w[i].re = real(), w[i].im = real();
  fft(x, w);
  for (int k = 0; k < 64; ++k) {
    float re = in[k + 64].re * w[k].re - in[k + 64].im * w[k].im;
    float im = in[k + 64].re * w[k].im + in[k + 64].im * w[k].re;
    good &= near(x[k].re, in[k].re + re) && near(x[k].im, in[k].im + im);
    good &= near(x[k + 64].re, in[k].re - re);
    good &= near(x[k + 64].im, in[k].im - im);
  }
  say("fft", good);
}

int fir(const int *sample, const int *tap);
void fir_stream(const int *in, int *out, int n);
TEST void test_fir(void) {
  static const int taps[8] = {11, 53, 97, 127, 127, 97, 53, 11};
  int in[64], out[64], turned[8], good = 1;
  for (int i = 0; i < 64; ++i)
    in[i] = next(1000) - 500;
  fir_stream(in, out, 64);
  for (int i = 7; i < 64; ++i) {
    for (int k = 0; k < 8; ++k)
      turned[k] = in[i - k];
    good &= out[i] == fir(turned, taps);
  }
  say("fir and fir_stream", good);
}

void histogram(const unsigned char *in, int *bins, int n);
TEST void test_histogram(void) {
  unsigned char in[200];
  int bins[16] = {0}, good = 1;
  for (int i = 0; i < 200; ++i)
    in[i] = (unsigned char)next(16);
  histogram(in, bins, 200);
  for (int b = 0; b < 16; ++b) {
    int count = 0;
    for (int i = 0; i < 200; ++i)
      count += in[i] == b;
    good &= bins[b] == count;
  }
  say("histogram", good);
}

float horner(float x, const float *c);
TEST void test_horner(void) {
  // Of two ways to compute the same the difference.
  float c[8];
  for (int i = 0; i < 8; ++i)
    c[i] = real();
  say("horner", near(horner(0.7f, c), 0.0f));
}

void matmul(const float a[32][32], const float b[32][32], float c[32][32]);
TEST void test_matmul(void) {
  static float a[32][32], b[32][32], c[32][32];
  int good = 1;
  for (int i = 0; i < 32; ++i)
    for (int j = 0; j < 32; ++j)
      a[i][j] = real(), b[i][j] = i == (j + 1) % 32 ? 2.0f : 0.0f;
  matmul(a, b, c);
  for (int i = 0; i < 32; ++i)
    for (int j = 0; j < 32; ++j)
      good &= near(c[i][j], 2 * a[i][(j + 1) % 32]);
  say("matmul", good);
}

void matvec(const double *a, const double *x, double *y);
TEST void test_matvec(void) {
  double a[16], x[4], y[4];
  int good = 1;
  for (int i = 0; i < 16; ++i)
    a[i] = next(100);
  for (int i = 0; i < 4; ++i)
    x[i] = next(100);
  matvec(a, x, y);
  for (int i = 0; i < 4; ++i)
    good &= y[i] == a[4 * i] * x[0] + a[4 * i + 1] * x[1] +
                        a[4 * i + 2] * x[2] + a[4 * i + 3] * x[3];
  say("matvec", good);
}

float newton(float a, float tolerance);
TEST void test_newton(void) {
  say("newton", near(newton(2.0f, 1e-6f), 1.41421356f) &&
                    near(newton(1600.0f, 1e-4f), 40.0f));
}

void sobel(const unsigned char *in, unsigned char *out, int height);
TEST void test_sobel(void) {
  // An edge in the middle: all of it there, nothing beside.
  static unsigned char in[5 * 640], out[5 * 640];
  int good = 1;
  for (int i = 0; i < 5 * 640; ++i)
    in[i] = i % 640 < 320 ? 0 : 200;
  sobel(in, out, 5);
  for (int y = 1; y < 4; ++y)
    for (int x = 1; x < 639; ++x)
      good &= out[y * 640 + x] == (x == 319 || x == 320 ? 255 : 0);
  say("sobel", good);
}

void jacobi(const float *in, float *out, int height);
void relax(float *a, int n);
TEST void test_stencil(void) {
  // What is linear stays so.
  static float in[4 * 256], out[4 * 256], line[64];
  int good = 1;
  for (int i = 0; i < 4 * 256; ++i)
    in[i] = (float)(i % 256 + 3 * (i / 256));
  for (int i = 0; i < 64; ++i)
    line[i] = (float)i;
  jacobi(in, out, 4);
  relax(line, 64);
  for (int y = 1; y < 3; ++y)
    for (int x = 1; x < 255; ++x)
      good &= near(out[y * 256 + x], (float)(x + 3 * y));
  for (int i = 0; i < 64; ++i)
    good &= near(line[i], (float)i);
  say("jacobi and relax", good);
}

#ifndef GAUS_REPLAY
int main(void) {
  test_aes();
  test_biquad();
  test_dct8();
  test_dot();
  test_fft();
  test_fir();
  test_histogram();
  test_horner();
  test_matmul();
  test_matvec();
  test_newton();
  test_sobel();
  test_stencil();
  return failures != 0;
}
#endif
