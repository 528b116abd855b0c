// Block Kit blocks as DOM. A block or element that is not in these tables is refused loudly.

import { chart } from "./chart.js";
import { el, refused } from "./dom.js";
import { mrkdwn, emoji } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { table } from "./table.js";

const BLOCKS = {
  header: (block) => [el("div", { class: "header", role: "heading", "aria-level": "3" }, plain(block.text.text))],
  section,
  context: (block, context) => [
    el("div", { class: "context" }, ...block.elements.map((part) => el("span", {}, ...text(part, context)))),
  ],
  divider: () => [el("hr")],
  table: (block, context) => [table(block, context.users)],
  data_table: (block, context) => [table(block, context.users)],
  data_visualization: (block) => [chart(block)],
  rich_text: (block, context) => richText(block, context.users),
  actions,
  context_actions: actions,
};

// The nodes of all blocks; `context` has `users` and `press(actionId)`.
export function renderBlocks(blocks, context) {
  return blocks.flatMap((block) =>
    BLOCKS[block.type] ? BLOCKS[block.type](block, context) : [refused(`the block “${block.type}”`)],
  );
}

function actions(block, context) {
  return [el("div", { class: "actions" }, ...block.elements.map((part) => element(part, context)))];
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

const plain = (words) => words.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));

function element(part, context) {
  if (part.type !== "button") return refused(`the element “${part.type}”`);
  const press = () => {
    if (part.confirm && !window.confirm(`${part.confirm.title.text}\n\n${part.confirm.text.text}`)) return;
    if (part.url) window.open(part.url, "_blank", "noopener");
    context.press(part.action_id);
  };
  const look = { class: `button ${part.style ?? ""}`.trim(), type: "button", "aria-label": part.accessibility_label };
  return el("button", { ...look, onclick: press }, plain(part.text.text));
}
