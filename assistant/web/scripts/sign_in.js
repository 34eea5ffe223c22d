// The dialog that asks for the service's token, once however many requests wait for it.

import { el } from "./dom.js";
import { keepToken, token } from "./session.js";

let asking = null;

/** Resolves when a token was given. Rejects like an aborted request when the reader declines. */
export function askForToken(reason) {
  asking ??= dialog(reason, token() !== "").finally(() => (asking = null));
  return asking;
}

function dialog(reason, refused) {
  const input = el("input", { id: "token", type: "password", autocomplete: "off", required: true });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "sign-in" }, "The service asks for its token"),
    el("p", {}, refused ? "That token was not accepted." : `${reason[0].toUpperCase()}${reason.slice(1)}.`),
    el("p", { class: "muted" }, "On the service’s machine ", el("code", {}, "dateline web"), " opens this page with it."),
    el("label", { for: "token" }, "Token"),
    input,
    el(
      "p",
      { class: "buttons" },
      el("button", { value: "given" }, "Continue"),
      el("button", { value: "", formnovalidate: true, class: "quiet" }, "Cancel"),
    ),
  );
  const box = el("dialog", { "aria-labelledby": "sign-in" }, form);
  document.body.append(box);
  box.showModal();
  return new Promise((resolve, reject) => {
    box.addEventListener("close", () => {
      box.remove();
      if (box.returnValue !== "given") return reject(new DOMException("no token was given", "AbortError"));
      keepToken(input.value.trim());
      resolve();
    });
  });
}
