// Viterbi: the least cost of being in each of 8 states after a row of symbols,
// as sums of costs.
enum { states = 8 };
void viterbi(const int step[restrict states][states],
             const int emit[restrict states][4],
             const unsigned char *restrict symbol, int size,
             int cost[restrict states]) {
  for (int t = 0; t < size; ++t) {
    int now[states];
    for (int s = 0; s < states; ++s) {
      int best = cost[0] + step[0][s];
      for (int r = 1; r < states; ++r) {
        int other = cost[r] + step[r][s];
        if (other < best)
          best = other;
      }
      now[s] = best + emit[s][symbol[t]];
    }
    for (int s = 0; s < states; ++s)
      cost[s] = now[s];
  }
}
