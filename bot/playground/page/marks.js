// How the series of a chart are told apart: by colour, and by dashes, marks and hatching for whoever sees none.

import { svg } from "./dom.js";

const DASHES = ["", "7 4", "1.5 4", "11 4 2 4"];
const SHAPES = [
  (x, y, r) => svg("circle", { cx: x, cy: y, r }),
  (x, y, r) => svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r }),
  (x, y, r) => svg("polygon", { points: `${x},${y - 1.3 * r} ${x + 1.2 * r},${y + r} ${x - 1.2 * r},${y + r}` }),
  (x, y, r) => svg("polygon", { points: `${x},${y - 1.4 * r} ${x + 1.4 * r},${y} ${x},${y + 1.4 * r} ${x - 1.4 * r},${y}` }),
];
const HATCHES = ["", "M0 6 6 0", "M0 3H6", "M3 0V6", "M0 0 6 6", "M0 6 6 0M0 0 6 6", "M0 3H6M3 0V6", "M3 2.9V3.1"];

export const colour = (at) => `series-${at % 12}`;

export const dash = (at) => DASHES[at % DASHES.length];

export function mark(at, x, y, radius = 2.6) {
  const node = SHAPES[at % SHAPES.length](x, y, radius);
  node.setAttribute("class", `mark ${colour(at)}`);
  return node;
}

// What fills the bars of one series: its colour, hatched where there are several. Gives [fill, definition].
export function hatch(at, chartId) {
  const lines = HATCHES[at % HATCHES.length];
  if (!lines) return ["var(--series)", null];
  const id = `${chartId}-hatch-${at}`;
  const frame = { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", class: colour(at) };
  const ground = svg("rect", { width: 6, height: 6, class: "hatch-ground" });
  return [`url(#${id})`, svg("pattern", frame, ground, svg("path", { d: lines, class: "hatch-lines" }))];
}

// The sample of a series in the legend.
export function sample(at, kind, fill) {
  const line = svg("line", { x1: 1, x2: 27, y1: 7, y2: 7, class: `line ${colour(at)}`, "stroke-dasharray": dash(at) });
  const box = svg("rect", { x: 1, y: 1, width: 12, height: 12, rx: 2.5, class: `bar ${colour(at)}`, fill });
  const isLine = kind === "line" || kind === "area";
  const size = { width: isLine ? 28 : 14, height: 14, class: "sample", "aria-hidden": "true" };
  return svg("svg", size, ...(isLine ? [line, mark(at, 14, 7, 3)] : [box]));
}
