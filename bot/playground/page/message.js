// One message of the list: who, when, what, and what can be done with it.

import { renderBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { file } from "./files.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";

const QUIET_KINDS = ["channel_join", "channel_leave"];

// `does` has openThread(message), showPayload(message), press(message, actionId, value), shortcut(message, id).
export function renderMessage(message, { users, me, shortcuts, replies, inThread, level }, does) {
  const author = users[message.user] ?? { name: message.user, is_bot: false };
  const body = el("div", { class: "body" }, ...content(message, { users, me, level }, does));
  const quiet = message.visible_to && message.visible_to === me;
  const system = QUIET_KINDS.includes(message.subtype);
  const card = el(
    "div",
    { class: "card" },
    quiet ? el("p", { class: "quiet" }, "Only visible to you") : null,
    heading(message, author),
    body,
    replies.length && !inThread ? threadLink(message, replies, does) : null,
  );
  const shape = `message ${quiet ? "ephemeral" : ""} ${system ? "system" : ""}`.trim();
  const alone = inThread || quiet || system;
  return el("li", { class: shape, "data-ts": message.ts }, avatar(author), card, tools(message, shortcuts, alone, does));
}

function content(message, about, does) {
  const context = { ...about, press: (actionId, value) => does.press(message, actionId, value) };
  const files = (message.files ?? []).map(file);
  if (message.blocks?.length) return [...renderBlocks(message.blocks, context), ...files];
  const words = message.text || !files.length ? [el("div", { class: "text" }, ...mrkdwn(message.text, about.users))] : [];
  return [...words, ...files];
}

function heading(message, author) {
  const when = new Date(Number(message.ts) * 1000);
  return el(
    "div",
    { class: "heading" },
    el("span", { class: "author" }, author.name),
    author.is_bot ? el("span", { class: "app" }, "App") : null,
    el("time", { datetime: when.toISOString(), title: when.toLocaleString() }, clock(when)),
    message.edited ? el("span", { class: "edited" }, "(edited)") : null,
  );
}

function tools(message, shortcuts, alone, does) {
  const offered = alone ? [] : shortcuts.map((each) => tool("bolt", each.name, () => does.shortcut(message, each.callback_id)));
  return el(
    "div",
    { class: "tools", role: "group", "aria-label": "What to do with this message" },
    alone ? null : tool("reply", "Reply in thread", () => does.openThread(message)),
    ...offered,
    tool("code", "Payload: the message as JSON", () => does.showPayload(message)),
  );
}

function tool(name, title, act) {
  return el("button", { type: "button", class: "tool", title, "aria-label": title, onclick: act }, icon(name));
}

function threadLink(message, replies, does) {
  const words = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  const last = clock(new Date(Number(replies.at(-1).ts) * 1000));
  const open = () => does.openThread(message);
  return el(
    "button",
    { type: "button", class: "replies", onclick: open },
    el("strong", {}, words),
    el("span", {}, ` last at ${last}`),
  );
}

export function avatar(author) {
  const initials = author.name.split(" ").map((word) => word[0]).slice(0, 2).join("");
  return el(
    "span",
    { class: `avatar ${author.is_bot ? "bot" : ""}`.trim(), "aria-hidden": "true" },
    author.name === "Alumina" ? "Al" : initials,
  );
}

const clock = (when) => when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
