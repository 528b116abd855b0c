// The few icons of the page, drawn in the colour of the text around them; each is silent beside its label.

import { svg } from "./dom.js";

const STROKES = {
  reply: "M3.5 4h13v9.5H9.8L6.3 16.8V13.5H3.5zM7 8h6M7 10.3h4",
  bolt: "M10.8 2.5 4.5 11h4.7l-.9 6.5L15 9h-4.9z",
  code: "M7 6 3 10l4 4M13 6l4 4-4 4",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  up: "M6.5 9v7.5h-3V9zM6.5 9l3.2-6.3c1.3 0 2 .9 1.8 2.2L11 7.7h4.2c1.2 0 2 1 1.7 2.2l-1.3 5.2c-.2.9-.9 1.4-1.8 1.4H6.5",
  down: "M13.5 11V3.5h3V11zM13.5 11l-3.2 6.3c-1.3 0-2-.9-1.8-2.2L9 12.3H4.8c-1.2 0-2-1-1.7-2.2l1.3-5.2c.2-.9.9-1.4 1.8-1.4h7.3",
  trash: "M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.8 11h8.4l.8-11M8.3 8.5l.3 5M11.7 8.5l-.3 5",
  file: "M5 2.5h6.5l4 4v11H5zM11.5 2.5v4h4M7.5 10.5h5.5M7.5 13.5h5.5",
  download: "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13",
  ascending: "M10 15.5V4.5M5.5 9 10 4.5 14.5 9",
  descending: "M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5",
  unsorted: "M6.5 7.5 10 4l3.5 3.5M6.5 12.5 10 16l3.5-3.5",
};

export function icon(name, size = 18) {
  const look = { fill: "none", stroke: "currentColor", "stroke-width": name === "more" ? 2.6 : 1.6 };
  const ends = { "stroke-linecap": "round", "stroke-linejoin": "round" };
  const frame = { viewBox: "0 0 20 20", width: size, height: size, class: "glyph", "aria-hidden": "true" };
  return svg("svg", frame, svg("path", { d: STROKES[name], ...look, ...ends }));
}
