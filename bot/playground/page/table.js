// The table blocks as DOM: a real table that scrolls inside itself, its row headers staying in sight.

import { el, refused } from "./dom.js";
import { icon } from "./icons.js";
import { richText } from "./richtext.js";

// Where a cell is broken into lines, a number keeps its sign of per cent.
const whole = (cell) => [cell.text.replace(/(\d) %/g, "$1\u00a0%")];
const CELLS = {
  raw_text: whole,
  raw_number: whole,
  rich_text: (cell, users) => richText(cell, users),
};
const PAGE = 5; // rows that Slack shows of a data_table at first, unless it says how many
const LONG = 24; // letters of a cell that may be broken into lines
const NAME = 18; // of a row's name
const LONGISH = 12; // of either on a phone

export function table(block, users) {
  const [head, ...rows] = block.rows;
  return framed(block, gridOf(block, head, rows, users, (cell, at) => [...shown(cell, users)]));
}

// The table that can be sorted by each column, and is shown by pages.
export function dataTable(block, users) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? PAGE;
  const state = { column: -1, down: false, page: 0 };
  const below = el("div", { class: "pages" });
  const title = (cell, at) => [
    el("button", { type: "button", class: "sort", onclick: () => sort(at) }, el("span", {}, cell.text), el("span", { class: "arrow" })),
  ];
  const grid = gridOf(block, head, [], users, title);
  const body = grid.querySelector("tbody");

  function sort(at) {
    Object.assign(state, { down: state.column === at && !state.down, column: at, page: 0 });
    show();
  }

  function show() {
    const ordered = state.column < 0 ? rows : inOrder(rows, state.column, state.down);
    const from = state.page * size;
    body.replaceChildren(...ordered.slice(from, from + size).map((row) => line(block, row, rows[0], users)));
    for (const [at, cell] of [...grid.querySelectorAll("thead th")].entries()) {
      const order = at !== state.column ? "none" : state.down ? "descending" : "ascending";
      cell.setAttribute("aria-sort", order);
      cell.querySelector(".arrow").replaceChildren(icon(order === "none" ? "unsorted" : order, 13));
    }
    pages(from);
  }

  function pages(from) {
    const turn = (words, by, off) =>
      el("button", { type: "button", class: "button small", disabled: off, onclick: () => turnTo(by) }, words);
    const told = `${from + 1}–${Math.min(from + size, rows.length)} of ${rows.length}`;
    const back = turn("Previous", -1, from === 0);
    const on = turn("Next", 1, from + size >= rows.length);
    below.replaceChildren(el("span", { role: "status" }, told), back, on);
    below.hidden = rows.length <= size;
  }

  function turnTo(by) {
    state.page += by;
    show();
    const [back, on] = below.querySelectorAll("button");
    (by < 0 ? (back.disabled ? on : back) : on.disabled ? back : on).focus();
  }

  show();
  const frame = framed(block, grid);
  return el("div", { class: "data-table" }, frame, below);
}

// By value where the whole column is numbers, else as words; what is equal keeps its place.
function inOrder(rows, column, down) {
  const numeric = rows.every((row) => row[column].type === "raw_number");
  const key = (row) => (numeric ? row[column].value : words(row[column]));
  const compare = (a, b) => (numeric ? key(a) - key(b) : key(a).localeCompare(key(b)));
  return rows.toSorted((a, b) => (down ? -1 : 1) * compare(a, b));
}

const words = (cell) => cell.text ?? JSON.stringify(cell.elements.map((part) => part.elements?.map((piece) => piece.text)));

// A table that is wider than its place says so at the edge where it goes on.
function framed(block, grid) {
  const frame = el("div", { class: "table", tabindex: "0", role: "group", "aria-label": block.caption ?? "Table" }, grid);
  const cue = () => frame.classList.toggle("cut", frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 1);
  frame.addEventListener("scroll", cue);
  new ResizeObserver(cue).observe(frame);
  return frame;
}

function gridOf(block, head, rows, users, titled) {
  const look = (cell, at) => ({ scope: "col", class: lookOf(block, cell, at, rows[0] ?? block.rows[1]) });
  const cells = head.map((cell, at) => el("th", look(cell, at), ...titled(cell, at)));
  return el(
    "table",
    {},
    block.caption ? el("caption", {}, block.caption) : null,
    el("thead", {}, el("tr", {}, ...cells)),
    el("tbody", {}, ...rows.map((row) => line(block, row, rows[0], users))),
  );
}

function line(block, row, first, users) {
  const named = block.row_header_column_index ?? 0;
  const cells = row.map((cell, at) => {
    const look = { class: lookOf(block, cell, at, first), scope: at === named ? "row" : undefined };
    return el(at === named ? "th" : "td", look, ...shown(cell, users));
  });
  return el("tr", {}, ...cells);
}

// A heading stands over its numbers; what is long may be broken into lines, a short number never.
function lookOf(block, cell, at, first) {
  const settings = block.column_settings?.[at];
  const named = at === (block.row_header_column_index ?? 0);
  const align = settings?.align ?? (first?.[at]?.type === "raw_number" && !named ? "right" : "left");
  const letters = cell.text?.length ?? LONG;
  const broken = settings?.is_wrapped || letters >= (named ? NAME : LONG) ? "wrap" : letters >= LONGISH ? "longish" : "";
  return [align, named ? "named" : "", broken].filter(Boolean).join(" ");
}

function shown(cell, users) {
  return CELLS[cell.type] ? CELLS[cell.type](cell, users) : [refused(`the table cell “${cell.type}”`)];
}
