// A step of merge sort: two sorted halves into one array. Which one is read
// next depends on what was read.
void merge(const int *restrict from, int *restrict to, int half, int size) {
  int left = 0, right = half;
  for (int k = 0; k < size; ++k) {
    if (right >= size || (left < half && from[left] <= from[right]))
      to[k] = from[left++];
    else
      to[k] = from[right++];
  }
}
