// Functions that call others which are not inlined: shared ones, in loops that
// are pipelined and while others run, of known and unknown time, with parts of
// arrays, statics and local arrays.
#define APART __attribute__((noinline)) static

static int table[16];

APART int mac(int a, int b, int c) { return a * b + c; }

APART int sum(const int *x, int n) {
  int s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i];
  return s;
}

APART void fill(int *x, int n, int v) {
  for (int i = 0; i < n; ++i)
    x[i] = v * i;
}

APART int hash(int a) { return a * 7 ^ 5; }

APART int count(int a, int b) {
  table[a & 15] += hash(b);
  return table[b & 15] / 3;
}

APART int same(int x) { return x; }

APART float half(float x) { return x * 0.5f; }

// A loop that starts a call of known time in each iteration.
int pipelined(const int *restrict x, int *restrict y, int n) {
  int t = sum(x, n);
  for (int i = 0; i < n; ++i)
    y[i] = mac(x[i], 3, t);
  return sum(y, n) + mac(t, t, 1);
}

// Calls in calls, of one function from two places; a static that both use.
int nested(int *restrict x, int n) {
  int all[8];
  fill(all, 8, n);
  int s = hash(n);
  for (int i = 0; i < (n & 15); ++i) {
    s = x[i & 31] & 1 ? s + count(s, i) : s ^ hash(i);
    x[(s + i) & 31] = s;
    s += table[i & 15];
  }
  fill(x + 3, n & 7, s);
  return s + all[n & 7];
}

// Functions that take no time; the second call follows the first at once.
int in_no_time(int a, int b) { return same(a + b) + same(b) * same(a); }

// Units at work while the function is held.
float held(float *restrict x, int n) {
  float y = x[0];
  for (int i = 0; i < 4; ++i)
    y = y * 0.25f + half(x[i]) +
        (float)(n > i ? same(i) : sum((int *)x, n & 7));
  x[1] = y + 1.5f;
  return half(y);
}
