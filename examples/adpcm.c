// Sound in four bits a sample: the difference to what is expected, in steps
// that follow the sound. What an iteration expects depends on the one before.
void adpcm(const short *restrict in, signed char *restrict out, int size) {
  int expected = 0, step = 16;
  for (int i = 0; i < size; ++i) {
    int difference = in[i] - expected, code = 0;
    if (difference < 0) {
      code = 8;
      difference = -difference;
    }
    int part = step, change = step >> 3;
    for (int bit = 4; bit > 0; bit >>= 1, part >>= 1)
      if (difference >= part) {
        code |= bit;
        difference -= part;
        change += part;
      }
    expected += code & 8 ? -change : change;
    step += (code & 7) > 3 ? step >> 1 : -(step >> 3);
    if (step < 16)
      step = 16;
    if (step > 8192)
      step = 8192;
    out[i] = (signed char)code;
  }
}
