// The message box: Enter sends, "/" offers the slash commands.

import { el } from "./dom.js";

// Fills the form; `send(text)` returns a promise. Gives { setLabel, fill, focus }.
export function composer(form, id, commands, send) {
  const label = el("label", { class: "sr-only", for: id });
  const menu = el("ul", { class: "menu", id: `${id}-menu`, role: "listbox", "aria-label": "Slash commands", hidden: true });
  const usage = el("p", { class: "usage", "aria-live": "polite" });
  const failure = el("p", { class: "failure", role: "alert", hidden: true });
  const box = el("textarea", {
    id, rows: "1", maxlength: "4000", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": menu.id,
  });
  const button = el("button", { type: "submit", class: "send", "aria-label": "Send" }, "Send");
  form.append(menu, failure, label, el("div", { class: "box" }, box, button), usage);

  let chosen = 0;
  const offered = () => (/^\/\S*$/.test(box.value) ? commands.filter((each) => each.command.startsWith(box.value)) : []);

  function refresh() {
    box.style.height = "auto";
    if (box.scrollHeight) box.style.height = `${box.scrollHeight}px`; // nothing is measured while hidden
    button.disabled = !box.value.trim();
    const used = commands.find((each) => box.value.startsWith(`${each.command} `));
    usage.textContent = used ? `${used.command} ${used.hint}` : "";
    showMenu(offered());
  }

  function showMenu(options) {
    chosen = Math.min(chosen, Math.max(options.length - 1, 0));
    menu.replaceChildren(...options.map(option));
    menu.hidden = !options.length;
    if (menu.hidden) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `${id}-option-${chosen}`);
  }

  function option(each, at) {
    const pick = (event) => (event.preventDefault(), complete(each));
    return el(
      "li",
      { role: "option", id: `${id}-option-${at}`, "aria-selected": String(at === chosen), onmousedown: pick },
      el("strong", {}, each.command),
      el("span", { class: "option-hint" }, ` ${each.hint}`),
      el("span", { class: "option-text" }, each.description),
    );
  }

  function complete(each) {
    fill(`${each.command} `);
  }

  function fill(text) {
    box.value = text;
    refresh();
    box.focus();
    box.setSelectionRange(text.length, text.length);
  }

  async function submit() {
    const text = box.value.trim();
    if (!text) return;
    fill("");
    failure.hidden = true;
    try {
      await send(text);
    } catch (error) {
      failure.textContent = `Not sent: ${error.message}.`;
      failure.hidden = false;
      if (!box.value) fill(text);
    }
  }

  function key(event) {
    const options = menu.hidden ? [] : offered();
    if (options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
      showMenu(options);
    } else if (options.length && (event.key === "Tab" || event.key === "Enter")) complete(options[chosen]);
    else if (options.length && event.key === "Escape") showMenu([]);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit();
    else return;
    event.preventDefault();
  }

  box.addEventListener("input", refresh);
  box.addEventListener("keydown", key);
  box.addEventListener("blur", () => showMenu([]));
  form.addEventListener("submit", (event) => (event.preventDefault(), submit()));
  refresh();
  return {
    fill,
    focus: () => box.focus(),
    setLabel(words) {
      label.textContent = words;
      box.placeholder = words;
    },
  };
}
