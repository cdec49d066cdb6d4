// CRC-32 bit by bit: a shift, and where the bit that falls out differs from the
// data's, the polynomial.
unsigned crc(const unsigned char *bytes, int size) {
  unsigned sum = ~0u;
  for (int i = 0; i < size; ++i)
    for (int bit = 0; bit < 8; ++bit) {
      unsigned differs = (sum ^ bytes[i] >> bit) & 1;
      sum >>= 1;
      if (differs)
        sum ^= 0xedb88320u;
    }
  return ~sum;
}
