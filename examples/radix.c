// A pass of radix sort by four bits: counts, sums of counts, and each number to
// its place.
enum { buckets = 16 };
void radix(const unsigned *restrict from, unsigned *restrict to, int size,
           int shift) {
  int place[buckets] = {0};
  for (int i = 0; i < size; ++i)
    ++place[from[i] >> shift & (buckets - 1)];
  int sum = 0;
  for (int b = 0; b < buckets; ++b) {
    int count = place[b];
    place[b] = sum;
    sum += count;
  }
  for (int i = 0; i < size; ++i)
    to[place[from[i] >> shift & (buckets - 1)]++] = from[i];
}
