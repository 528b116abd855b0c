// The one way this page makes elements: text goes in as text, never as markup.

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function svg(tag, properties, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

let given = 0;
// An id that no other element of this page has.
export const freshId = (prefix) => `${prefix}-${(given += 1)}`;

export const byId = (id) => document.getElementById(id);

// What this page cannot show is said aloud in place, so that nothing the bot sends is lost unseen.
export function refused(what) {
  console.error(`This page cannot show ${what}.`);
  return el("div", { class: "refused", role: "alert" }, `This page cannot show ${what}. Open the payload to see it.`);
}
