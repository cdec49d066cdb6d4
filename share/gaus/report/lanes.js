// Which row each operation is drawn in.

/** Rows for bars that follow each other, each in the first that is free.
    With a period, bars of one row do not overlap modulo it either. */
function packed(scope, nodes, period) {
  if (period) return packedFolded(scope, nodes, period);
  const free = [];
  return nodes.map((node) => {
    const begin = scope.startOf(node);
    const end = begin + Math.max(scope.durationOf(node), scope.heldBy(node));
    let row = free.findIndex((cycle) => cycle <= begin);
    if (row < 0) row = free.length;
    free[row] = end;
    return row;
  });
}

function packedFolded(scope, nodes, period) {
  const rows = [];
  const meet = ([a, m], [b, n]) => a < b + n && b < a + m;
  return nodes.map((node) => {
    const pieces = foldedPieces(scope.startOf(node),
                                Math.max(scope.durationOf(node), scope.heldBy(node)), period);
    let row = rows.findIndex((taken) => !taken.some((t) => pieces.some((p) => meet(t, p))));
    if (row < 0) row = rows.push([]) - 1;
    rows[row].push(...pieces);
    return row;
  });
}

/** {names, nodes}: by row, its title and its nodes by start. */
function lanesOf(scope, kind, folded) {
  if (kind === "operation")
    return { names: scope.order.map((i) => scope.operations[i].name),
             nodes: scope.order.map((i) => [i]) };
  const groups = new Map();
  const put = (name, node) => {
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(node);
  };
  for (const node of scope.order) {
    const { uses, units } = scope.operations[node];
    const resources = Object.keys(uses);
    if (kind === "unit" && units) units.forEach((unit) => put(unit, node));
    else put(resources.length ? resources[0] : "no resource", node);
  }
  const lanes = { names: [], nodes: [] };
  const names = [...groups.keys()].sort((a, b) =>
    (a === "no resource") - (b === "no resource") || a.localeCompare(b, "en", { numeric: true }));
  for (const name of names) {
    const nodes = groups.get(name), first = lanes.nodes.length;
    packed(scope, nodes, folded ? scope.ii : 0).forEach((row, k) => {
      while (lanes.nodes.length <= first + row) {
        lanes.names.push(lanes.nodes.length === first ? name : "");
        lanes.nodes.push([]);
      }
      lanes.nodes[first + row].push(nodes[k]);
    });
  }
  return lanes;
}
