// Forms and their controls.

import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";

/** A form under a heading; `send` is called instead of leaving the page. If it fails, the form says why and stays as it was. */
export function form(heading, send, ...controls) {
  const problem = el("div", {});
  const submit = async (event) => {
    event.preventDefault();
    const focused = document.activeElement;
    const buttons = event.target.querySelectorAll("button:not([type])");
    buttons.forEach((each) => (each.disabled = true));
    fill(problem);
    await send().catch((error) => fill(problem, failure(error)));
    buttons.forEach((each) => (each.disabled = false));
    if (document.activeElement === document.body) focused.focus();
  };
  return el("form", { on: { submit } }, heading && el("h2", {}, heading), controls, problem);
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
