// The rounds of SHA-1 on a block of 16 words: five words around the loop, and
// words that are made of earlier ones on the way.
static unsigned rotated(unsigned x, int by) { return x << by | x >> (32 - by); }

void sha(const unsigned block[restrict 16], unsigned state[restrict 5]) {
  unsigned w[80];
  for (int t = 0; t < 16; ++t)
    w[t] = block[t];
  for (int t = 16; t < 80; ++t)
    w[t] = rotated(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
  unsigned a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int t = 0; t < 80; ++t) {
    unsigned f, k;
    if (t < 20)
      f = (b & c) | (~b & d), k = 0x5a827999;
    else if (t < 40)
      f = b ^ c ^ d, k = 0x6ed9eba1;
    else if (t < 60)
      f = (b & c) | (b & d) | (c & d), k = 0x8f1bbcdc;
    else
      f = b ^ c ^ d, k = 0xca62c1d6;
    unsigned next = rotated(a, 5) + f + e + k + w[t];
    e = d, d = c, c = rotated(b, 30), b = a, a = next;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}
