// The data_visualization block: a chart as wide as its place, a legend, the values under pointer or arrow keys.

import { el, freshId, svg } from "./dom.js";
import { hatch, sample } from "./marks.js";
import { percent, pie, shares } from "./pie.js";
import { plot, rowsOf } from "./plot.js";
import { number } from "./scale.js";

const WIDEST = 680;

export function chart(block) {
  const id = freshId("chart");
  const drawing = block.chart;
  const stage = el("div", { class: "stage" });
  const tip = el("div", { class: "tip", role: "status", hidden: true });
  const reader = readerOf(drawing, tip);
  const told = drawing.type === "pie" ? block.title : `${block.title}. The arrow keys read its values.`;
  const box = el("div", { class: "plot", tabindex: "0", role: "group", "aria-roledescription": "chart", "aria-label": told }, stage, tip);
  const draw = (width) => {
    const drawn = drawing.type === "pie" ? pie(drawing, width) : plot(drawing, width, id);
    stage.replaceChildren(drawn.frame);
    reader.drawn(drawn, width);
  };
  let before = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.min(Math.floor(contentRect.width), WIDEST);
    if (width > 0 && width !== before) draw((before = width));
  }).observe(box);
  for (const [name, act] of Object.entries(reader.on)) box.addEventListener(name, act);
  return el("figure", { class: "chart", id }, el("figcaption", {}, block.title), legend(drawing, id), box, numbers(drawing));
}

function legend({ type, series, segments }, id) {
  if (series?.length === 1) return null;
  const parts = segments && shares(segments);
  const lines = (segments ?? series).map((each, at) => {
    const [fill, definition] = type === "bar" ? hatch(at, `${id}-legend`) : ["var(--series)", null];
    const shown = sample(at, type, fill);
    if (definition) shown.prepend(definition);
    return el("li", {}, shown, segments ? `${each.label} ${percent(parts[at])}` : each.name);
  });
  return el("ul", { class: "legend" }, ...lines);
}

// Shows the values of one category beside it, under the pointer or by the arrow keys.
function readerOf(drawing, tip) {
  if (drawing.type === "pie") return { drawn: () => {}, on: {} };
  const { categories, y_label: unit } = drawing.axis_config;
  const rows = rowsOf(drawing);
  let [place, width, at, rule] = [null, 0, -1, null];

  function show(next) {
    at = Math.min(Math.max(next, 0), categories.length - 1);
    const name = (each) => (drawing.series.length > 1 ? `${drawing.series[each].name}: ` : "");
    const values = rows.map((row, each) => el("li", {}, name(each), el("b", {}, number(row[at]))));
    tip.replaceChildren(el("p", {}, categories[at], unit ? ` (${unit})` : ""), el("ul", {}, ...values));
    tip.hidden = false;
    const x = place.x(at);
    tip.style.left = `${Math.min(Math.max(x, tip.offsetWidth / 2), width - tip.offsetWidth / 2)}px`;
    rule?.remove();
    rule = svg("line", { class: "rule", x1: x, x2: x, y1: place.top, y2: place.bottom });
    place.frame.append(rule);
  }

  function hide() {
    tip.hidden = true;
    rule?.remove();
    at = -1;
  }

  function key(event) {
    const last = categories.length - 1;
    const wanted = { ArrowRight: at + 1, ArrowLeft: at < 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape" && !tip.hidden) hide();
    else if (wanted === undefined) return;
    else show(wanted);
    event.preventDefault();
  }

  function pointed(event) {
    const x = event.clientX - place.frame.getBoundingClientRect().left;
    show(Math.round((x - place.x(0)) / place.step));
  }

  const drawn = (next, wide) => ([place, width] = [next, wide]) && hide();
  return { drawn, on: { pointermove: pointed, pointerleave: hide, blur: hide, keydown: key } };
}

function numbers(drawing) {
  const { series, segments, axis_config: axis } = drawing;
  const rows = segments
    ? segments.map((each) => [each.label, each.value])
    : axis.categories.map((name, at) => [name, ...rowsOf(drawing).map((row) => row[at])]);
  const columns = segments ? ["Part", "Value"] : [axis.x_label ?? "Category", ...series.map((each) => each.name)];
  const cell = (value, at) =>
    at ? el("td", { class: "right" }, number(value)) : el("th", { class: "left named", scope: "row" }, value);
  const head = el("tr", {}, ...columns.map((name, at) => el("th", { scope: "col", class: at ? "right" : "left named" }, name)));
  const table = el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map(cell)))));
  const box = el("div", { class: "table", tabindex: "0", role: "group", "aria-label": "The chart's numbers" }, table);
  return el("details", {}, el("summary", {}, "Numbers"), box);
}
