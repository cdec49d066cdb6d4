// The view that is folded by the interval: slots across, stages in colours.

/** [begin, length] of what `length` cycles from `start` cover of `period` slots. */
function foldedPieces(start, length, period) {
  const begin = start % period, all = Math.min(length, period);
  const first = Math.min(all, period - begin);
  return first < all ? [[begin, first], [0, all - first]] : [[begin, first]];
}

/** A legend of the stages in which operations start. */
function stagesLegend(scope) {
  if (!scope.ii) return [];
  const count = new Array(scope.stages).fill(0);
  for (const o of scope.operations) count[scope.stageOf(o.node)]++;
  const shown = count.slice(0, 24).map((n, stage) => [
    make("span", { class: "swatch", style: `background:${colours.numbered(stage)}` }),
    `stage ${stage}: ${n}`]);
  if (count.length > 24) shown.push([` and ${count.length - 24} more`]);
  return shown.flat();
}
