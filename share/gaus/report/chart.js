// Operations as bars over the cycles. Only what is seen is drawn.

const ROW = 18, AXIS = 22;

class Chart {
  constructor(holder, view, app) {
    Object.assign(this, { holder, view, app, scope: null, chosen: -1,
                          found: new Set(), drawn: 0 });
    this.canvas = make("canvas");
    this.space = make("div", { class: "space" });
    holder.append(this.canvas, this.space);
    holder.addEventListener("scroll", () => app.redraw());
    this.listen();
  }

  setScope(scope, kind, folded) {
    this.scope = scope;
    this.folded = folded && scope.ii > 0;
    this.lanes = lanesOf(scope, kind, this.folded);
    this.rowOf = new Map();
    this.lanes.nodes.forEach((nodes, row) =>
      nodes.forEach((node) => this.rowOf.has(node) || this.rowOf.set(node, row)));
    this.longest = scope.operations.reduce((most, o) =>
      Math.max(most, scope.durationOf(o.node), scope.heldBy(o.node)), 1);
  }

  /** The bars of a node: [begin, cycles]. */
  piecesOf(node, cycles) {
    const start = this.scope.startOf(node);
    return this.folded ? foldedPieces(start, cycles, this.scope.ii) : [[start, cycles]];
  }

  get height() { return Math.max(40, this.holder.clientHeight); }
  y(row) { return AXIS + row * ROW - this.holder.scrollTop; }

  draw() {
    if (!this.scope) return;
    const rows = this.lanes.nodes.length, height = this.height;
    this.space.style.height = Math.max(0, AXIS + rows * ROW - height) + "px";
    const g = sized(this.canvas, this.view.width, height);
    this.drawn = 0;
    this.grid(g, height);
    const first = Math.max(0, Math.floor((this.holder.scrollTop - AXIS) / ROW));
    const last = Math.min(rows, Math.ceil((this.holder.scrollTop + height) / ROW));
    g.save();
    g.beginPath();
    g.rect(NAMES, AXIS, this.view.width - NAMES, height - AXIS);
    g.clip();
    for (let row = first; row < last; ++row) this.drawRow(g, row);
    this.drawEdges(g);
    g.restore();
    this.names(g, first, last, height);
    this.axis(g);
  }

  grid(g, height) {
    const { view, scope } = this;
    g.fillStyle = colours.get("panel");
    if (scope.ii && !this.folded && scope.ii * view.scale > 6)
      for (let k = Math.floor(view.from / scope.ii); k * scope.ii < view.to; ++k)
        if (k % 2) g.fillRect(view.x(k * scope.ii), AXIS, scope.ii * view.scale, height);
    g.fillStyle = colours.get("line");
    for (let c = Math.ceil(view.from / view.step) * view.step; c <= view.to; c += view.step)
      g.fillRect(Math.round(view.x(c)), AXIS, 1, height);
  }

  axis(g) {
    const { view } = this;
    g.fillStyle = colours.get("back");
    g.fillRect(0, 0, view.width, AXIS);
    g.fillStyle = colours.get("faint");
    g.fillText(this.folded ? "slot" : "cycle", 6, AXIS / 2);
    for (let c = Math.ceil(view.from / view.step) * view.step; c <= view.to; c += view.step)
      g.fillText(String(c), Math.round(view.x(c)) + 2, AXIS / 2);
  }

  names(g, first, last, height) {
    g.fillStyle = colours.get("back");
    g.fillRect(0, AXIS, NAMES, height);
    for (let row = first; row < last; ++row) {
      const mine = this.lanes.nodes[row].includes(this.chosen);
      g.fillStyle = colours.get(mine ? "accent" : "text");
      g.fillText(fitted(this.lanes.names[row], NAMES - 8), 6, this.y(row) + ROW / 2);
    }
  }

  drawRow(g, row) {
    const nodes = this.lanes.nodes[row], { view, scope } = this;
    let from = 0;
    if (!this.folded && nodes.length > 32) {
      // The first one that may still be seen.
      let high = nodes.length;
      const least = view.from - this.longest;
      while (from < high) {
        const middle = (from + high) >> 1;
        if (scope.startOf(nodes[middle]) < least) from = middle + 1; else high = middle;
      }
    }
    let pixel = -2;
    for (let k = from; k < nodes.length; ++k) {
      const node = nodes[k];
      if (!this.folded && scope.startOf(node) > view.to) break;
      const right = Math.round(view.x(scope.endOf(node)));
      const plain = node !== this.chosen && !this.found.has(node);
      // What is no wider than the pixel before is seen as it.
      if (!this.folded && plain && right <= pixel) continue;
      pixel = right;
      this.drawBar(g, node, this.y(row));
    }
  }

  drawBar(g, node, y) {
    const { view, scope } = this, o = scope.operations[node];
    ++this.drawn;
    g.globalAlpha = o.latency === 0 ? 0.55 : 1;
    g.fillStyle = scope.colourOf(node);
    const held = scope.heldBy(node);
    for (const [begin, cycles] of this.piecesOf(node, scope.durationOf(node))) {
      const x = view.x(begin), width = Math.max(1.5, cycles * view.scale - 1);
      g.fillRect(x, y + 2, width, ROW - 6);
      this.mark(g, node, x, y + 1, width);
      if (width > 30) {
        g.globalAlpha = 1;
        g.fillStyle = "#fff";
        g.fillText(fitted(o.name, width - 6), x + 3, y + ROW / 2 - 1);
        g.fillStyle = scope.colourOf(node);
      }
    }
    g.globalAlpha = 1;
    // The units are held for as long as the line below.
    for (const [begin, cycles] of held ? this.piecesOf(node, held) : [])
      g.fillRect(view.x(begin), y + ROW - 4, Math.max(1.5, cycles * view.scale - 1), 3);
  }

  mark(g, node, x, y, width) {
    const colour = node === this.chosen ? "text" : this.found.has(node) ? "found"
      : this.app.showsCritical && this.scope.critical.has(node) ? "mark" : "";
    if (!colour) return;
    g.strokeStyle = colours.get(colour);
    g.lineWidth = 2;
    g.strokeRect(x, y, width, ROW - 4);
  }

  drawEdges(g) {
    const { scope } = this;
    if (this.app.showsCritical)
      for (const e of scope.path) this.drawEdge(g, scope.edges[e], "mark");
    if (this.chosen < 0) return;
    const { in: ins, out: outs } = scope.around[this.chosen];
    for (const edge of ins) this.drawEdge(g, edge, "edge-in");
    for (const edge of outs) this.drawEdge(g, edge, "edge-out");
  }

  drawEdge(g, edge, colour) {
    const { view, scope } = this;
    const at = (cycle) => view.x(this.folded ? cycle % scope.ii : cycle);
    const x0 = at(scope.startOf(edge.from)) + scope.durationOf(edge.from) * view.scale;
    const x1 = at(scope.startOf(edge.to));
    const y0 = this.y(this.rowOf.get(edge.from)) + ROW / 2;
    const y1 = this.y(this.rowOf.get(edge.to)) + ROW / 2;
    g.strokeStyle = g.fillStyle = colours.get(colour);
    g.lineWidth = 1.3;
    g.setLineDash(edge.kind ? [2, 3] : edge.distance ? [6, 3] : []);
    g.beginPath();
    g.moveTo(x0, y0);
    g.bezierCurveTo(x0 + 18, y0, x1 - 18, y1, x1, y1);
    g.stroke();
    g.setLineDash([]);
    g.beginPath();
    g.moveTo(x1, y1);
    g.lineTo(x1 - 6, y1 - 3);
    g.lineTo(x1 - 6, y1 + 3);
    g.fill();
    if (edge.distance)
      g.fillText(`[${edge.distance}]`, (x0 + x1) / 2, (y0 + y1) / 2 - 6);
  }

  /** The node at a place of the canvas, or -1. */
  nodeAt(x, y) {
    if (!this.scope || x < 0 || y < AXIS) return -1;
    const nodes = this.lanes.nodes[Math.floor((y - AXIS + this.holder.scrollTop) / ROW)] || [];
    if (x < NAMES) return nodes.length === 1 ? nodes[0] : -1;
    const cycle = this.view.cycleAt(x), slop = 2 / this.view.scale;
    let best = -1;
    for (const node of nodes)
      for (const [begin, cycles] of this.piecesOf(node, this.scope.durationOf(node)))
        if (cycle >= begin - slop && cycle < begin + cycles + slop) best = node;
    return best;
  }

  /** Scrolls to it. */
  reveal(node) {
    const top = this.rowOf.get(node) * ROW, { holder } = this;
    if (top < holder.scrollTop || top + ROW + AXIS > holder.scrollTop + this.height)
      holder.scrollTop = Math.max(0, top - this.height / 2);
    if (!this.folded) this.view.show(this.scope.startOf(node), this.scope.endOf(node));
  }

  listen() {
    const { canvas, view, app } = this;
    let drag = null;
    canvas.addEventListener("pointerdown", (e) => {
      drag = { x: e.clientX, y: e.clientY, moved: false };
      canvas.setPointerCapture(e.pointerId);
    });
    canvas.addEventListener("pointermove", (e) => {
      if (!drag) {
        app.tip(this, this.nodeAt(e.offsetX, e.offsetY), e.clientX, e.clientY);
        return;
      }
      if (Math.abs(e.clientX - drag.x) + Math.abs(e.clientY - drag.y) < 4 && !drag.moved) return;
      drag.moved = true;
      view.pan(drag.x - e.clientX);
      this.holder.scrollTop += drag.y - e.clientY;
      drag.x = e.clientX;
      drag.y = e.clientY;
    });
    canvas.addEventListener("pointerup", (e) => {
      if (drag && !drag.moved) app.choose(this, this.nodeAt(e.offsetX, e.offsetY));
      drag = null;
    });
    canvas.addEventListener("dblclick", () => app.enter());
    canvas.addEventListener("pointerleave", () => app.tip(this, -1));
    canvas.addEventListener("wheel", (e) => {
      if (e.ctrlKey) view.zoom(Math.exp(-e.deltaY / 300), e.offsetX);
      else if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY))
        view.pan(e.deltaX || e.deltaY);
      else return;
      e.preventDefault();
    }, { passive: false });
  }
}
