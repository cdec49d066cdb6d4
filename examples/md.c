// Molecular dynamics: the force on each body by its neighbours, which a list
// names. Bodies are structs of floats.
enum { neighbours = 8 };
struct vector {
  float x, y, z;
};
void md(const struct vector *restrict at, const int (*restrict near)[neighbours],
        struct vector *restrict force, int bodies) {
  for (int i = 0; i < bodies; ++i) {
    struct vector sum = {0, 0, 0};
    for (int k = 0; k < neighbours; ++k) {
      struct vector other = at[near[i][k]];
      float x = at[i].x - other.x, y = at[i].y - other.y,
            z = at[i].z - other.z;
      float r2 = 1.0f / (x * x + y * y + z * z), r6 = r2 * r2 * r2;
      float pull = r2 * r6 * (1.5f * r6 - 2.0f);
      sum.x += x * pull;
      sum.y += y * pull;
      sum.z += z * pull;
    }
    force[i] = sum;
  }
}
