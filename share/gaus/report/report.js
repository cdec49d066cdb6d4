// A JSON report (share/gaus/report/report.schema.json) as the page asks for it.

class Scope {
  constructor(data, index) {
    Object.assign(this, { data, index, name: data.scope, ii: data.ii || 0,
                          operations: data.operations, edges: data.edges || [] });
    this.end = this.operations.reduce(
      (most, o) => Math.max(most, this.endOf(o.node)), data.length || 1);
    this.path = this.ii ? [] : data.longest_path || [];
    if (this.ii && data.recurrence) this.path = data.recurrence.edges;
    else if (this.ii) this.path = data.longest_path || [];
  }
  startOf(node) { return this.operations[node].start; }
  durationOf(node) { return Math.max(1, this.operations[node].latency); }
  endOf(node) { return this.startOf(node) + this.durationOf(node); }
  /** Cycles in which it holds units; 0 without units. */
  heldBy(node) {
    const o = this.operations[node];
    return Object.keys(o.uses).length ? o.occupancy : 0;
  }
  stageOf(node) { return this.ii ? Math.floor(this.startOf(node) / this.ii) : 0; }
  get stages() {
    return this.ii
      ? this.operations.reduce((m, o) => Math.max(m, this.stageOf(o.node)), 0) + 1 : 1;
  }
  /** Cycles between the earliest and the actual start of an edge's target. */
  slackOf(edge) {
    return this.startOf(edge.to) + this.ii * (edge.distance || 0)
      - this.startOf(edge.from) - this.operations[edge.from].latency
      - (edge.lag || 0);
  }
  /** By node, its edges in and out. */
  get around() {
    if (!this.aroundMade) {
      this.aroundMade = this.operations.map(() => ({ in: [], out: [] }));
      for (const edge of this.edges) {
        this.aroundMade[edge.from].out.push(edge);
        this.aroundMade[edge.to].in.push(edge);
      }
    }
    return this.aroundMade;
  }
  /** Nodes by start. */
  get order() {
    return this.orderMade ??= this.operations.map((o) => o.node)
      .sort((a, b) => this.startOf(a) - this.startOf(b) || a - b);
  }
  /** Nodes on the recurrence that holds the interval, or on a longest path. */
  get critical() {
    if (!this.criticalMade) {
      this.criticalMade = new Set();
      for (const e of this.path) {
        this.criticalMade.add(this.edges[e].from);
        this.criticalMade.add(this.edges[e].to);
      }
    }
    return this.criticalMade;
  }
  colourOf(node) {
    if (this.ii) return colours.numbered(this.stageOf(node));
    const resource = Object.keys(this.operations[node].uses)[0];
    return colours.numbered(resource === undefined ? 0 : 1 + this.resources.indexOf(resource));
  }
  get resources() {
    return this.resourcesMade ??= this.data.resources.map((r) => r.name);
  }
  /** "length 9, II 2, cost 160, bound 160, gap 0.00%". */
  get facts() {
    const d = this.data, out = [counted(this.operations.length, "operation")];
    const put = (name, value) => value !== undefined && out.push(`${name} ${value}`);
    put("length", d.length);
    put("II", d.ii);
    if (d.ii_proof)
      out.push(d.ii_proof === "undecided" ? "a smaller II is undecided" : "proven smallest");
    if (d.ii) { put("RecMII", d.rec_mii); put("ResMII", d.res_mii); put("stages", this.stages); }
    put("cost", d.cost);
    put("bound", d.bound);
    if (d.cost > 0 && d.bound !== undefined)
      out.push(`gap ${(100 * (d.cost - d.bound) / d.cost).toFixed(2)}%`);
    put("peak memory", d.costs.Mem);
    put("communication", d.costs.Com);
    return out.join(", ");
  }
}

class Report {
  constructor(doc) {
    if (!doc || !Array.isArray(doc.scopes) || doc.scopes.some((s) => !s.operations))
      throw new Error("this is no JSON report of gaus-report");
    this.program = doc.program || [];
    this.sources = doc.sources || {};
    this.scopes = doc.scopes.map((s, k) => new Scope(s, k));
    /** By scope and node, the scope that is inside. */
    this.insides = new Map();
    for (const s of this.scopes)
      if (s.data.parent !== undefined)
        this.insides.set(`${s.data.parent}.${s.data.parent_node}`, s.index);
  }
  /** The scopes that have operations, in the order of the tree. */
  get order() {
    const rows = this.program.flatMap((part) => part.rows)
      .map((row) => row.scope).filter((k) => k !== undefined && k !== null);
    const all = [...new Set(rows)];
    for (const s of this.scopes) if (!all.includes(s.index)) all.push(s.index);
    return all;
  }
  /** The scope of another report that is most like `scope`. */
  like(scope) {
    const named = this.scopes.filter((s) => s.name === scope.name);
    return named.find((s) => s.operations.length === scope.operations.length)
      || named[0] || this.scopes[Math.min(scope.index, this.scopes.length - 1)];
  }
}
