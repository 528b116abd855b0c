// A modal of the bot: its blocks and fields, what is wrong in them, and the buttons below.

import { closeModal, fill, submitModal } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { byId, el, refused } from "./dom.js";

const FIELDS = {
  radio_buttons: (element, held, tell) => options("radio", element, [held.selected_option?.value], ([value]) => tell(value)),
  multi_static_select: (element, held, tell) =>
    options("checkbox", element, (held.selected_options ?? []).map((each) => each.value), tell),
  static_select: list,
  timepicker: (element, held, tell) =>
    el("input", { type: "time", value: held.selected_time, onchange: (event) => tell(event.target.value) }),
  plain_text_input: words,
};
const GROUPS = ["radio_buttons", "multi_static_select"];

let shown = null;

// Shows the view, or nothing where it is null; `users` gives names to ids.
export function showModal(news, users) {
  const dialog = byId("modal");
  if (!news) {
    shown = null;
    return dialog.close();
  }
  const fresh = shown?.id !== news.id;
  shown = news;
  byId("modal-title").textContent = news.view.title.text;
  byId("modal-cancel").textContent = news.view.close?.text ?? "Cancel";
  byId("modal-submit").textContent = news.view.submit?.text ?? "";
  byId("modal-submit").hidden = !news.view.submit;
  if (fresh) byId("modal-trouble").hidden = true;
  draw(byId("modal-body"), news, users, fresh);
  if (!dialog.open) dialog.showModal();
  if (fresh) byId("modal-body").querySelector("input, select")?.focus();
  else if (Object.keys(news.errors).length) dialog.querySelector("[aria-invalid]")?.focus();
}

// A block that stays keeps its element, and with it focus and whatever is half typed in it.
function draw(body, { view, values, errors }, users, fresh) {
  const old = new Map(fresh ? [] : [...body.children].map((node) => [node.print, node]));
  const nodes = view.blocks.map((block) => {
    const error = errors[block.block_id];
    const print = JSON.stringify([block, error], (key, value) => (key.startsWith("initial_") ? undefined : value));
    const node = old.get(print) ?? blockOf(block, values[block.block_id], error, users);
    node.print = print;
    return node;
  });
  for (const node of [...body.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, at) => body.children[at] === node || body.insertBefore(node, body.children[at] ?? null));
}

function blockOf(block, values, error, users) {
  if (block.type !== "input") return el("div", { class: "body" }, ...renderBlocks([block], { users, press: () => {} }));
  const { element } = block;
  if (!FIELDS[element.type]) return refused(`the field “${element.type}”`);
  const held = values[element.action_id];
  const field = FIELDS[element.type](element, held, (value, entered = true) => fill(block.block_id, value, entered));
  const group = GROUPS.includes(element.type);
  const id = `field-${block.block_id}`;
  const input = group ? (field.querySelector("input") ?? field) : field;
  if (!group) field.id = id;
  const about = [];
  if (error) {
    input.setAttribute("aria-invalid", "true");
    about.push(el("p", { class: "field-error", role: "alert", id: `${id}-error` }, error));
  }
  if (block.hint) about.push(el("p", { class: "field-hint", id: `${id}-hint` }, block.hint.text));
  if (about.length) input.setAttribute("aria-describedby", about.map((node) => node.id).join(" "));
  const label = group ? el("legend", {}, block.label.text) : el("label", { for: id }, block.label.text);
  return el(group ? "fieldset" : "div", { class: "field", "data-block": block.block_id }, label, field, ...about);
}

// Options as radio buttons, or as checkboxes where several may be chosen.
function options(type, element, chosen, tell) {
  const box = el("div", { class: type === "checkbox" ? "options several" : "options" });
  const told = () => tell([...box.querySelectorAll("input:checked")].map((each) => each.value));
  const one = (option) => {
    const input = el("input", { type, name: element.action_id, value: option.value, onchange: told });
    input.checked = chosen.includes(option.value);
    const more = option.description ? el("span", { class: "option-text" }, option.description.text) : null;
    return el("label", { class: "option" }, input, el("span", {}, option.text.text, more));
  };
  box.append(...element.options.map(one));
  return box;
}

function list(element, held, tell) {
  const select = el("select", { onchange: (event) => tell(event.target.value) });
  select.append(...element.options.map((option) => el("option", { value: option.value }, option.text.text)));
  select.value = held.selected_option?.value ?? "";
  return select;
}

// The bot hears of a text when it is entered; until then it is only kept.
function words(element, held, tell) {
  const enter = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    tell(event.target.value);
  };
  const look = { type: "text", maxlength: element.max_length, autocomplete: "off", spellcheck: "false" };
  const typed = (event) => tell(event.target.value, false);
  return el("input", { ...look, value: held.value, placeholder: element.placeholder?.text, oninput: typed, onkeydown: enter });
}

async function submit(event) {
  event.preventDefault();
  const answer = await submitModal();
  byId("modal-trouble").hidden = answer.ok;
  byId("modal-trouble").textContent = answer.ok ? "" : `The bot did not take it (${answer.failure}). Try again.`;
}

byId("modal-form").addEventListener("submit", submit);
byId("modal-cancel").addEventListener("click", () => byId("modal").close());
byId("modal-close").addEventListener("click", () => byId("modal").close());
// Escape, Cancel and × all end here; where the bot closed it there is nothing left to tell.
byId("modal").addEventListener("close", () => shown && closeModal());
