"""Least distances over paths of edges."""

import collections
import heapq


class Reach:
    """From where to where edges (from, to, distance >= 0) lead."""

    def __init__(self, edges):
        self.out = collections.defaultdict(list)
        for a, b, distance in edges:
            self.out[a].append((b, distance))

    def nearest(self, source):
        """Least distance of a path, of at least one edge, to each node."""
        least, heap = {}, [(d, b) for b, d in self.out[source]]
        heapq.heapify(heap)
        while heap:
            distance, node = heapq.heappop(heap)
            if node in least:
                continue
            least[node] = distance
            for b, d in self.out[node]:
                if b not in least:
                    heapq.heappush(heap, (distance + d, b))
        return least
