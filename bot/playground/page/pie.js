// A pie chart as SVG of a given width: its slices, and beside each that is not too thin its name and share.

import { svg } from "./dom.js";
import { colour } from "./marks.js";

const THIN = 0.04;

export const shares = (segments) => {
  const sum = segments.reduce((all, each) => all + each.value, 0);
  return segments.map((each) => each.value / sum);
};

export const percent = (share) => `${(100 * share).toFixed(1)} %`;

export function pie({ segments }, width) {
  const height = Math.min(280, width * 0.7);
  const radius = height / 2 - 34;
  const [x, y] = [width / 2, height / 2];
  let turned = 0;
  const parts = shares(segments).flatMap((share, at) => {
    const middle = (turned + share / 2) * 2 * Math.PI;
    const slice = svg("path", { class: `slice ${colour(at)}`, d: sliceOf(x, y, radius, turned, share) });
    turned += share;
    if (share < THIN) return [slice];
    const [side, level] = [Math.sin(middle), -Math.cos(middle)];
    const anchor = Math.abs(side) < 0.25 ? "middle" : side > 0 ? "start" : "end";
    const place = { x: x + side * (radius + 10), y: y + level * (radius + 14) + 4, "text-anchor": anchor };
    return [slice, svg("text", place, `${segments[at].label} ${percent(share)}`)];
  });
  return { frame: svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" }, ...parts) };
}

function sliceOf(x, y, radius, from, share) {
  const at = (part) => `${x + radius * Math.sin(2 * Math.PI * part)} ${y - radius * Math.cos(2 * Math.PI * part)}`;
  // A whole circle has no two ends to draw between.
  const to = from + Math.min(share, 0.99999);
  return `M${x} ${y}L${at(from)}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${at(to)}Z`;
}
