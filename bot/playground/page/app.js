// Puts the page together: what is known, what is shown, and what the address says.

import { listen, load, press, send, shortcut } from "./api.js";
import { showClock } from "./clock.js";
import { composer } from "./composer.js";
import { byId } from "./dom.js";
import { showHome, showPrompts, showTabs } from "./home.js";
import { renderMessage } from "./message.js";
import { showModal } from "./modal.js";
import { rememberHint, rememberTheme } from "./preferences.js";
import { showRail } from "./rail.js";

const state = { users: {}, channels: [], messages: new Map(), unread: new Set(), me: "", shortcuts: [], prompts: {} };
let boxes = null;

// The address names channel and thread (#/C1/123.45) or a home tab (#/D1/home), so Back works, on a phone too.
function place() {
  const [channel, part] = location.hash.replace(/^#\//, "").split("/");
  const known = state.channels.find((each) => each.id === channel);
  const tab = known?.is_im && part === "home" ? "home" : "messages";
  return { listed: !known, channel: known ? channel : first(), tab, thread: known && tab !== "home" && part ? part : null };
}
const go = (channel, thread) => (location.hash = ["#", channel, thread].filter(Boolean).join("/"));

const first = () => state.channels[0]?.id ?? "";

const inOrder = () => [...state.messages.values()].sort((a, b) => Number(a.ts) - Number(b.ts));
const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;
const repliesTo = (parent) =>
  inOrder().filter((each) => each.channel === parent.channel && each.thread_ts === parent.ts && isReply(each));
const keyOf = (message) => `${message.channel} ${message.ts}`;

const does = {
  openThread: (message) => {
    go(message.channel, message.ts);
    show();
    boxes.thread.focus();
  },
  showPayload,
  press: (message, actionId, value) => failed(press({ message, actionId, value })),
  shortcut: (message, callbackId) => failed(shortcut(message, callbackId)),
};

// Says it where the bot did not take what was pressed.
async function failed(pressed) {
  const answer = await pressed.catch((error) => ({ ok: false, failure: error.message }));
  byId("trouble").hidden = answer.ok;
  byId("trouble").textContent = answer.ok ? "" : `The bot did not take it (${answer.failure}). Try again.`;
}

function show() {
  const { channel: id, thread, listed, tab } = place();
  const channel = state.channels.find((each) => each.id === id);
  if (!channel) return;
  state.unread.delete(id);
  showRail(state.channels, state.unread, id);
  showChannel(channel);
  showTabs(channel, tab);
  showPrompts(state.prompts[id] ?? [], (text) => send(text, id));
  const open = showThread(channel, thread);
  document.body.dataset.pane = open ? "thread" : listed ? "rail" : "channel";
}

function showChannel(channel) {
  byId("channel-name").textContent = titleOf(channel);
  byId("channel-topic").textContent = channel.topic.value;
  const tag = byId("channel-tag");
  tag.textContent = channel.has_bot ? (channel.is_ext_shared ? "Shared with another company" : "Private") : "Alumina is not here";
  tag.hidden = channel.has_bot && !channel.is_ext_shared && !channel.is_group;
  const told = inOrder().filter((each) => each.channel === channel.id && !isReply(each));
  byId("channel-empty").hidden = told.length > 0;
  byId("channel-empty").textContent = `Nothing has been said in ${titleOf(channel)} yet.`;
  list(byId("messages"), byId("channel-scroll"), channel.id, told, false);
  boxes.channel.setLabel(`Message ${titleOf(channel)}`);
}

function showThread(channel, ts) {
  const parent = ts ? state.messages.get(`${channel.id} ${ts}`) : null;
  byId("thread").hidden = !parent;
  if (!parent) return false;
  byId("thread-topic").textContent = titleOf(channel);
  list(byId("thread-messages"), byId("thread-scroll"), keyOf(parent), [parent, ...repliesTo(parent)], true);
  boxes.thread.setLabel("Reply, for example: and february?");
  return true;
}

const titleOf = (channel) => (channel.is_im || channel.is_private ? channel.name : `#${channel.name}`);

// Draws what is new or changed and leaves the rest in place, so that focus and scrolling survive.
function list(box, scroll, shown, messages, inThread) {
  const fresh = box.dataset.shown !== shown;
  const old = new Map(fresh ? [] : [...box.children].map((node) => [node.dataset.ts, node]));
  const nodes = messages.map((message) => {
    const replies = inThread ? [] : repliesTo(message).filter((each) => !each.visible_to);
    const print = JSON.stringify([message, replies.length]);
    const known = old.get(message.ts);
    if (known?.print === print) return known;
    const node = renderMessage(message, { ...state, replies, inThread }, does);
    node.print = print;
    return node;
  });
  const last = nodes.at(-1);
  const grown = last && !old.has(last.dataset.ts);
  arrange(box, nodes);
  box.dataset.shown = shown;
  if (fresh) scroll.scrollTop = inThread && nodes.length < 2 ? 0 : scroll.scrollHeight;
  // A tall message is shown from its first line, where the answer stands.
  else if (grown) last.scrollIntoView({ block: last.offsetHeight > scroll.clientHeight ? "start" : "end" });
}

// Moves nothing that stays: a moved element loses its focus and how far it was scrolled. In a message that
// was drawn anew the focus goes to what had it.
function arrange(box, nodes) {
  const wanted = new Set(nodes);
  const held = box.contains(document.activeElement) ? document.activeElement : null;
  const [ts, action] = [held?.closest("[data-ts]")?.dataset.ts, held?.dataset.action];
  for (const node of [...box.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, at) => box.children[at] === node || box.insertBefore(node, box.children[at] ?? null));
  if (!action || held.isConnected) return;
  const anew = nodes.find((node) => node.dataset.ts === ts);
  anew?.querySelector(`[data-action="${CSS.escape(action)}"]`)?.focus();
}

function showPayload(message) {
  const { channel, visible_to: _, ...own } = message;
  byId("payload-title").textContent = `Payload of ${message.ts} in ${channel}`;
  byId("payload-text").textContent = JSON.stringify(own, null, 2);
  byId("payload").showModal();
}

function heard(news) {
  if (news.kind === "clock") return showClock(news.clock);
  if (news.kind === "view") return showModal(news.view, state.users);
  if (news.kind === "home") return showHome(news.home, { ...state, failed });
  if (news.kind === "prompts") state.prompts[news.channel] = news.prompts;
  else if (news.kind === "channels") state.channels = news.channels;
  else if (news.kind === "gone") state.messages.delete(keyOf(news.message));
  else {
    state.messages.set(keyOf(news.message), news.message);
    if (news.message.channel !== place().channel) state.unread.add(news.message.channel);
  }
  show();
}

async function opened() {
  const found = await load();
  const named = found.channels.map((each) => [each.id, { name: each.name }]);
  const { channels, me, shortcuts, prompts } = found;
  Object.assign(state, { users: { ...found.users, ...Object.fromEntries(named) }, channels, me, shortcuts, prompts });
  if (!location.hash) history.replaceState(null, "", `#/${first()}`);
  state.messages = new Map(found.messages.map((message) => [keyOf(message), message]));
  byId("workspace").textContent = found.workspace;
  byId("me").textContent = `You are ${found.users[found.me].name}`;
  boxes ??= start(found.commands);
  live("live");
  showModal(found.view, state.users);
  showHome(found.home, { ...state, failed });
  showClock(found.clock);
  show();
}

function live(word) {
  byId("live").textContent = word;
  byId("live").dataset.state = word;
}

function start(commands) {
  const hint = rememberHint(byId("hint"), byId("hint-close"));
  const sendHere = (text) => {
    hint.used(text);
    return send(text, place().channel);
  };
  const channel = composer(byId("composer-channel-form"), "composer-channel", commands, sendHere);
  const thread = composer(byId("composer-thread-form"), "composer-thread", commands, (text) =>
    send(text, place().channel, place().thread),
  );
  for (const chip of document.querySelectorAll("[data-fill]")) {
    chip.addEventListener("click", () => channel.fill(chip.dataset.fill));
  }
  return { channel, thread };
}

window.addEventListener("hashchange", show);
byId("back").addEventListener("click", () => go(""));
function closeThread() {
  go(place().channel);
  show();
  boxes.channel.focus();
}

for (const id of ["thread-back", "thread-close"]) byId(id).addEventListener("click", closeThread);
byId("thread").addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && closeThread());
byId("skip").addEventListener("click", (event) => (event.preventDefault(), boxes?.channel.focus()));
byId("payload-close").addEventListener("click", () => byId("payload").close());
byId("payload-copy").addEventListener("click", () => navigator.clipboard.writeText(byId("payload-text").textContent));
rememberTheme(byId("theme"));
listen(opened, heard, () => live("reconnecting"));
