// The scopes of the program as a tree, and what is said of them.

const COLUMNS = [["ops", "operations"], ["trips", "trips"], ["II", "ii"],
                 ["length", "length"], ["cycles", "cycles"]];

function cellOf(row, key) {
  if (key !== "cycles") return row[key] ?? "";
  if (row.cycles_known !== false) return row.cycles ?? "";
  return row.cycles === undefined ? "?" : `\u2265${row.cycles}`;
}

function treeTable(report, choose) {
  const body = make("tbody");
  for (const row of report.program.flatMap((part) => part.rows)) {
    const linked = Number.isInteger(row.scope);
    const go = () => linked && choose(row.scope);
    body.append(make("tr", {
      class: linked ? "link" : undefined, tabindex: linked ? 0 : undefined,
      "data-scope": linked ? row.scope : undefined, click: go,
      keydown: (e) => e.key === "Enter" && (e.stopPropagation(), go()) },
      make("td", { style: `padding-left:${4 + 12 * row.depth}px` }, row.name, " ",
           make("span", { class: "where" }, row.where || "")),
      ...COLUMNS.map(([, key]) => make("td", { class: "number" }, String(cellOf(row, key))))));
  }
  return make("table", {}, make("thead", {}, make("tr", {}, make("th", {}, "scope"),
    ...COLUMNS.map(([title]) => make("th", { class: "number" }, title)))), body);
}

function remarksOf(report) {
  const sections = report.program.flatMap((part) => part.sections);
  return sections.flatMap((section) => [
    make("h2", {}, section.title),
    ...section.remarks.flatMap((remark) => [
      make("p", {}, remark.text),
      ...(remark.more.length
        ? [make("ul", {}, ...remark.more.map((line) => make("li", {}, line)))] : [])])]);
}
