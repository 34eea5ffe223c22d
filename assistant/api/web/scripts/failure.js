// What went wrong, and what to do about it.

import { announce, el, words } from "./dom.js";

export function isAbort(error) {
  return error.name === "AbortError";
}

/** A failed request in words; a way to try again where one is given. */
export function failure(error, again = null) {
  const { message, hint } = isAbort(error) ? { message: "stopped", hint: "" } : error;
  announce(message);
  if (!("code" in error)) console.error(error);
  return el(
    "p",
    { class: "failure" },
    words(message[0].toUpperCase() + message.slice(1)),
    ". ",
    hint && words(`${hint[0].toUpperCase()}${hint.slice(1)}. `),
    again && el("button", { type: "button", class: "quiet", on: { click: again } }, "Try again"),
  );
}
