// A square root by Newton's iteration, until two steps agree: the end depends on
// what is computed.
float newton(float a, float tolerance) {
  float x = a, change;
  do {
    float next = 0.5f * (x + a / x);
    change = next - x;
    x = next;
  } while (change < -tolerance || change > tolerance);
  return x;
}
