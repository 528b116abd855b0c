// The list of channels and conversations.

import { byId, el } from "./dom.js";

const GROUPS = [["Channels", (each) => !each.is_im], ["Apps", (each) => each.is_im]];

// Draws the list anew only where something in it has changed, so that focus stays.
export function showRail(channels, unread, current) {
  const print = JSON.stringify([current, channels, [...unread]]);
  if (byId("channels").print === print) return;
  byId("channels").print = print;
  const lines = GROUPS.flatMap(([title, belongs]) => [
    el("li", { class: "group" }, title),
    ...channels.filter(belongs).map((each) => line(each, each.id === current, unread.has(each.id))),
  ]);
  byId("channels").replaceChildren(...lines);
}

function line(channel, isCurrent, isUnread) {
  const lock = el("img", { src: "lock.svg", alt: "", width: "13", height: "13" });
  const sign = channel.is_im ? "●" : channel.is_private ? lock : "#";
  return el(
    "li",
    {},
    el(
      "a",
      { href: `#/${channel.id}`, "aria-current": isCurrent ? "page" : undefined, class: isUnread ? "unread" : "" },
      el("span", { class: "sign", "aria-hidden": "true" }, sign),
      el("span", { class: "name" }, channel.name),
      channel.is_ext_shared ? el("span", { class: "mark" }, "shared") : null,
      channel.has_bot ? null : el("span", { class: "mark" }, "no bot"),
      isUnread ? el("span", { class: "sr-only" }, " (new messages)") : null,
    ),
  );
}
