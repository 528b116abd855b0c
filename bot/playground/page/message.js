// One message of the list: who, when, what, and what can be done with it.

import { renderBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

// `does` has openThread(message), showPayload(message), press(message, actionId).
export function renderMessage(message, { users, me, replies, inThread }, does) {
  const author = users[message.user] ?? { name: message.user, is_bot: false };
  const body = el("div", { class: "body" }, ...content(message, users, does));
  const quiet = message.visible_to === me;
  const card = el(
    "div",
    { class: "card" },
    quiet ? el("p", { class: "quiet" }, "Only visible to you") : null,
    heading(message, author, inThread, does),
    body,
    replies.length && !inThread ? threadLink(message, replies, does) : null,
  );
  const shape = `message ${quiet ? "ephemeral" : ""} ${message.subtype ? "system" : ""}`.trim();
  return el("li", { class: shape, "data-ts": message.ts }, avatar(author), card);
}

function content(message, users, does) {
  const context = { users, press: (actionId) => does.press(message, actionId) };
  if (message.blocks?.length) return renderBlocks(message.blocks, context);
  return [el("div", { class: "text" }, ...mrkdwn(message.text, users))];
}

function heading(message, author, inThread, does) {
  const when = new Date(Number(message.ts) * 1000);
  return el(
    "div",
    { class: "heading" },
    el("span", { class: "author" }, author.name),
    author.is_bot ? el("span", { class: "app" }, "App") : null,
    el("time", { datetime: when.toISOString(), title: when.toLocaleString() }, clock(when)),
    message.edited ? el("span", { class: "edited" }, "(edited)") : null,
    el(
      "span",
      { class: "tools" },
      inThread || message.visible_to || message.subtype ? null : tool("Reply", "Reply in thread", () => does.openThread(message)),
      tool("Payload", "Payload: the message as JSON", () => does.showPayload(message)),
    ),
  );
}

function tool(name, title, act) {
  return el("button", { type: "button", class: "tool", title, "aria-label": title, onclick: act }, name);
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

function avatar(author) {
  const initials = author.name.split(" ").map((word) => word[0]).slice(0, 2).join("");
  return el(
    "span",
    { class: `avatar ${author.is_bot ? "bot" : ""}`.trim(), "aria-hidden": "true" },
    author.name === "Alumina" ? "Al" : initials,
  );
}

const clock = (when) => when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
