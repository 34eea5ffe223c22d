// The filter and order that were understood, each as a chip that can be taken off.

import { el, words } from "./dom.js";
import { collectionOf, dates } from "./wording.js";

/** Chips, or nothing where nothing was narrowed. `retake` gets the filters and the order that are left. */
export function filterChips({ filters, order }, retake) {
  const chips = [
    ...filters.outlets.map((outlet) => ({ label: outlet, left: { filters: without(filters, outlet), order } })),
    filters.collection && { label: collectionOf(filters), left: { filters: { ...filters, collection: null }, order } },
    dates(filters) && { label: dates(filters), left: { filters: { ...filters, since: null, until: null }, order } },
    order === "newest" && { label: "newest first", left: { filters, order: "relevance" } },
  ].filter(Boolean);
  if (!chips.length) return null;
  return el("ul", { class: "chips", "aria-label": "Filter of this answer" }, chips.map((each) => el("li", {}, chip(each, retake))));
}

function chip({ label, left }, retake) {
  return el(
    "button",
    { type: "button", class: "chip", title: "Take this off and ask again", on: { click: () => retake(left) } },
    el("span", { class: "unseen" }, "Take off the filter: "),
    words(label),
    el("span", { "aria-hidden": "true", class: "cross" }, "×"),
  );
}

function without(filters, outlet) {
  return { ...filters, outlets: filters.outlets.filter((each) => each !== outlet) };
}
