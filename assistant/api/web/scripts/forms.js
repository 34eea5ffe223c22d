// Forms and their controls.

import { el, words } from "./dom.js";

/** A form under a heading; `send` is called instead of leaving the page. */
export function form(heading, send, ...controls) {
  const submit = async (event) => {
    event.preventDefault();
    const buttons = event.target.querySelectorAll("button:not([type])");
    buttons.forEach((each) => (each.disabled = true));
    await send();
    buttons.forEach((each) => (each.disabled = false));
  };
  return el("form", { on: { submit } }, heading && el("h2", {}, heading), controls);
}

/** A control with its label. */
export function field(label, control) {
  return el("p", { class: "field" }, el("label", { for: control.id }, label), control);
}

/** The button that sends a form. */
export function button(label) {
  return el("p", {}, el("button", {}, label));
}

/** A quiet button for one of several things; a screen reader hears which of them. */
export function action(label, name, click) {
  return el("button", { type: "button", class: "quiet", on: { click } }, label, el("span", { class: "unseen" }, " ", words(name)));
}
