// The rounds of AES by tables: four words of state, each the sum of four table
// entries and a word of the key. The state goes around the loop through the
// tables' addresses.
typedef unsigned word;
void aes(word *restrict state, const word *restrict key, int rounds,
         const word t0[restrict 256], const word t1[restrict 256],
         const word t2[restrict 256], const word t3[restrict 256]) {
  word a = state[0], b = state[1], c = state[2], d = state[3];
  for (int r = 0; r < rounds; ++r, key += 4) {
    word p = t0[a >> 24] ^ t1[b >> 16 & 255] ^ t2[c >> 8 & 255] ^ t3[d & 255];
    word q = t0[b >> 24] ^ t1[c >> 16 & 255] ^ t2[d >> 8 & 255] ^ t3[a & 255];
    word s = t0[c >> 24] ^ t1[d >> 16 & 255] ^ t2[a >> 8 & 255] ^ t3[b & 255];
    word t = t0[d >> 24] ^ t1[a >> 16 & 255] ^ t2[b >> 8 & 255] ^ t3[c & 255];
    a = p ^ key[0], b = q ^ key[1], c = s ^ key[2], d = t ^ key[3];
  }
  state[0] = a, state[1] = b, state[2] = c, state[3] = d;
}
