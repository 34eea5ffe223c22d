// Changes of collections, and the button that adds an article to one.

import { sending } from "./dialog.js";
import { announce, el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { action, field } from "./forms.js";
import { collectionOptions } from "./narrowing.js";
import { query, request } from "./service.js";
import { counted } from "./wording.js";

/** What the name of a collection may be. */
export const NAME = { maxlength: 100, required: true };

let newest = null;

/** Add members to a collection, which is made where there is none, and take others out. */
export async function changeCollection(name, members = {}) {
  const collection = await request("POST", "/collections", { json: { name, ...members } });
  collectionsChanged(said(collection));
  return collection;
}

/** Forget a collection; its articles stay. */
export async function removeCollection(name) {
  await request("DELETE", `/collections${query({ name })}`);
  collectionsChanged("Forgotten; its articles stay");
}

/** A quiet button that adds an article to a collection, and beside it what came of that. */
export function collecting(id, title) {
  const outcome = el("span", { class: "muted" });
  const add = async () => {
    fill(outcome);
    const click = Symbol("the newest click wins");
    newest = click;
    try {
      const collections = await request("GET", "/collections");
      if (click !== newest || !outcome.isConnected) return;
      const collection = await added({ kind: "article", value: id }, title, collections);
      if (!collection) return;
      fill(outcome, words(`Added to ${said(collection)}`));
      announce(outcome.textContent);
    } catch (error) {
      fill(outcome, failure(error));
    }
  };
  return [action("Add to a collection…", title, add), outcome];
}

/** The collection that a member was added to; null where the dialog was cancelled. */
async function added(member, title, collections) {
  const name = el("input", { id: "new-collection", autocomplete: "off", ...NAME });
  const named = el("div", {}, field("Name of the new collection", name));
  const choose = () => (named.hidden = name.disabled = chosen.value !== "");
  const chosen = el(
    "select",
    { id: "into", on: { change: choose } },
    collectionOptions(collections),
    el("option", { value: "" }, "A new collection"),
  );
  choose();
  let changed = null;
  const send = async () => (changed = await changeCollection(chosen.value || name.value, { add: [member] }));
  await sending(send, "Add to a collection", "Add", el("p", {}, words(title)), collections.length > 0 && field("Collection", chosen), named);
  return changed;
}

/** Tell a screen reader, and the parts of the page that show collections. */
function collectionsChanged(change) {
  announce(change);
  for (const part of document.querySelectorAll(".collection, .collections")) part.dispatchEvent(new CustomEvent("collectionschange"));
}

function said({ name, articles }) {
  return `${name} · ${counted(articles, "article")}`;
}
