// Needleman and Wunsch: the score of the best alignment of two rows of 32
// letters, by a table in which each entry needs three neighbours.
enum { n = 32 };
int nw(const char a[restrict n], const char b[restrict n],
       int score[restrict n + 1][n + 1]) {
  for (int i = 0; i <= n; ++i)
    score[i][0] = score[0][i] = -i;
  for (int i = 1; i <= n; ++i)
    for (int j = 1; j <= n; ++j) {
      int best = score[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 1 : -1);
      int up = score[i - 1][j] - 1, left = score[i][j - 1] - 1;
      if (up > best)
        best = up;
      if (left > best)
        best = left;
      score[i][j] = best;
    }
  return score[n][n];
}
