// Dijkstra on a table of distances: a search for the nearest place that is not
// done yet, then shorter ways through it.
enum { n = 24, far = 1 << 28 };
void dijkstra(const int way[restrict n][n], int distance[restrict n]) {
  unsigned char done[n] = {0};
  for (int i = 0; i < n; ++i)
    distance[i] = i == 0 ? 0 : far;
  for (int round = 0; round < n; ++round) {
    int nearest = -1, least = far;
    for (int i = 0; i < n; ++i)
      if (!done[i] && distance[i] < least) {
        least = distance[i];
        nearest = i;
      }
    if (nearest < 0)
      return;
    done[nearest] = 1;
    for (int i = 0; i < n; ++i)
      if (least + way[nearest][i] < distance[i])
        distance[i] = least + way[nearest][i];
  }
}
