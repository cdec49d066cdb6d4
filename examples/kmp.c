// Knuth, Morris and Pratt: how often a pattern of four bytes is in a text. The
// inner loop falls back in the pattern while the bytes differ.
enum { length = 4 };
int kmp(const char pattern[restrict length], const char *restrict text,
        int size) {
  int next[length] = {0};
  for (int i = 1, k = 0; i < length; ++i) {
    while (k > 0 && pattern[k] != pattern[i])
      k = next[k - 1];
    if (pattern[k] == pattern[i])
      ++k;
    next[i] = k;
  }
  int found = 0;
  for (int i = 0, k = 0; i < size; ++i) {
    while (k > 0 && pattern[k] != text[i])
      k = next[k - 1];
    if (pattern[k] == text[i])
      ++k;
    if (k == length) {
      ++found;
      k = next[k - 1];
    }
  }
  return found;
}
