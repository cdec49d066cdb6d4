// Use of resources and live memory as steps over the cycles, and the overview.

const PROFILE = 38;

/** The step that counts at a cycle. */
function stepAt(steps, cycle) {
  let low = 0, high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle][0] <= cycle) low = middle + 1; else high = middle;
  }
  return low - 1;
}

/** The largest value in [begin, end). */
function mostIn(steps, begin, end) {
  let most = 0;
  for (let k = Math.max(0, stepAt(steps, begin)); k < steps.length; ++k) {
    if (steps[k][0] >= end) break;
    most = Math.max(most, steps[k][1]);
  }
  return most;
}

/** The same of a profile that repeats every `ii` cycles. */
function mostRepeated(steps, begin, end, ii) {
  if (!ii) return mostIn(steps, begin, end);
  if (end - begin >= ii) return mostIn(steps, 0, ii);
  const first = ((begin % ii) + ii) % ii, last = first + end - begin;
  return Math.max(mostIn(steps, first, Math.min(last, ii)),
                  last > ii ? mostIn(steps, 0, last - ii) : 0);
}

/** Resources that are used, and live memory. */
function profilesOf(scope) {
  const { resources, live, live_limit: limit, memory_model: model } = scope.data;
  return [
    ...resources.filter((r) => r.peak > 0).map((r) => ({
      name: r.name, steps: r.use, limit: r.limit, peak: r.peak })),
    { name: model ? "live buffers" : "live", steps: live, limit,
      peak: live.reduce((most, [, v]) => Math.max(most, v), 0) }];
}

class Profiles {
  constructor(holder, view) {
    Object.assign(this, { view, rows: [] });
    this.canvas = make("canvas");
    holder.append(this.canvas);
  }
  /** Rows that `beside` has, too, are as high there for the same value. */
  setScope(scope, beside = null) {
    this.scope = scope;
    this.rows = profilesOf(scope);
    const others = new Map((beside ? profilesOf(beside) : []).map((row) => [row.name, row]));
    for (const row of this.rows) {
      const other = others.get(row.name) || row;
      row.most = Math.max(1, row.peak, row.limit || 0, other.peak, other.limit || 0);
    }
  }
  draw() {
    if (!this.scope) return;
    const g = sized(this.canvas, this.view.width, this.rows.length * PROFILE + 4);
    this.rows.forEach((row, k) => this.drawRow(g, row, k * PROFILE));
  }
  drawRow(g, row, top) {
    const { view, scope } = this, top0 = top + 6, height = PROFILE - 10;
    const y = (value) => top0 + height - height * value / row.most;
    g.fillStyle = colours.get("text");
    g.fillText(fitted(row.name, NAMES - 8), 6, top0 + 6);
    g.fillStyle = colours.get("faint");
    g.fillText(`peak ${row.peak}${row.limit === undefined ? "" : ` of ${row.limit}`}`, 6, top0 + 20);
    g.fillStyle = colours.get("fill");
    for (let x = NAMES; x < view.width; ++x) {
      const begin = view.cycleAt(x), end = Math.min(view.cycles, view.cycleAt(x + 1));
      if (begin >= view.cycles) break;
      // A pixel within a cycle has that cycle's value.
      const value = mostRepeated(row.steps, begin, Math.max(end, begin + 1e-9), scope.ii);
      if (value > 0) g.fillRect(x, y(value), 1, top0 + height - y(value));
    }
    g.fillStyle = colours.get("line");
    g.fillRect(NAMES, top0 + height, view.width - NAMES, 1);
    if (row.limit === undefined) return;
    g.strokeStyle = colours.get("limit");
    g.setLineDash([4, 3]);
    g.lineWidth = 1;
    g.beginPath();
    g.moveTo(NAMES, y(row.limit));
    g.lineTo(view.width, y(row.limit));
    g.stroke();
    g.setLineDash([]);
  }
}

/** Where the operations are in the whole, and what is seen of it. */
class Overview {
  constructor(canvas, view) {
    Object.assign(this, { canvas, view });
    const go = (e) => {
      const seen = view.to - view.from;
      view.set((e.offsetX - NAMES) / (view.width - NAMES - 8) * view.cycles - seen / 2, view.scale);
    };
    canvas.addEventListener("pointerdown", (e) => { canvas.setPointerCapture(e.pointerId); go(e); });
    canvas.addEventListener("pointermove", (e) => e.buttons && go(e));
  }
  setScope(scope, folded) {
    this.starts = new Map();
    for (const o of scope.operations) {
      const cycle = folded ? o.start % scope.ii : o.start;
      this.starts.set(cycle, (this.starts.get(cycle) || 0) + 1);
    }
  }
  draw() {
    const { view } = this, height = 28, width = view.width - NAMES - 8;
    const g = sized(this.canvas, view.width, height);
    const columns = new Array(Math.max(1, Math.ceil(width / 2))).fill(0);
    for (const [cycle, n] of this.starts || [])
      columns[Math.min(columns.length - 1, Math.floor(cycle / view.cycles * columns.length))] += n;
    const most = columns.reduce((a, b) => Math.max(a, b), 1);
    g.fillStyle = colours.get("faint");
    g.fillText("starts", 6, height / 2);
    g.fillStyle = colours.get("fill");
    columns.forEach((n, k) => n && g.fillRect(NAMES + 2 * k, height - 3 - 20 * n / most, 2, 20 * n / most));
    g.strokeStyle = colours.get("accent");
    const x = NAMES + view.from / view.cycles * width;
    g.strokeRect(x + 0.5, 2.5, Math.max(4, Math.min(1, (view.to - view.from) / view.cycles) * width), height - 5);
  }
}
