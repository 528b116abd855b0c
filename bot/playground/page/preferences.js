// What a person chose, kept in this browser.

const THEMES = { auto: "◐", light: "☀", dark: "☾" };

export function rememberTheme(button) {
  const names = Object.keys(THEMES);
  let current = names.includes(localStorage.theme) ? localStorage.theme : "auto";
  const apply = () => {
    document.documentElement.dataset.theme = current;
    button.textContent = THEMES[current];
    button.setAttribute("aria-label", `Colours: ${current}`);
    button.title = `Colours: ${current}`;
  };
  button.addEventListener("click", () => {
    current = names[(names.indexOf(current) + 1) % names.length];
    localStorage.theme = current;
    apply();
  });
  apply();
}

// The first-run hint goes once it was followed or closed.
export function rememberHint(hint, close) {
  const hide = () => {
    localStorage.hint = "seen";
    hint.hidden = true;
  };
  hint.hidden = localStorage.hint === "seen";
  close.addEventListener("click", hide);
  return { used: (text) => text.startsWith("/alumina") && hide() };
}
