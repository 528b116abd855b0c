// Slack's mrkdwn as DOM: *bold* _italic_ ~strike~ `code`, quotes, links, mentions, a few emoji.

import { el } from "./dom.js";

const EMOJI = {
  arrow_down: "↓", arrow_right: "→", arrow_up: "↑", bar_chart: "📊", bulb: "💡", calendar: "📅",
  chart_with_downwards_trend: "📉", chart_with_upwards_trend: "📈", information_source: "ℹ️", lock: "🔒",
  mag: "🔍", page_facing_up: "📄", speech_balloon: "💬", tada: "🎉", warning: "⚠️", wave: "👋",
  white_check_mark: "✅", x: "❌",
};
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    "(?<![\\w*])\\*(?<bold>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*(?![\\w*])",
    "(?<![\\w_])_(?<italic>[^\\s_](?:[^_\\n]*[^\\s_])?)_(?![\\w_])",
    "(?<![\\w~])~(?<strike>[^\\s~](?:[^~\\n]*[^\\s~])?)~(?![\\w~])",
    ":(?<emoji>[a-z0-9_+-]+):",
    "(?<line>\\n)",
  ].join("|"),
  "g",
);

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export function emoji(name) {
  return EMOJI[name] ?? `:${name}:`;
}

// Plain text: nothing is formatted, names of emoji aside.
export const plain = (words) => words.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));

export function link(url, ...label) {
  const safe = /^(https?|mailto):/i.test(url);
  return safe ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...label) : el("span", {}, ...label);
}

export function mention(name) {
  return el("span", { class: "mention" }, `@${name}`);
}

// The nodes for a mrkdwn text; `users` gives names to ids.
export function mrkdwn(text, users) {
  const parts = text.split(/```\n?([\s\S]*?)```/);
  return parts.flatMap((part, index) =>
    index % 2 ? [el("pre", { tabindex: "0" }, unescape(part.replace(/\n$/, "")))] : quotes(part, users),
  );
}

function quotes(text, users) {
  const nodes = [];
  for (const run of runs(text.split("\n"))) {
    const words = inline(run.lines.join("\n"), users);
    if (run.quoted) nodes.push(el("blockquote", {}, ...words));
    else nodes.push(...words);
    if (!run.quoted && !run.last && !run.beforeQuote) nodes.push(el("br"));
  }
  return nodes;
}

// Lines in runs of quoted and plain ones.
function runs(lines) {
  const found = [];
  for (const line of lines) {
    const quoted = /^&gt; ?/.test(line);
    const last = found.at(-1);
    const words = quoted ? line.replace(/^&gt; ?/, "") : line;
    if (last?.quoted === quoted) last.lines.push(words);
    else found.push({ quoted, lines: [words] });
  }
  return found.map((run, at) => ({ ...run, last: at === found.length - 1, beforeQuote: found[at + 1]?.quoted }));
}

function inline(text, users) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) nodes.push(unescape(text.slice(end, match.index)));
    nodes.push(styled(match.groups, users));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push(unescape(text.slice(end)));
  return nodes;
}

function styled({ code, angle, bold, italic, strike, emoji: name, line }, users) {
  if (code) return el("code", {}, unescape(code));
  if (angle) return bracketed(angle, users);
  if (bold) return el("strong", {}, ...inline(bold, users));
  if (italic) return el("em", {}, ...inline(italic, users));
  if (strike) return el("s", {}, ...inline(strike, users));
  if (name) return emoji(name);
  return line && el("br");
}

const DATE_PARTS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { hour: "2-digit", minute: "2-digit" },
};

// A moment on the reader's own clock; what is meant for others stands in the title.
function date(seconds, format, fallback) {
  const when = new Date(Number(seconds) * 1000);
  const words = format.replace(/\{(\w+?)(?:_pretty)?\}/g, (all, part) =>
    part === "time" ? when.toLocaleTimeString([], DATE_PARTS.time) : DATE_PARTS[part] ? when.toLocaleDateString([], DATE_PARTS[part]) : all,
  );
  return el("time", { datetime: when.toISOString(), title: unescape(fallback ?? "") }, words);
}

// <@U1>, <#C1|name>, <!here>, <!date^…|fallback>, <address|label>
function bracketed(text, users) {
  const [target, label] = text.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(users[target.slice(1)]?.name ?? label ?? target.slice(1));
  if (target.startsWith("#")) return el("span", { class: "mention" }, `#${label ?? users[target.slice(1)]?.name ?? target.slice(1)}`);
  if (target.startsWith("!date^")) return date(...target.split("^").slice(1, 3), label);
  if (target.startsWith("!")) return mention(label ?? target.slice(1));
  return link(unescape(target), unescape(label ?? target));
}
