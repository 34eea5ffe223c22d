// Questions to the reader in a dialog of the page.

import { el } from "./dom.js";

/** A form in a modal dialog. Resolves with whether it was sent; `action` names the button that sends it. */
export function dialog(title, action, ...body) {
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "dialog-title" }, title),
    body,
    el(
      "p",
      { class: "buttons" },
      el("button", { value: "sent" }, action),
      el("button", { value: "", formnovalidate: true, class: "quiet" }, "Cancel"),
    ),
  );
  const box = el("dialog", { "aria-labelledby": "dialog-title" }, form);
  document.body.append(box);
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "sent");
    });
  });
}

/** A line from the reader; null when the dialog was cancelled. `kind` holds attributes of its input. */
export async function asked(title, action, label, value = "", kind = { maxlength: 200 }, ...body) {
  const input = el("input", { id: "dialog-input", value, autocomplete: "off", ...kind });
  const sent = await dialog(title, action, body, el("label", { for: input.id }, label), input);
  return sent ? input.value.trim() : null;
}
