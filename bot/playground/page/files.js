// A file that the bot has shared: its name, its size, a look into it where it is a table, and its download.

import { el, refused } from "./dom.js";
import { icon } from "./icons.js";

const ROWS = 8;

export function file(shared) {
  const isTable = shared.filetype === "csv";
  const look = el("div", { class: "preview", hidden: true });
  const open = el("button", { type: "button", class: "button small", "aria-expanded": "false" }, "Preview");
  open.addEventListener("click", () => toggle(shared, look, open));
  return el(
    "div",
    { class: "file" },
    el(
      "div",
      { class: "file-head" },
      el("span", { class: "file-sign" }, icon("file", 22)),
      el(
        "div",
        { class: "file-name" },
        el("strong", {}, shared.title),
        el("span", {}, `${shared.name}, ${sizeOf(shared.size)}`),
      ),
      el(
        "div",
        { class: "file-do" },
        isTable ? open : null,
        el("a", { class: "button small", href: shared.url_private, download: shared.name }, icon("download", 15), "Download"),
      ),
    ),
    look,
  );
}

async function toggle(shared, look, open) {
  look.hidden = !look.hidden;
  open.setAttribute("aria-expanded", String(!look.hidden));
  if (look.hidden || look.childElementCount) return;
  const response = await fetch(shared.url_private);
  if (!response.ok) return look.replaceChildren(refused("this file: the local server does not have it"));
  look.replaceChildren(...preview(rowsOf(await response.text()), shared.title));
}

function preview([head, ...rows], title) {
  const cells = (row, tag) => row.map((cell, at) => el(at ? tag : "th", { scope: tag === "th" ? "col" : at ? undefined : "row" }, cell));
  const lines = rows.slice(0, ROWS).map((row) => el("tr", {}, ...cells(row, "td")));
  const grid = el("table", {}, el("thead", {}, el("tr", {}, ...cells(head, "th"))), el("tbody", {}, ...lines));
  const more = rows.length > ROWS ? el("p", { class: "file-more" }, `${rows.length - ROWS} more rows in the file.`) : "";
  return [el("div", { class: "table", tabindex: "0", role: "group", "aria-label": title }, grid), more];
}

// The cells of a CSV, quoted ones too, without the mark that opens it for Excel.
export function rowsOf(csv) {
  const rows = [[]];
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  const text = csv.replace(/^\ufeff/, "").replace(/\r?\n$/, "");
  while (cells.lastIndex <= text.length) {
    const match = cells.exec(text);
    if (!match) break;
    rows.at(-1).push(match[1].startsWith('"') ? match[1].slice(1, -1).replaceAll('""', '"') : match[1]);
    if (match[2] === "") break;
    if (match[2] !== ",") rows.push([]);
  }
  return rows;
}

const sizeOf = (bytes) => (bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`);
