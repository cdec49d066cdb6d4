/* The state decides which one is the next: no value of it is handed on. */
int parse(const char *s) {
  int state = 0, n = 0;
  for (int i = 0; i < 32 && s[i]; i++) {
    switch (state) {
    case 0:
      if (s[i] >= '0' && s[i] <= '9') {
        state = 1;
        n = n * 10 + (s[i] - '0');
      } else if (s[i] == '-')
        state = 2;
      break;
    case 1:
      if (s[i] < '0' || s[i] > '9')
        state = 3;
      else
        n = n * 10 + (s[i] - '0');
      break;
    case 2:
      state = 1;
      break;
    default:
      return n;
    }
  }
  return n;
}
