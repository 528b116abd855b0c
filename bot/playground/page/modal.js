// The modal that the bot has opened: its blocks, what is wrong in them, and the buttons below.

import { closeModal, fill, submitModal } from "./api.js";
import { byId } from "./dom.js";
import { blockOf } from "./fields.js";

let shown = null;

// Shows the view, or nothing where it is null; `users` gives names to ids.
export function showModal(news, users) {
  const dialog = byId("modal");
  if (!news) {
    shown = null;
    return dialog.close();
  }
  const fresh = shown?.id !== news.id;
  shown = news;
  byId("modal-title").textContent = news.view.title.text;
  byId("modal-cancel").textContent = news.view.close?.text ?? "Cancel";
  byId("modal-submit").textContent = news.view.submit?.text ?? "";
  byId("modal-submit").hidden = !news.view.submit;
  if (fresh) byId("modal-trouble").hidden = true;
  draw(byId("modal-body"), news, users, fresh);
  if (!dialog.open) dialog.showModal();
  if (fresh) byId("modal-body").querySelector("input, select, textarea")?.focus();
  else if (Object.keys(news.errors).length) dialog.querySelector("[aria-invalid]")?.focus();
}

// A block that stays keeps its element, and with it focus and whatever is half typed in it.
function draw(body, { view, values, errors }, users, fresh) {
  const old = new Map(fresh ? [] : [...body.children].map((node) => [node.print, node]));
  const nodes = view.blocks.map((block) => {
    const error = errors[block.block_id];
    const print = JSON.stringify([block, error], (key, value) => (key.startsWith("initial_") ? undefined : value));
    const node = old.get(print) ?? blockOf(block, values[block.block_id], error, users, told);
    node.print = print;
    return node;
  });
  for (const node of [...body.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, at) => body.children[at] === node || body.insertBefore(node, body.children[at] ?? null));
}

// What a field is told while the modal closes has nowhere to go, and nobody to hear of that.
function told(...what) {
  return fill(...what).catch((error) => shown && trouble(error.message));
}

async function submit(event) {
  event.preventDefault();
  const answer = await submitModal();
  trouble(answer.ok ? "" : `The bot did not take it (${answer.failure}). Try again.`);
}

function trouble(text) {
  byId("modal-trouble").hidden = !text;
  byId("modal-trouble").textContent = text;
}

byId("modal-form").addEventListener("submit", submit);
byId("modal-cancel").addEventListener("click", () => byId("modal").close());
byId("modal-close").addEventListener("click", () => byId("modal").close());
// Escape, Cancel and × all end here; where the bot closed it there is nothing left to tell.
byId("modal").addEventListener("close", () => shown && closeModal());
