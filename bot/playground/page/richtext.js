// Slack's rich_text block as DOM.

import { el, refused } from "./dom.js";
import { emoji, link, mention } from "./mrkdwn.js";

const SECTIONS = {
  rich_text_section: (part, users) => el("div", { class: "rich" }, ...pieces(part.elements, users)),
  rich_text_preformatted: (part, users) => el("pre", { tabindex: "0" }, ...pieces(part.elements, users)),
  rich_text_quote: (part, users) => el("blockquote", {}, ...pieces(part.elements, users)),
  rich_text_list: list,
};
const PIECES = {
  text: (piece) => piece.text,
  link: (piece) => link(piece.url, piece.text ?? piece.url),
  emoji: (piece) => piece.unicode ? String.fromCodePoint(...piece.unicode.split("-").map((hex) => parseInt(hex, 16))) : emoji(piece.name),
  user: (piece, users) => mention(users[piece.user_id]?.name ?? piece.user_id),
  channel: (piece) => el("span", { class: "mention" }, `#${piece.channel_id}`),
};
const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

export function richText(block, users) {
  return block.elements.map((part) => (SECTIONS[part.type] ?? unknown)(part, users));
}

function list(part, users) {
  const ordered = part.style === "ordered";
  const start = ordered && part.offset ? part.offset + 1 : undefined;
  const lines = part.elements.map((item) => el("li", {}, ...pieces(item.elements, users)));
  return el(ordered ? "ol" : "ul", { class: `rich-list indent-${part.indent ?? 0}`, start }, ...lines);
}

function pieces(elements, users) {
  return elements.flatMap((piece) => {
    if (!PIECES[piece.type]) return [unknown(piece)];
    return [dressed(PIECES[piece.type](piece, users), piece.style ?? {})];
  });
}

function dressed(content, style) {
  return Object.keys(STYLES).reduce((inner, name) => (style[name] ? el(STYLES[name], {}, inner) : inner), content);
}

const unknown = (part) => refused(`the rich text element “${part.type}”`);
