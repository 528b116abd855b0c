// The gallery: an index of kinds, then one kind at a time; each specimen in light, in dark, and as wide as a phone.

import { renderBlocks } from "./blocks.js";
import { byId, el, freshId } from "./dom.js";
import { blockOf } from "./fields.js";
import { renderMessage } from "./message.js";

const LOOKS = { light: "Light", dark: "Dark", phone: "Phone, 390 pixels" };
const NOON = "1795608000.000000"; // 25 November 2026
const KINDS = { message, modal, home };
const nothing = async () => {};
const LANGUAGE = new URLSearchParams(location.search).get("language") === "zh" ? "zh" : "en";
const TAG = { en: "en", zh: "zh-CN" };

async function open() {
  const response = await fetch("page/gallery");
  const found = await response.json();
  const groups = Map.groupBy(found.specimens.filter((each) => each.language === LANGUAGE), (each) => each.group);
  byId("contents").append(...[...groups.keys()].map((group) => el("a", { href: `#${slug(group)}` }, group)));
  byId("index").append(...[...groups].map(([group, specimens]) => kind(group, specimens)));
  const show = () => showRoom(groups, found);
  window.addEventListener("hashchange", show);
  show();
  byId("rooms").setAttribute("aria-busy", "false");
}

// A kind of the index, with a link to each of its messages.
function kind(group, specimens) {
  const links = specimens.map((each) => el("li", {}, el("a", { href: `#${idOf(each)}` }, each.name)));
  return el("section", { class: "kind" }, el("h2", {}, el("a", { href: `#${slug(group)}` }, group)), el("ul", {}, ...links));
}

// What the address names: the room of a kind, at one of its messages; nothing of them is the index.
function showRoom(groups, found) {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const shown = [...groups].find(([group, each]) => slug(group) === wanted || each.some((one) => idOf(one) === wanted));
  byId("index").hidden = Boolean(shown);
  for (const link of byId("contents").children) {
    if (shown && link.getAttribute("href") === `#${slug(shown[0])}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  byId("rooms").replaceChildren(...(shown ? [room(...shown, found)] : []));
  if (shown) document.getElementById(wanted).scrollIntoView();
}

function room(group, specimens, found) {
  const id = slug(group);
  return el("section", { class: "room", "aria-labelledby": id }, el("h2", { id }, group), ...specimens.map((each) => exhibit(each, found)));
}

const idOf = (specimen) => slug(`${specimen.group} ${specimen.name}`);

function exhibit(specimen, found) {
  const id = idOf(specimen);
  const { message, view } = specimen;
  const payload = message ? { text: message.text, blocks: message.blocks } : view;
  const raw = el("details", { class: "payload" }, el("summary", {}, "Payload"));
  const written = () => raw.append(el("pre", { tabindex: "0" }, JSON.stringify(payload, null, 2)));
  raw.addEventListener("toggle", written, { once: true });
  return el(
    "article",
    { class: "exhibit", id, "data-name": specimen.name, "aria-labelledby": `${id}-name` },
    el("header", {}, el("h3", { id: `${id}-name` }, specimen.name), specimen.asked ? el("q", { lang: TAG[specimen.language] }, specimen.asked) : null, raw),
    el("div", { class: "frames" }, ...Object.keys(LOOKS).map((look) => frame(look, specimen, found))),
  );
}

function frame(look, specimen, found) {
  const theme = look === "phone" ? undefined : look;
  return el(
    "div",
    { class: `frame ${look}`, "data-look": look, "data-theme": theme },
    el("p", { class: "look" }, LOOKS[look]),
    el("div", { class: "glass", lang: TAG[specimen.language] }, KINDS[specimen.kind](specimen, found)),
  );
}

function message({ message: said }, { users, bot, me }) {
  const does = { openThread: nothing, showPayload: nothing, press: nothing, shortcut: nothing };
  const shown = { ts: NOON, user: bot, ...said };
  return el("ol", { class: "messages" }, renderMessage(shown, { users, me, shortcuts: [], replies: [], inThread: true, level: 4 }, does));
}

function modal({ view, values }, { users, me }) {
  const id = freshId("modal");
  const buttons = [view.close && el("button", { type: "button", class: "button" }, view.close.text)];
  if (view.submit) buttons.push(el("button", { type: "button", class: "button primary" }, view.submit.text));
  const body = view.blocks.map((block) => blockOf(block, values[block.block_id], null, users, nothing, me, 5));
  return el(
    "div",
    { class: "sheet", role: "group", "aria-labelledby": id },
    el("div", { class: "pane-head" }, el("h4", { id }, view.title.text)),
    el("div", { class: "modal-body" }, ...body),
    el("div", { class: "modal-foot" }, ...buttons.filter(Boolean)),
  );
}

function home({ view }, { users, me }) {
  return el("div", { class: "home" }, el("div", { class: "body" }, ...renderBlocks(view.blocks, { users, me, press: nothing, level: 4 })));
}

const slug = (words) => words.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

// Any of the three looks can be left out; never all of them.
function look(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const on = [...byId("switch").children].filter((each) => each.getAttribute("aria-pressed") === "true");
  const pressed = button.getAttribute("aria-pressed") === "true";
  if (pressed && on.length === 1) return;
  button.setAttribute("aria-pressed", String(!pressed));
  document.body.classList.toggle(`no-${button.value}`, pressed);
}

if (LANGUAGE === "zh") byId("other").replaceWith(el("a", { href: "?", lang: "en", id: "other" }, "In English"));
byId("switch").addEventListener("click", look);
open();
