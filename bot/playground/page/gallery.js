// The gallery: each specimen three times, in light, in dark, and as wide as a phone.

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
  for (const [group, specimens] of groups) hang(group, specimens, found);
  byId("rooms").setAttribute("aria-busy", "false");
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

function hang(group, specimens, found) {
  const id = slug(group);
  byId("contents").append(el("a", { href: `#${id}` }, group));
  const title = el("h2", { id }, group);
  byId("rooms").append(el("section", { class: "room", "aria-labelledby": id }, title, ...specimens.map((each) => exhibit(each, found))));
}

function exhibit(specimen, found) {
  const id = slug(`${specimen.group} ${specimen.name}`);
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
  const body = view.blocks.map((block) => blockOf(block, values[block.block_id], null, users, nothing, me));
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
