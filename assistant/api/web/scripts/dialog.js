// Questions to the reader in a dialog of the page.

import { el } from "./dom.js";
import { form } from "./forms.js";

/** A form in a modal dialog. Resolves with whether it was sent; `action` names the button that sends it. */
export function dialog(title, action, ...body) {
  return sending(async () => {}, title, action, ...body);
}

/** A form in a modal dialog, sent by `send`. While that runs nothing closes the dialog; if it fails, the form says why. */
export function sending(send, title, action, ...body) {
  const sent = async () => {
    hold(true);
    await send().finally(() => hold(false));
    box.close("sent");
  };
  const hold = (held) => {
    cancel.disabled = held;
    box.closedBy = held ? "none" : "closerequest"; // Chrome lets a second Escape close it, whatever `cancel` says
  };
  const cancel = el("button", { type: "button", class: "quiet", on: { click: () => box.close() } }, "Cancel");
  const buttons = el("p", { class: "buttons" }, el("button", {}, action), cancel);
  const box = el(
    "dialog",
    { "aria-label": title, on: { cancel: (event) => cancel.disabled && event.preventDefault() } },
    form(title, sent, body, buttons),
    el("p", { class: "unseen", role: "status" }),
  );
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
