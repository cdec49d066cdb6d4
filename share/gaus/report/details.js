// What is known of one operation.

function factRows(scope, node, report) {
  const o = scope.operations[node], rows = [];
  const put = (name, value) => rows.push(make("tr", {}, make("th", {}, name), make("td", {}, value)));
  put("node", String(node));
  put("cycles", `${o.start} to ${o.start + o.latency} (latency ${o.latency})`);
  if (scope.ii) put("stage, slot", `${scope.stageOf(node)}, ${o.start % scope.ii}`);
  const uses = Object.entries(o.uses).map(([name, units]) => units === 1 ? name : `${name}: ${units}`);
  if (uses.length) put("uses", `${uses.join(", ")} for ${counted(o.occupancy, "cycle")}`);
  if (o.units) put("bound to", o.units.join(", "));
  put("width", String(o.width));
  if (o.file) put("source", `${o.file}:${o.line}`);
  if (scope.critical.has(node))
    put("critical", scope.data.recurrence && scope.ii ? "on a recurrence that asks for RecMII" : "on a longest path");
  if (report.insides.has(`${scope.index}.${node}`))
    put("inside", report.scopes[report.insides.get(`${scope.index}.${node}`)].name);
  return rows;
}

function edgeTable(title, scope, edges, end, choose) {
  if (!edges.length) return [];
  const most = 200;
  const rows = edges.slice(0, most).map((edge) => make("tr", {
    class: "link", tabindex: 0, click: () => choose(edge[end]),
    keydown: (e) => e.key === "Enter" && (e.stopPropagation(), choose(edge[end])) },
    make("td", {}, scope.operations[edge[end]].name,
         edge.kind ? make("span", { class: "faint" }, ` ${edge.kind}`) : ""),
    make("td", { class: "number" }, edge.distance ? `[${edge.distance}]` : ""),
    make("td", { class: "number" }, edge.lag ? String(edge.lag) : ""),
    make("td", { class: "number" }, String(scope.slackOf(edge)))));
  if (edges.length > most)
    rows.push(make("tr", {}, make("td", {}, `and ${edges.length - most} more`)));
  return [make("h2", {}, title), make("table", { class: "edges" }, make("thead", {},
    make("tr", {}, make("th", {}, "operation"), ...["distance", "lag", "slack"].map(
      (t) => make("th", { class: "number" }, t)))), make("tbody", {}, ...rows))];
}

/** The lines around one, which is marked. */
function sourceText(report, file, line) {
  const text = report.sources[file];
  if (text === undefined) return [];
  const first = Math.max(1, line - 5), pre = make("pre", { class: "source" });
  const lines = text.split("\n").slice(first - 1, line + 5);
  const indent = Math.min(...lines.filter((l) => l.trim()).map((l) => l.search(/\S/)));
  lines.forEach((content, k) => {
    const row = `${String(first + k).padStart(4)}  ${content.slice(indent)}\n`;
    pre.append(first + k === line ? make("b", {}, row) : row);
  });
  return [make("h2", {}, file), pre];
}

function detailsOf(scope, node, report, choose) {
  if (node < 0)
    return [make("p", { class: "faint" }, "Click an operation. ? lists the keys.")];
  const o = scope.operations[node], { in: ins, out: outs } = scope.around[node];
  return [make("h2", {}, o.name),
    make("table", { class: "facts" }, make("tbody", {}, ...factRows(scope, node, report))),
    ...sourceText(report, o.file, o.line),
    ...edgeTable("needs", scope, ins, "from", choose),
    ...edgeTable("is needed by", scope, outs, "to", choose)];
}
