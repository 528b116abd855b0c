// Block Kit blocks as DOM. A block or element that is not in these tables is refused loudly.

import { chart } from "./chart.js";
import { el, refused } from "./dom.js";
import { element } from "./elements.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { dataTable, table } from "./table.js";

const BLOCKS = {
  header: (block, { level = 2 }) => [el("div", { class: "header", role: "heading", "aria-level": level }, plain(block.text.text))],
  section,
  context: (block, context) => [
    el("div", { class: "context" }, ...block.elements.map((part) => el("span", {}, ...text(part, context)))),
  ],
  divider: () => [el("hr")],
  table: (block, context) => [table(block, context.users)],
  data_table: (block, context) => [dataTable(block, context.users)],
  data_visualization: (block) => [chart(block)],
  layout,
  rich_text: (block, context) => richText(block, context.users),
  actions: (block, context) => [el("div", { class: "actions" }, ...elements(block, context))],
  context_actions: (block, context) => [el("div", { class: "context-actions" }, ...elements(block, context))],
};

// The nodes of all blocks; `context` has `users`, `me`, `press(actionId, value)` and the `level` of headers.
export function renderBlocks(blocks, context) {
  return blocks.flatMap((block) =>
    BLOCKS[block.type] ? BLOCKS[block.type](block, context) : [refused(`the block “${block.type}”`)],
  );
}

const elements = (block, context) => block.elements.map((part) => element(part, context)).filter(Boolean);

function layout(block, context) {
  const item = ({ blocks, width = "standard" }) => el("div", { class: `item ${width}` }, ...renderBlocks(blocks, context));
  const label = block.is_label_visible ? el("div", { class: "layout-label" }, block.label) : null;
  const rows = block.rows.map((row) => el("div", { class: "layout-row" }, ...row.items.map(item)));
  return [el("div", { class: `layout ${block.grid_lines ?? "none"}`, role: "group", "aria-label": block.label }, label, ...rows)];
}

function section(block, context) {
  const words = block.text ? el("div", { class: "text" }, ...text(block.text, context)) : null;
  const cells = (block.fields ?? []).map((field) => el("div", {}, ...text(field, context)));
  const fields = cells.length ? el("div", { class: "fields" }, ...cells) : null;
  const accessory = block.accessory ? element(block.accessory, context) : null;
  return [el("div", { class: "section" }, el("div", { class: "section-main" }, words, fields), accessory)];
}

function text(object, { users }) {
  if (object.type === "mrkdwn") return mrkdwn(object.text, users);
  if (object.type === "plain_text") return [plain(object.text)];
  return [refused(`the text object “${object.type}”`)];
}
