// The service's token: asked for once, however many requests wait for it.

import { dialog } from "./dialog.js";
import { el } from "./dom.js";
import { keepToken, token } from "./session.js";

let asking = null;

/** Resolves when a token was given. Rejects like an aborted request when the reader declines. */
export function askForToken(reason) {
  asking ??= ask(reason, token() !== "").finally(() => (asking = null));
  return asking;
}

async function ask(reason, refused) {
  const input = el("input", { id: "token", type: "password", autocomplete: "off", required: true });
  const given = await dialog(
    "The service asks for its token",
    "Continue",
    el("p", {}, refused ? "That token was not accepted." : `${reason[0].toUpperCase()}${reason.slice(1)}.`),
    el("p", { class: "muted" }, "On the service’s machine ", el("code", {}, "dateline web"), " opens this page with it."),
    el("label", { for: "token" }, "Token"),
    input,
  );
  if (!given) throw new DOMException("no token was given", "AbortError");
  keepToken(input.value.trim());
}
