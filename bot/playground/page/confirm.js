// The question that an element asks before it does something: a dialog with two buttons.

import { el, freshId } from "./dom.js";
import { plain } from "./mrkdwn.js";

// Whether the person agreed.
export function confirmed({ title, text, confirm, deny, style }) {
  const id = freshId("confirm");
  const close = (value) => () => dialog.close(value);
  const look = style === "danger" ? "button danger" : "button primary";
  const dialog = el(
    "dialog",
    { class: "confirm", "aria-labelledby": id },
    el("h2", { id }, plain(title.text)),
    el("p", {}, plain(text.text)),
    el(
      "footer",
      { class: "modal-foot" },
      el("button", { type: "button", class: "button", onclick: close("") }, plain(deny.text)),
      el("button", { type: "button", class: look, onclick: close("yes") }, plain(confirm.text)),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    }),
  );
}
