// The page's state, and what changes it.

class App {
  constructor(report) {
    this.report = report;
    this.showsCritical = false;
    this.view = new View();
    this.overview = new Overview(byId("overview"), this.view);
    this.chart = new Chart(byId("chart"), this.view, this);
    this.profiles = new Profiles(byId("profiles"), this.view);
    this.second = new Chart(byId("second-chart"), this.view, this);
    this.secondProfiles = new Profiles(byId("second-profiles"), this.view);
    this.view.changed = () => this.redraw();
    byId("tree").append(treeTable(report, (k) => this.setScope(k)));
    byId("remarks").append(...remarksOf(report));
    this.listen();
    this.resize();
  }

  get scope() { return this.chart.scope; }
  get kind() { return byId("lanes").value; }
  get folded() { return byId("fold").checked; }

  //--- What is shown --------------------------------------------------------

  setScope(index, node = -1) {
    const scope = this.report.scopes[index];
    if (!scope) return;
    this.chart.scope = scope;
    this.chart.chosen = -1;
    byId("facts").replaceChildren(make("b", {}, scope.name), ": " + scope.facts);
    byId("fold").disabled = !scope.ii;
    for (const row of byId("tree").querySelectorAll("tr[data-scope]"))
      row.classList.toggle("chosen", Number(row.dataset.scope) === index);
    if (this.other) this.second.scope = this.other.like(scope);
    this.layOut();
    this.find();
    this.choose(this.chart, node);
  }

  /** After what changes the rows. */
  layOut() {
    const { scope } = this;
    if (!scope) return;
    this.chart.setScope(scope, this.kind, this.folded);
    byId("stages").replaceChildren(...stagesLegend(scope));
    this.profiles.setScope(scope, this.second.scope);
    this.overview.setScope(scope, this.chart.folded);
    if (this.other) {
      this.second.setScope(this.second.scope, this.kind, this.folded);
      this.secondProfiles.setScope(this.second.scope, scope);
      this.second.chosen = -1;
      byId("second-scope").value = String(this.second.scope.index);
      byId("second-facts").value = this.second.scope.facts + difference(scope, this.second.scope);
    }
    const spans = [this.chart, ...(this.other ? [this.second] : [])]
      .map((c) => c.folded ? c.scope.ii : c.scope.end);
    this.view.setCycles(Math.max(...spans));
    this.redraw();
  }

  redraw() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }
  draw() {
    this.overview.draw();
    this.chart.draw();
    this.profiles.draw();
    if (this.other) {
      this.second.draw();
      this.secondProfiles.draw();
    }
    if (!this.first) this.first = performance.now();
  }
  resize() {
    const width = Math.max(NAMES + 60, byId("chart").clientWidth);
    if (width === this.view.width) this.redraw();
    else this.view.setWidth(width);
  }

  choose(chart, node) {
    chart.chosen = node;
    const report = chart === this.second ? this.other : this.report;
    byId("details").replaceChildren(...detailsOf(chart.scope, node, report, (n) => {
      this.choose(chart, n);
      chart.reveal(n);
    }));
    if (chart === this.chart)
      history.replaceState(null, "", `#s${chart.scope.index}` + (node < 0 ? "" : `n${node}`));
    this.redraw();
  }
  tip(chart, node, x, y) {
    const tip = byId("tip");
    tip.hidden = node < 0;
    if (node < 0) return;
    const o = chart.scope.operations[node];
    tip.textContent = `${o.name}: cycle ${o.start}, latency ${o.latency}` +
      (o.file ? `, ${o.file}:${o.line}` : "");
    tip.style.left = Math.min(x + 12, window.innerWidth - 200) + "px";
    tip.style.top = y + 14 + "px";
  }

  //--- Where to -------------------------------------------------------------

  enter() {
    const inside = this.report.insides.get(`${this.scope.index}.${this.chart.chosen}`);
    if (inside !== undefined) this.setScope(inside);
  }
  leave() {
    const { parent, parent_node: node } = this.scope.data;
    if (parent !== undefined) this.setScope(parent, node);
  }
  nextScope(by) {
    const all = this.report.order, k = all.indexOf(this.scope.index) + by;
    this.setScope(all[(k + all.length) % all.length]);
  }
  /** To the operation before or after by start. */
  nextStart(by) {
    const { order } = this.scope, at = order.indexOf(this.chart.chosen);
    this.go(order[at < 0 ? 0 : Math.max(0, Math.min(order.length - 1, at + by))]);
  }
  /** To a neighbouring lane: what starts nearest. */
  nextLane(by) {
    const { lanes, rowOf, chosen } = this.chart;
    if (chosen < 0) return this.nextStart(0);
    const nodes = lanes.nodes[rowOf.get(chosen) + by];
    if (!nodes) return undefined;
    const near = (n) => Math.abs(this.scope.startOf(n) - this.scope.startOf(chosen));
    return this.go(nodes.reduce((a, b) => near(b) < near(a) ? b : a));
  }
  go(node) {
    if (node === undefined) return;
    this.choose(this.chart, node);
    this.chart.reveal(node);
  }

  find() {
    const text = byId("search").value.trim().toLowerCase();
    const matches = (o) => o.name.toLowerCase().includes(text) ||
      `${o.file}:${o.line}`.toLowerCase().includes(text) || String(o.node) === text ||
      [...Object.keys(o.uses), ...(o.units || [])].some((r) => r.toLowerCase() === text);
    const found = text ? this.scope.order.filter((i) => matches(this.scope.operations[i])) : [];
    this.chart.found = new Set(found);
    byId("found").value = text ? `${found.length} found` : "";
    this.redraw();
  }
  nextFound() {
    const found = this.scope.order.filter((i) => this.chart.found.has(i));
    if (found.length) this.go(found[(found.indexOf(this.chart.chosen) + 1) % found.length]);
  }

  //--- A second report ------------------------------------------------------

  compare(text) {
    try {
      this.other = new Report(JSON.parse(text));
    } catch (error) {
      byId("found").value = error.message;
      return;
    }
    byId("second-scope").replaceChildren(...this.other.scopes.map(
      (s) => make("option", { value: s.index }, s.name)));
    byId("second").hidden = false;
    this.second.scope = this.other.like(this.scope);
    this.layOut();
    this.resize();
  }
  closeSecond() {
    this.other = this.second.scope = null;
    byId("second").hidden = true;
    byId("other").value = "";
    this.layOut();
  }
  async read(file) { if (file) this.compare(await file.text()); }

  //--- Listening ------------------------------------------------------------

  listen() {
    const on = (id, event, what) => byId(id).addEventListener(event, what);
    on("search", "input", () => this.find());
    on("search", "keydown", (e) => e.key === "Enter" && this.nextFound());
    on("lanes", "change", () => this.layOut());
    on("fold", "change", () => this.layOut());
    on("critical", "change", () => this.setCritical(byId("critical").checked));
    on("in", "click", () => this.view.zoom(1.5));
    on("out", "click", () => this.view.zoom(1 / 1.5));
    on("fit", "click", () => this.view.fit());
    on("keys", "click", () => byId("help").showModal());
    on("help-close", "click", () => byId("help").close());
    on("other", "change", (e) => this.read(e.target.files[0]));
    on("second-close", "click", () => this.closeSecond());
    on("second-scope", "change", (e) => {
      this.second.scope = this.other.scopes[Number(e.target.value)];
      this.layOut();
    });
    document.addEventListener("dragover", (e) => {
      e.preventDefault();
      document.body.classList.add("drop");
    });
    document.addEventListener("dragleave", () => document.body.classList.remove("drop"));
    document.addEventListener("drop", (e) => {
      e.preventDefault();
      document.body.classList.remove("drop");
      this.read(e.dataTransfer.files[0]);
    });
    document.addEventListener("keydown", (e) => this.key(e));
    // Also as what is above and below takes its room.
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(byId("chart"));
    observer.observe(byId("second-chart"));
    window.addEventListener("beforeprint", () => { this.view.fit(); this.draw(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      colours.forget();
      this.layOut();
    });
  }
  setCritical(on) {
    this.showsCritical = byId("critical").checked = on;
    this.redraw();
  }
  key(e) {
    if (e.key === "Escape") { document.activeElement.blur(); this.choose(this.chart, -1); return; }
    if (/^(INPUT|SELECT)$/.test(e.target.tagName) && e.target.type !== "checkbox") return;
    if (e.target.tagName === "BUTTON" && e.key === "Enter") return;
    if (e.ctrlKey || e.metaKey || e.altKey || byId("help").open) return;
    const does = {
      ArrowLeft: () => this.nextStart(-1), ArrowRight: () => this.nextStart(1),
      ArrowUp: () => this.nextLane(-1), ArrowDown: () => this.nextLane(1),
      Enter: () => this.enter(), Backspace: () => this.leave(),
      n: () => this.nextScope(1), p: () => this.nextScope(-1),
      "+": () => this.view.zoom(1.5), "=": () => this.view.zoom(1.5),
      "-": () => this.view.zoom(1 / 1.5), 0: () => this.view.fit(),
      a: () => this.view.pan(-200), d: () => this.view.pan(200),
      "/": () => byId("search").focus(), "?": () => byId("help").showModal(),
      l: () => { byId("lanes").selectedIndex = (byId("lanes").selectedIndex + 1) % 3; this.layOut(); },
      f: () => { if (this.scope.ii) { byId("fold").checked = !this.folded; this.layOut(); } },
      c: () => this.setCritical(!this.showsCritical),
    }[e.key];
    if (!does) return;
    e.preventDefault();
    does();
  }
}

/** " (length -3, II +1)" */
function difference(first, second) {
  const out = [];
  for (const [name, key] of [["length", "length"], ["II", "ii"], ["cost", "cost"]]) {
    const by = second.data[key] - first.data[key];
    if (by) out.push(`${name} ${by > 0 ? "+" : ""}${by}`);
  }
  return out.length ? ` (${out.join(", ")})` : "";
}

const app = window.gausReport = new App(new Report(JSON.parse(byId("data").textContent)));
const asked = /^#s(\d+)(?:n(\d+))?$/.exec(location.hash);
// Else the scope with the most operations.
const largest = app.report.scopes.reduce(
  (best, s) => !best || s.operations.length > best.operations.length ? s : best, null);
if (asked && app.report.scopes[asked[1]])
  app.setScope(Number(asked[1]), asked[2] === undefined ? -1 : Number(asked[2]));
else if (largest) app.setScope(largest.index);
