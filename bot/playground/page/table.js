// The table blocks as DOM: a real table that scrolls inside itself, its first column staying in sight.

import { el, refused } from "./dom.js";
import { richText } from "./richtext.js";

const CELLS = {
  raw_text: (cell) => [cell.text],
  raw_number: (cell) => [cell.text],
  rich_text: (cell, users) => richText(cell, users),
};

export function table(block, users) {
  const settings = block.column_settings ?? [];
  const [head, ...rows] = block.rows;
  // A heading stands over its numbers.
  const aligned = (at) => settings[at]?.align ?? (rows[0]?.[at]?.type === "raw_number" ? "right" : "left");
  const cells = (row, tag) => row.map((cell, at) => cellOf(cell, at, tag, aligned(at), settings[at]?.is_wrapped, users));
  const grid = el(
    "table",
    {},
    block.caption ? el("caption", {}, block.caption) : null,
    el("thead", {}, el("tr", {}, ...cells(head, "th"))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...cells(row, "td")))),
  );
  return el("div", { class: "table", tabindex: "0", role: "region", "aria-label": block.caption ?? "Table" }, grid);
}

function cellOf(cell, at, tag, align, wrapped, users) {
  const content = CELLS[cell.type] ? CELLS[cell.type](cell, users) : [refused(`the table cell “${cell.type}”`)];
  const scope = tag === "th" ? "col" : at === 0 ? "row" : undefined;
  return el(at === 0 ? "th" : tag, { scope, class: `${align} ${wrapped ? "wrap" : ""}`.trim() }, ...content);
}
