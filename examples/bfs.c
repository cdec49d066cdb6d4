// A graph, its edges by node, level by level from the first node: a queue that
// grows while it is read.
void bfs(const int *restrict begin, const int *restrict target,
         int *restrict level, int *restrict queue) {
  int tail = 1;
  queue[0] = 0;
  level[0] = 0;
  for (int head = 0; head < tail; ++head) {
    int node = queue[head];
    for (int k = begin[node]; k < begin[node + 1]; ++k) {
      int next = target[k];
      if (level[next] < 0) {
        level[next] = level[node] + 1;
        queue[tail++] = next;
      }
    }
  }
}
