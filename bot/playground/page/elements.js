// What can be pressed or chosen in a message or a home tab: buttons, selects, feedback, icons.

import { confirmed } from "./confirm.js";
import { el, freshId, refused } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";

// `data-action` is by what the page finds a pressed element again in a message that has been drawn anew.
const ELEMENTS = { button, static_select: select, overflow, feedback_buttons: feedback, icon_button: iconButton };
const LETTERS = 30; // of a button: Slack cuts a longer label

// The node of an element; `context` has `me` and `press(actionId, value)`. Null where it is not for this reader.
export function element(part, context) {
  return ELEMENTS[part.type] ? ELEMENTS[part.type](part, context) : refused(`the element “${part.type}”`);
}

async function pressed(part, context, value) {
  if (part.confirm && !(await confirmed(part.confirm))) return false;
  if (part.url) window.open(part.url, "_blank", "noopener");
  await context.press(part.action_id, value);
  return true;
}

function button(part, context) {
  const look = { class: `button ${part.style ?? ""}`.trim(), type: "button", "data-action": part.action_id };
  const label = part.text.text;
  const cut = label.length > LETTERS;
  const about = { "aria-label": part.accessibility_label, title: cut ? label : undefined };
  return el("button", { ...look, ...about, onclick: () => pressed(part, context) }, plain(cut ? `${label.slice(0, LETTERS - 1)}…` : label));
}

// Three dots that open a menu; it closes when an entry is chosen, on Escape, and when the focus leaves it.
function overflow(part, context) {
  const choose = (value) => async () => {
    box.open = false;
    await pressed(part, context, value);
  };
  const entry = (each) => el("button", { type: "button", class: "menu-entry", onclick: choose(each.value) }, plain(each.text.text));
  const summary = el("summary", { class: "button dots", "aria-label": "More actions", "data-action": part.action_id }, "⋯");
  const box = el("details", { class: "overflow" }, summary, el("div", { class: "menu" }, ...part.options.map(entry)));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    box.open = false;
    summary.focus();
  });
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) box.open = false;
  });
  return box;
}

function select(part, context) {
  const options = part.options.map((each) => el("option", { value: each.value }, plain(each.text.text)));
  const label = part.placeholder ? plain(part.placeholder.text) : "Choose";
  const chosen = part.initial_option?.value ?? "";
  if (!chosen) options.unshift(el("option", { value: "", disabled: true }, label));
  const changed = async (event) => {
    if (!(await pressed(part, context, event.target.value))) event.target.value = chosen;
  };
  // An arrow key opens the list: it would else choose, and send, each option that it passes.
  const opened = (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !box.showPicker) return;
    event.preventDefault();
    box.showPicker();
  };
  const about = { "aria-label": label, "data-action": part.action_id, id: freshId("select") };
  const box = el("select", { class: "button select", ...about, onchange: changed, onkeydown: opened }, ...options);
  box.value = chosen;
  return box;
}

// Two buttons of which one stays pressed, as Slack keeps it.
function feedback(part, context) {
  const one = (each, name) => {
    const press = async () => {
      for (const other of box.children) other.setAttribute("aria-pressed", String(other === node));
      await pressed(part, context, each.value);
    };
    const look = { type: "button", class: "icon-button", title: each.text.text, "data-action": `${part.action_id} ${name}` };
    const about = { "aria-label": each.accessibility_label ?? each.text.text, "aria-pressed": "false" };
    const node = el("button", { ...look, ...about, onclick: press }, icon(name));
    return node;
  };
  const box = el("span", { class: "feedback", role: "group", "aria-label": "Feedback" });
  box.append(one(part.positive_button, "up"), one(part.negative_button, "down"));
  return box;
}

function iconButton(part, context) {
  if (part.visible_to_user_ids && !part.visible_to_user_ids.includes(context.me)) return null;
  if (part.icon !== "trash") return refused(`the icon “${part.icon}”`);
  const look = { type: "button", class: "icon-button", title: part.text.text, "data-action": part.action_id };
  const label = part.accessibility_label ?? part.text.text;
  return el("button", { ...look, "aria-label": label, onclick: () => pressed(part, context) }, icon("trash"));
}
