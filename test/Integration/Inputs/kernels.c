// Runs kernels of examples/ with branches, nests, structs and tables once each,
// and says whether the result is the one that a plain reference, or a property
// of the problem, asks for.
#include "kernel_tests.h"

void gemm_blocked(const int a[32][32], const int b[32][32], int c[32][32]);
TEST void test_gemm_blocked(void) {
  static int a[32][32], b[32][32], c[32][32];
  for (int i = 0; i < 32; ++i)
    for (int j = 0; j < 32; ++j)
      a[i][j] = next(100), b[i][j] = next(100), c[i][j] = i;
  gemm_blocked(a, b, c);
  int good = 1;
  for (int i = 0; i < 32; ++i)
    for (int j = 0; j < 32; ++j) {
      int sum = i;
      for (int k = 0; k < 32; ++k)
        sum += a[i][k] * b[k][j];
      good &= sum == c[i][j];
    }
  say("gemm_blocked", good);
}

void gemver(float a[40][40], const float *u1, const float *v1, const float *u2,
            const float *v2, const float *y, float *x);
TEST void test_gemver(void) {
  static float a[40][40], before[40][40], v[5][40], x[40];
  for (int i = 0; i < 40; ++i) {
    x[i] = (float)i;
    for (int k = 0; k < 5; ++k)
      v[k][i] = real();
    for (int j = 0; j < 40; ++j)
      before[i][j] = a[i][j] = real();
  }
  gemver(a, v[0], v[1], v[2], v[3], v[4], x);
  int good = 1;
  for (int i = 0; i < 40; ++i) {
    float sum = (float)i;
    for (int j = 0; j < 40; ++j)
      sum += (before[j][i] + v[0][j] * v[1][i] + v[2][j] * v[3][i]) * v[4][j];
    good &= near(x[i], sum);
  }
  say("gemver", good);
}

void seidel(float a[40][40], int sweeps);
TEST void test_seidel(void) {
  // What is linear on the border becomes, or stays, linear within.
#ifdef GAUS_REPLAY
  const int rounds = 8, all = 1;
#else
  const int rounds = 2000, all = 0;
#endif
  static float a[40][40];
  for (int i = 0; i < 40; ++i)
    for (int j = 0; j < 40; ++j)
      if (all || i == 0 || j == 0 || i == 39 || j == 39)
        a[i][j] = (float)(i + 2 * j);
  seidel(a, rounds);
  int good = 1;
  for (int i = 0; i < 40; ++i)
    for (int j = 0; j < 40; ++j)
      good &= near(a[i][j], (float)(i + 2 * j));
  say("seidel", good);
}

void lu(float a[24][24]);
void cholesky(const float a[24][24], float l[24][24]);
TEST void test_factors(void) {
  static float a[24][24], f[24][24], l[24][24];
  for (int i = 0; i < 24; ++i)
    for (int j = 0; j <= i; ++j)
      a[i][j] = a[j][i] = i == j ? 40.0f : real();
  memcpy(f, a, sizeof f);
  lu(f);
  cholesky(a, l);
  int upper = 1, squares = 1;
  for (int i = 0; i < 24; ++i)
    for (int j = 0; j < 24; ++j) {
      float sum = 0, square = 0;
      for (int k = 0; k <= i && k <= j; ++k) {
        sum += (k == i ? 1 : f[i][k]) * f[k][j];
        square += (k == i ? 1 : l[i][k]) * l[k][k] * (k == j ? 1 : l[j][k]);
      }
      upper &= near(sum, a[i][j]);
      squares &= near(square, a[i][j]);
    }
  say("lu", upper);
  say("cholesky", squares);
}

void trisolv(const float l[40][40], const float *b, float *x);
TEST void test_trisolv(void) {
  static float l[40][40], b[40], x[40];
  for (int i = 0; i < 40; ++i) {
    b[i] = real();
    for (int j = 0; j <= i; ++j)
      l[i][j] = i == j ? 40.0f : real();
  }
  trisolv(l, b, x);
  int good = 1;
  for (int i = 0; i < 40; ++i) {
    float sum = 0;
    for (int j = 0; j <= i; ++j)
      sum += l[i][j] * x[j];
    good &= near(sum, b[i]);
  }
  say("trisolv", good);
}

void floyd_warshall(int way[24][24]);
void dijkstra(const int way[24][24], int *distance);
TEST void test_ways(void) {
  static int way[24][24], all[24][24];
  int one[24], slow[24], equal = 1, right = 1;
  for (int i = 0; i < 24; ++i)
    for (int j = 0; j < 24; ++j)
      all[i][j] = way[i][j] = i == j ? 0 : next(6) ? 1 << 27 : next(100) + 1;
  for (int i = 0; i < 24; ++i)
    slow[i] = i == 0 ? 0 : 1 << 28;
  for (int round = 0; round < 24; ++round)
    for (int i = 0; i < 24; ++i)
      for (int j = 0; j < 24; ++j)
        if (slow[i] + way[i][j] < slow[j])
          slow[j] = slow[i] + way[i][j];
  floyd_warshall(all);
  dijkstra(way, one);
  for (int i = 0; i < 24; ++i) {
    right &= all[0][i] == slow[i];
    equal &= one[i] == slow[i];
  }
  say("floyd_warshall", right);
  say("dijkstra", equal);
}

void spmv(const float *value, const int *column, const int *begin,
          const float *x, float *y, int rows);
TEST void test_spmv(void) {
  static float full[20][20], value[400], x[20], y[20];
  static int column[400], begin[21];
  int count = 0, good = 1;
  for (int i = 0; i < 20; ++i) {
    x[i] = real();
    for (int j = 0; j < 20; ++j)
      if (next(3) == 0) {
        full[i][j] = value[count] = real();
        column[count++] = j;
      }
    begin[i + 1] = count;
  }
  spmv(value, column, begin, x, y, 20);
  for (int i = 0; i < 20; ++i) {
    float sum = 0;
    for (int j = 0; j < 20; ++j)
      sum += full[i][j] * x[j];
    good &= near(y[i], sum);
  }
  say("spmv", good);
}

int kmp(const char *pattern, const char *text, int size);
TEST void test_kmp(void) {
  char text[300];
  int found = 0;
  for (int i = 0; i < 300; ++i)
    text[i] = (char)('a' + next(2));
  for (int i = 0; i + 4 <= 300; ++i)
    found += same(text + i, "abab", 4);
  say("kmp", found > 5 && kmp("abab", text, 300) == found);
}

static void sort(int *a, int size) {
  for (int i = 1; i < size; ++i)
    for (int k = i; k > 0 && a[k - 1] > a[k]; --k) {
      int other = a[k];
      a[k] = a[k - 1];
      a[k - 1] = other;
    }
}
void merge(const int *from, int *to, int half, int size);
void radix(const unsigned *from, unsigned *to, int size, int shift);
TEST void test_sorts(void) {
  int from[100], to[100], sorted[100];
  for (int i = 0; i < 100; ++i)
    from[i] = sorted[i] = next(256);
  sort(sorted, 100);
  unsigned a[100], b[100];
  for (int i = 0; i < 100; ++i)
    a[i] = (unsigned)from[i];
  radix(a, b, 100, 0);
  radix(b, a, 100, 4);
  int good = 1;
  for (int i = 0; i < 100; ++i)
    good &= a[i] == (unsigned)sorted[i];
  say("radix", good);
  sort(from, 37);
  sort(from + 37, 63);
  merge(from, to, 37, 100);
  say("merge", same(to, sorted, sizeof to));
}

void bfs(const int *begin, const int *target, int *level, int *queue);
TEST void test_bfs(void) {
  // A ring in which each node leads to the next and to the third after it.
  int begin[31], target[60], level[30], queue[30], good = 1;
  for (int i = 0; i <= 30; ++i)
    begin[i] = 2 * i;
  for (int i = 0; i < 30; ++i) {
    target[2 * i] = (i + 1) % 30;
    target[2 * i + 1] = (i + 3) % 30;
    level[i] = -1;
  }
  bfs(begin, target, level, queue);
  for (int i = 0; i < 30; ++i)
    good &= level[i] == i / 3 + i % 3;
  say("bfs", good);
}

void viterbi(const int step[8][8], const int emit[8][4],
             const unsigned char *symbol, int size, int *cost);
TEST void test_viterbi(void) {
  static int step[8][8], emit[8][4];
  int cost[8], least[8], good = 1;
  unsigned char symbol[4];
  for (int i = 0; i < 8; ++i) {
    cost[i] = least[i] = next(50);
    for (int j = 0; j < 8; ++j)
      step[i][j] = next(50);
    for (int j = 0; j < 4; ++j)
      emit[i][j] = next(50);
  }
  for (int t = 0; t < 4; ++t)
    symbol[t] = (unsigned char)next(4);
  int begin[8], end[8];
  memcpy(begin, cost, sizeof begin);
  for (int i = 0; i < 8; ++i)
    end[i] = 1 << 20;
  // All 8^5 rows of states.
  for (int path = 0; path < 1 << 15; ++path) {
    int sum = begin[path & 7];
    for (int t = 0; t < 4; ++t) {
      int s = path >> (3 * t + 3) & 7;
      sum += step[path >> 3 * t & 7][s] + emit[s][symbol[t]];
    }
    int last = path >> 12;
    if (sum < end[last])
      end[last] = sum;
  }
  viterbi(step, emit, symbol, 4, cost);
  for (int i = 0; i < 8; ++i)
    good &= cost[i] == end[i];
  say("viterbi", good);
}

int nw(const char *a, const char *b, int score[33][33]);
TEST void test_nw(void) {
  static int score[33][33];
  char a[32], b[32];
  for (int i = 0; i < 32; ++i)
    a[i] = "ACGT"[next(4)];
  // The same but for one letter that is missing and one at the end.
  memcpy(b, a, 9);
  memcpy(b + 9, a + 10, 22);
  b[31] = 'X';
  say("nw", nw(a, a, score) == 32 && nw(a, b, score) == 29);
}

struct vector {
  float x, y, z;
};
void md(const struct vector *at, const int (*near)[8], struct vector *force,
        int bodies);
TEST void test_md(void) {
  // Each body's neighbours are all others: forces add up to nothing.
  struct vector at[9], force[9], sum = {0, 0, 0};
  int list[9][8];
  for (int i = 0; i < 9; ++i) {
    at[i].x = (float)(i % 3) + 0.1f * real();
    at[i].y = (float)(i / 3) + 0.1f * real();
    at[i].z = 0.1f * real();
    for (int k = 0; k < 8; ++k)
      list[i][k] = (i + k + 1) % 9;
  }
  md(at, (const int (*)[8])list, force, 9);
  float size = 0;
  for (int i = 0; i < 9; ++i) {
    sum.x += force[i].x, sum.y += force[i].y, sum.z += force[i].z;
    size += force[i].x * force[i].x;
  }
  say("md", size > 0.01f && near(sum.x, 0) && near(sum.y, 0) && near(sum.z, 0));
}

void adpcm(const short *in, signed char *out, int size);
TEST void test_adpcm(void) {
  // Decoded again it follows a slow wave.
  short in[400];
  signed char out[400];
  int expected = 0, step = 16, good = 1;
  for (int i = 0; i < 400; ++i)
    in[i] = (short)(i % 200 < 100 ? 40 * (i % 200) : 40 * (200 - i % 200));
  adpcm(in, out, 400);
  for (int i = 0; i < 400; ++i) {
    int code = out[i], change = step >> 3;
    change += (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) +
              (code & 1 ? step >> 2 : 0);
    expected += code & 8 ? -change : change;
    step += (code & 7) > 3 ? step >> 1 : -(step >> 3);
    step = step < 16 ? 16 : step > 8192 ? 8192 : step;
    good &= i < 50 || abs(expected - in[i]) < 200;
  }
  say("adpcm", good);
}

void sha(const unsigned *block, unsigned *state);
TEST void test_sha(void) {
  // The message "abc" of the standard.
  unsigned block[16] = {0x61626380},
           sum[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
                     0xc3d2e1f0};
  unsigned right[5] = {0xa9993e36, 0x4706816a, 0xba3e2571, 0x7850c26c,
                       0x9cd0d89d};
  block[15] = 24;
  sha(block, sum);
  say("sha", same(sum, right, sizeof sum));
}

int huffman(const unsigned char *bytes, int size, unsigned *out);
TEST void test_huffman(void) {
  // 1 | 010 | 011 | 00100 | 1 and zeros that lead nowhere.
  unsigned char bytes[2] = {0xa6, 0x48};
  unsigned out[16] = {0};
  int count = huffman(bytes, 2, out);
  say("huffman", count == 5 && out[0] == 0 && out[1] == 1 && out[2] == 2 &&
                     out[3] == 3 && out[4] == 0);
}

unsigned crc(const unsigned char *bytes, int size);
TEST void test_crc(void) {
  say("crc", crc((const unsigned char *)"123456789", 9) == 0xcbf43926u);
}

void gsm(const short *reflection, short *state, short *samples, int size);
TEST void test_gsm(void) {
  // Without reflections nothing changes; with strong ones it saturates.
  short none[8] = {0}, strong[8], line[8] = {0}, in[50], out[50];
  for (int i = 0; i < 50; ++i)
    in[i] = out[i] = (short)(next(60000) - 30000);
  gsm(none, line, out, 50);
  int stays = same(in, out, sizeof in), most = 0;
  for (int k = 0; k < 8; ++k)
    strong[k] = (short)(k % 2 ? -32768 : 32767);
  for (int i = 0; i < 50; ++i)
    out[i] = 30000;
  gsm(strong, line, out, 50);
  for (int i = 0; i < 50; ++i)
    most |= out[i] == 32767 || out[i] == -32768;
  say("gsm", stays && most);
}

#ifndef GAUS_REPLAY
int main(void) {
  test_gemm_blocked();
  test_gemver();
  test_seidel();
  test_factors();
  test_trisolv();
  test_ways();
  test_spmv();
  test_kmp();
  test_sorts();
  test_bfs();
  test_viterbi();
  test_nw();
  test_md();
  test_adpcm();
  test_sha();
  test_huffman();
  test_crc();
  test_gsm();
  return failures != 0;
}
#endif
