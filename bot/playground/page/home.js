// The app's own place: its home tab beside its messages, and the prompts it offers there.

import { openHome, press } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { byId, el } from "./dom.js";

let shown = null;

// The tabs above a conversation with the app; `tab` is "home" or "messages".
export function showTabs(channel, tab) {
  byId("tabs").hidden = !channel.is_im;
  byId("home").hidden = tab !== "home";
  byId("channel-scroll").hidden = tab === "home";
  byId("channel-foot").hidden = tab === "home";
  for (const name of ["home", "messages"]) {
    const link = byId(`tab-${name}`);
    link.href = `#/${channel.id}${name === "home" ? "/home" : ""}`;
    if (name === tab) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const place = channel.is_im ? `${channel.id} ${tab}` : null;
  if (place && place !== shown) openHome(tab);
  shown = place;
}

// What the app has published, or that it has not yet.
export function showHome(home, { users, me, failed }) {
  const context = { users, me, press: (actionId, value) => failed(press({ actionId, value })) };
  const blocks = home?.view.blocks ?? [];
  const nothing = el("p", { class: "empty" }, "Alumina has put nothing here yet.");
  byId("home-body").replaceChildren(...(blocks.length ? renderBlocks(blocks, context) : [nothing]));
}

export function showPrompts(prompts, send) {
  const chips = prompts.map((each) => el("button", { type: "button", class: "chip", onclick: () => send(each.message) }, each.title));
  byId("prompts").replaceChildren(...chips);
  byId("prompts").hidden = !chips.length;
}
