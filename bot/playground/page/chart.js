// The data_visualization block as SVG: line, bar, area and pie, with a legend and the numbers as a table.

import { el } from "./dom.js";

const WIDTH = 640;
const HEIGHT = 260;
const EDGE = { left: 64, right: 12, top: 12, bottom: 30 };
const INNER = { width: WIDTH - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };

function svg(tag, properties, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function chart(block) {
  const drawn = block.chart.type === "pie" ? pie(block.chart) : plot(block.chart);
  const frame = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": block.title }, ...drawn);
  const names = block.chart.segments?.map((each) => each.label) ?? block.chart.series.map((each) => each.name);
  const legend = names.map((name, at) => el("li", { class: `colour-${at % 6}` }, name));
  return el("figure", { class: "chart" }, el("figcaption", {}, block.title), frame, el("ul", { class: "legend" }, ...legend), numbers(block.chart));
}

function plot(drawing) {
  const { categories } = drawing.axis_config;
  const rows = drawing.series.map((each) => categories.map((name) => each.data.find((point) => point.label === name).value));
  const scale = scaleOf(rows.flat());
  const step = INNER.width / categories.length;
  const x = (at) => EDGE.left + step * (at + 0.5);
  const shapes = drawing.type === "bar" ? bars(rows, scale, step) : rows.map((row, at) => line(row, at, x, scale, drawing.type === "area"));
  return [...grid(scale), ...labels(categories, x), ...shapes];
}

// Round steps that take in zero and every value.
function scaleOf(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const [bottom, top] = [Math.floor(low / step) * step, Math.ceil(high / step) * step || step];
  const ticks = Array.from({ length: Math.round((top - bottom) / step) + 1 }, (_, at) => bottom + at * step);
  return { ticks, y: (value) => EDGE.top + INNER.height * (1 - (value - bottom) / (top - bottom)) };
}

function grid({ ticks, y }) {
  return ticks.flatMap((tick) => [
    svg("line", { class: tick === 0 ? "zero" : "grid", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(tick), y2: y(tick) }),
    svg("text", { x: EDGE.left - 8, y: y(tick) + 4, "text-anchor": "end" }, shortly(tick)),
  ]);
}

function labels(categories, x) {
  const every = Math.ceil(categories.length / 8);
  return categories.flatMap((name, at) =>
    at % every ? [] : [svg("text", { x: x(at), y: HEIGHT - 10, "text-anchor": "middle" }, name)],
  );
}

function line(row, at, x, { y }, filled) {
  const points = row.map((value, column) => `${x(column)},${y(value)}`).join(" ");
  const stroke = svg("polyline", { class: `line colour-${at % 6}`, points });
  if (!filled) return stroke;
  const area = `${x(0)},${y(0)} ${points} ${x(row.length - 1)},${y(0)}`;
  return svg("g", {}, svg("polygon", { class: `area colour-${at % 6}`, points: area }), stroke);
}

function bars(rows, { y }, step) {
  const width = (step * 0.72) / rows.length;
  return rows.flatMap((row, at) =>
    row.map((value, column) => {
      const left = EDGE.left + step * column + step * 0.14 + width * at;
      const [top, height] = [Math.min(y(0), y(value)), Math.abs(y(0) - y(value))];
      return svg("rect", { class: `bar colour-${at % 6}`, x: left, y: top, width: Math.max(width - 1, 1), height, rx: 1.5 });
    }),
  );
}

function pie({ segments }) {
  const sum = segments.reduce((all, each) => all + each.value, 0);
  const radius = INNER.height / 2;
  const [x, y, round] = [WIDTH / 2, HEIGHT / 2, 2 * Math.PI * (radius / 2)];
  let before = 0;
  return segments.map((each, at) => {
    const part = (each.value / sum) * round;
    const ring = svg("circle", {
      class: `slice colour-${at % 6}`, cx: x, cy: y, r: radius / 2, "stroke-width": radius,
      "stroke-dasharray": `${part} ${round - part}`, "stroke-dashoffset": round / 4 - before,
    });
    before += part;
    return ring;
  });
}

function numbers({ series, segments, axis_config: axis }) {
  const columns = segments ? ["", "Value"] : ["", ...series.map((each) => each.name)];
  const rows = segments
    ? segments.map((each) => [each.label, each.value])
    : axis.categories.map((name) => [name, ...series.map((each) => each.data.find((point) => point.label === name).value)]);
  const cell = (value, at, tag) => el(at ? tag : "th", { class: at ? "right" : "left", scope: at ? undefined : "row" }, String(value));
  const head = el("tr", {}, ...columns.map((name, at) => el("th", { scope: "col", class: at ? "right" : "left" }, name)));
  const body = rows.map((row) => el("tr", {}, ...row.map((value, at) => cell(value, at, "td"))));
  const table = el("table", {}, el("thead", {}, head), el("tbody", {}, ...body));
  const box = el("div", { class: "table", tabindex: "0", role: "region", "aria-label": "The chart's numbers" }, table);
  return el("details", {}, el("summary", {}, "Numbers"), box);
}

const shortly = (value) => Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 }).format(value);
