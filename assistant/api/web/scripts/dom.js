// Elements are made here and nowhere else. Strings become text, never markup: titles, texts and answers are hostile.

/**
 * An element. `on` holds listeners; an attribute that is null or false is left out, true is set without a value.
 * Children are nodes or strings, nested as they come; null, false and "" are left out.
 */
export function el(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...present(children));
  return element;
}

/** Replace what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/** Words from outside, kept from reordering what stands beside them. */
export function words(text) {
  return el("bdi", {}, text);
}

/** Nodes with a separator between them: "a · b · c". */
export function joined(children, separator = " · ") {
  return present(children).flatMap((child, place) => (place ? [separator, child] : [child]));
}

/** A link to another site, with its host as the text; nothing for what is no web address. */
export function outside(address, text) {
  const url = webAddress(address);
  if (!url) return null;
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow", class: "outside" }, text ?? url.host);
}

/** Tell a screen reader. While a dialog is open, only what is in it is heard. */
export function announce(message) {
  const regions = document.querySelectorAll("#announcement, dialog > [role=status]");
  regions[regions.length - 1].textContent = message;
}

function webAddress(address) {
  const url = URL.canParse(address ?? "") ? new URL(address) : null;
  return url && ["http:", "https:"].includes(url.protocol) ? url : null;
}

function present(children) {
  return children.flat(Infinity).filter((child) => ![null, undefined, false, ""].includes(child));
}
