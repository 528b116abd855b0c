// The blocks of a modal: its input fields, each with its label, its hint and what is wrong in it.

import { renderBlocks } from "./blocks.js";
import { el, freshId, refused } from "./dom.js";

const FIELDS = {
  radio_buttons: (element, held, tell) => options("radio", element, [held.selected_option?.value], ([value]) => tell(value)),
  multi_static_select: (element, held, tell) =>
    options("checkbox", element, (held.selected_options ?? []).map((each) => each.value), tell),
  multi_users_select: (element, held, tell, users) => options("checkbox", people(users), held.selected_users ?? [], tell),
  conversations_select: (element, held, tell, users) => {
    const channels = Object.entries(users).filter(([id]) => id.startsWith("C"));
    const options = channels.map(([id, one]) => ({ value: id, text: { text: `#${one.name}` } }));
    return list({ options }, { selected_option: { value: held.selected_conversation } }, tell);
  },
  static_select: list,
  timepicker: (element, held, tell) =>
    el("input", { type: "time", value: held.selected_time, onchange: (event) => tell(event.target.value) }),
  plain_text_input: words,
};
const GROUPS = ["radio_buttons", "multi_static_select", "multi_users_select"];

// The node of a block; an input tells `fill(block, value, entered)` of every change.
export function blockOf(block, values, error, users, fill, me = "", level = 3) {
  if (block.type !== "input") return el("div", { class: "body" }, ...renderBlocks([block], { users, me, level, press: async () => {} }));
  const { element } = block;
  if (!FIELDS[element.type]) return refused(`the field “${element.type}”`);
  const held = values[element.action_id];
  const field = FIELDS[element.type](element, held, (value, entered = true) => fill(block.block_id, value, entered), users);
  const group = GROUPS.includes(element.type);
  const id = freshId("field");
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

// Everybody who could be chosen, as the options of a field.
function people(users) {
  const persons = Object.entries(users).filter(([, one]) => one.is_bot === false);
  return { action_id: "people", options: persons.map(([id, one]) => ({ value: id, text: { text: one.name } })) };
}

// Options as radio buttons, or as checkboxes where several may be chosen.
function options(type, element, chosen, tell) {
  const box = el("div", { class: type === "checkbox" ? "options several" : "options" });
  const name = freshId(element.action_id); // one group of radio buttons, whatever else is on the page
  const told = () => tell([...box.querySelectorAll("input:checked")].map((each) => each.value));
  const one = (option) => {
    const input = el("input", { type, name, value: option.value, onchange: told });
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
  if (element.multiline) return lines(element, held, tell);
  const look = { type: "text", maxlength: element.max_length, autocomplete: "off", spellcheck: "false" };
  const typed = (event) => tell(event.target.value, false);
  return el("input", { ...look, value: held.value, placeholder: element.placeholder?.text, oninput: typed, onkeydown: enter });
}

// Several lines: Enter begins the next one.
function lines(element, held, tell) {
  const look = { rows: "4", maxlength: element.max_length, placeholder: element.placeholder?.text };
  const box = el("textarea", { ...look, oninput: (event) => tell(event.target.value, false) });
  box.value = held.value ?? "";
  return box;
}
