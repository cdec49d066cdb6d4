// Numbers from a stream of bits, as mpeg has them: so many zeros, a one, and as
// many bits again. Loops of which nobody knows how often they run.
int huffman(const unsigned char *restrict bytes, int size,
            unsigned *restrict out) {
  int at = 0, end = 8 * size, count = 0;
  while (at < end) {
    int zeros = 0;
    while (at < end && !(bytes[at >> 3] >> (7 - (at & 7)) & 1)) {
      ++zeros;
      ++at;
    }
    if (at + zeros >= end)
      break;
    unsigned number = 0;
    for (int k = 0; k <= zeros; ++k, ++at)
      number = number << 1 | (bytes[at >> 3] >> (7 - (at & 7)) & 1);
    out[count++] = number - 1;
  }
  return count;
}
