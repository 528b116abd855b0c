// Line, bar and area charts as SVG of a given width: the axes, the series, and where each category lies.

import { svg } from "./dom.js";
import { colour, dash, hatch, mark } from "./marks.js";
import { scaleOf, tickName } from "./scale.js";

const LETTER = 6.3; // pixels of a letter on the axes, about
const CHARACTER = 12; // those of a Chinese one
const CHINESE = /[\u2e80-\u9fff\uff00-\uffef]/g;
const MARKS = 120; // points up to which each has a mark

// Gives { frame, x(at), step, top, bottom } of the drawing.
export function plot(drawing, width, chartId) {
  const { categories, x_label: below, y_label: beside } = drawing.axis_config;
  const rows = rowsOf(drawing);
  const box = { top: beside ? 26 : 12, bottom: below ? 44 : 26, right: 12, height: width < 480 ? 230 : 270 };
  const inner = box.height - box.top - box.bottom;
  const scale = scaleOf(rows.flat(), drawing.type !== "line", box.top, inner);
  const left = 10 + LETTER * Math.max(...scale.ticks.map((tick) => tickName(tick).length));
  const step = (width - left - box.right) / categories.length;
  const x = (at) => left + step * (at + 0.5);
  const place = { x, step, left, width, scale, chartId, right: width - box.right };
  const shapes = drawing.type === "bar" ? bars(rows, place) : lines(rows, place, drawing.type === "area");
  const words = [
    ...names(categories, place, box.height - box.bottom + 18),
    ...(beside ? [svg("text", { x: 0, y: 12, class: "axis" }, beside)] : []),
    ...(below ? [svg("text", { x: (left + place.right) / 2, y: box.height - 6, "text-anchor": "middle", class: "axis" }, below)] : []),
  ];
  const size = { viewBox: `0 0 ${width} ${box.height}`, width, height: box.height, "aria-hidden": "true" };
  return { frame: svg("svg", size, ...grid(place), ...words, ...shapes), x, step, top: box.top, bottom: box.top + inner };
}

// The values of each series in the order of the categories.
export function rowsOf({ series, axis_config: axis }) {
  return series.map((each) => {
    const values = new Map(each.data.map((point) => [point.label, point.value]));
    return axis.categories.map((name) => values.get(name));
  });
}

function grid({ scale, left, right }) {
  return scale.ticks.flatMap((tick) => {
    const y = scale.y(tick);
    return [
      svg("line", { class: tick === 0 ? "zero" : "grid", x1: left, x2: right, y1: y, y2: y }),
      svg("text", { x: left - 8, y: y + 4, "text-anchor": "end" }, tickName(tick)),
    ];
  });
}

// As many names as have room, the last one always among them.
function names(categories, { x, step, width }, y) {
  const longest = Math.max(...categories.map(breadth)) + 10;
  const every = Math.ceil(longest / step);
  return categories.flatMap((name, at) => {
    if ((categories.length - 1 - at) % every) return [];
    const half = breadth(name) / 2;
    const middle = Math.min(Math.max(x(at), half), width - half);
    return [svg("text", { x: middle, y, "text-anchor": "middle" }, name)];
  });
}

function breadth(name) {
  const wide = name.match(CHINESE)?.length ?? 0;
  return wide * CHARACTER + (name.length - wide) * LETTER;
}

function lines(rows, { x, scale }, filled) {
  const marked = rows.flat().length <= MARKS;
  return rows.map((row, at) => {
    const points = row.map((value, column) => `${x(column)},${scale.y(value)}`).join(" ");
    const ground = `${x(0)},${scale.y(scale.base)} ${points} ${x(row.length - 1)},${scale.y(scale.base)}`;
    return svg(
      "g",
      {},
      ...(filled ? [svg("polygon", { class: `area ${colour(at)}`, points: ground })] : []),
      svg("polyline", { class: `line ${colour(at)}`, points, "stroke-dasharray": dash(at) }),
      ...(marked ? row.map((value, column) => mark(at, x(column), scale.y(value))) : []),
    );
  });
}

function bars(rows, { left, step, scale, chartId }) {
  const width = (step * 0.74) / rows.length;
  return rows.flatMap((row, at) => {
    const [fill, definition] = hatch(at, chartId);
    const bar = (value, column) => {
      const [zero, end] = [scale.y(0), scale.y(value)];
      const place = { x: left + step * (column + 0.13) + width * at, y: Math.min(zero, end) };
      const size = { width: Math.max(width - 1.5, 1), height: Math.max(Math.abs(zero - end), 0.5) };
      return svg("rect", { class: `bar ${colour(at)}`, ...place, ...size, rx: Math.min(2, width / 4), fill });
    };
    return [...(definition ? [definition] : []), ...row.map(bar)];
  });
}
