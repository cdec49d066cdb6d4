// The shortest ways between all pairs of places: a comparison in the innermost
// of three loops.
enum { n = 24 };
void floyd_warshall(int way[n][n]) {
  for (int k = 0; k < n; ++k)
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) {
        int through = way[i][k] + way[k][j];
        if (through < way[i][j])
          way[i][j] = through;
      }
}
