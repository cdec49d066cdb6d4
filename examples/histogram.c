// Counts of bytes. The bin of one byte may be that of the next: load, addition
// and store around the loop. In histogram_apart the bins are told to differ from
// one iteration to the next by gaus.independent (see docs/loops.md).
void histogram(const unsigned char *restrict in, int *restrict bins, int n) {
  for (int i = 0; i < n; ++i)
    ++bins[in[i]];
}
