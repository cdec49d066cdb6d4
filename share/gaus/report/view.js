// The cycles that are seen: one for all charts and profiles below each other.

const NAMES = 170; // pixels of the names at the left

class View {
  constructor() {
    this.from = 0;
    this.cycles = 1;
    this.scale = 1;
    this.width = 100;
    this.changed = () => {};
  }
  get least() { return Math.max(1e-6, (this.width - NAMES - 8) / this.cycles); }
  x(cycle) { return NAMES + (cycle - this.from) * this.scale; }
  cycleAt(x) { return this.from + (x - NAMES) / this.scale; }
  get to() { return this.cycleAt(this.width); }

  setCycles(cycles) { this.cycles = Math.max(1, cycles); this.fit(); }
  setWidth(width) {
    const whole = this.scale <= this.least * 1.001;
    this.width = width;
    if (whole) this.fit(); else this.set(this.from, this.scale);
  }
  fit() { this.set(0, this.least); }
  set(from, scale) {
    this.scale = Math.min(Math.max(scale, this.least), Math.max(200, this.least));
    const seen = (this.width - NAMES - 8) / this.scale;
    this.from = Math.max(0, Math.min(from, this.cycles - seen));
    this.changed();
  }
  zoom(factor, x = NAMES + (this.width - NAMES) / 2) {
    const cycle = this.cycleAt(x);
    const scale = Math.min(Math.max(this.scale * factor, this.least), Math.max(200, this.least));
    this.set(cycle - (x - NAMES) / scale, scale);
  }
  pan(pixels) { this.set(this.from + pixels / this.scale, this.scale); }
  /** So that these cycles are seen, with some around. */
  show(begin, end) {
    if (begin >= this.from && end <= this.to) return;
    const seen = this.to - this.from;
    this.set((begin + end) / 2 - seen / 2, this.scale);
  }
  /** Cycles between the numbers of an axis: 1, 2, 5, 10, ... */
  get step() {
    for (let step = 1; ; step *= 10)
      for (const k of [1, 2, 5])
        if (k * step * this.scale >= 44) return k * step;
  }
}
