// Which articles may answer: an outlet, a collection, days, and an order, chosen before asking.

import { el, fill, words } from "./dom.js";
import { field } from "./forms.js";
import { request } from "./service.js";

export class Narrowing {
  constructor() {
    this.outlet = el("select", { id: "only-outlet" }, el("option", { value: "" }, "All outlets"));
    this.collection = new CollectionField("only-collection");
    this.since = el("input", { id: "since", type: "date" });
    this.until = el("input", { id: "until", type: "date" });
    this.newest = el("input", { id: "newest", type: "checkbox" });
    this.strict = el("input", { id: "strict", type: "checkbox" });
    this.fields = el(
      "div",
      { class: "fields" },
      this.collection.element,
      field("Outlet", this.outlet),
      field("Since", this.since),
      field("Until", this.until),
      field("Newest first", this.newest),
      field("Only fully supported sentences", this.strict),
    );
    const load = () => (this.loading ??= this.load().finally(() => (this.loading = null)));
    this.element = el(
      "details",
      { class: "narrowing", on: { toggle: load } },
      el("summary", {}, "Narrow the question"),
      this.fields,
    );
  }

  /** The fields of a request; what was not chosen is left to the question. */
  chosen() {
    return {
      filters: {
        outlets: this.outlet.value ? [this.outlet.value] : [],
        since: this.since.value || null,
        until: this.until.value || null,
        collection: this.collection.value || null,
      },
      order: this.newest.checked ? "newest" : null,
      policy: this.strict.checked ? "strict" : null,
    };
  }

  async load() {
    if (this.outlet.options.length > 1) return;
    const [{ outlets }] = await Promise.all([request("GET", "/outlets").catch(() => ({ outlets: [] })), this.collection.load()]);
    this.outlet.append(...outletOptions(outlets));
  }
}

/** A field with the collections that there are; hidden while there are none. */
export class CollectionField {
  constructor(id, chosen = "", change = () => {}) {
    this.every = el("option", { value: "" }, "All articles");
    this.select = el("select", { id, on: { change } }, this.every, chosen && el("option", { value: chosen, selected: true }, words(chosen)));
    this.element = el(
      "div",
      { class: "collection", hidden: !chosen, on: { collectionschange: () => this.load() } },
      field("Collection", this.select),
    );
  }

  get value() {
    return this.select.value;
  }

  /** Offer the collections that there are; the one that was chosen stays chosen, even when it was forgotten. */
  async load() {
    const latest = Symbol("the newest load wins");
    this.latest = latest;
    const collections = await request("GET", "/collections").catch(() => null);
    if (!collections || latest !== this.latest) return;
    const known = collections.find(({ name }) => name.toLowerCase() === this.value.toLowerCase());
    const chosen = known ? known.name : this.value;
    const isForgotten = chosen !== "" && !known;
    const forgotten = isForgotten && el("option", { value: chosen }, words(`${chosen} (forgotten)`));
    fill(this.select, this.every, forgotten, collectionOptions(collections));
    this.select.value = chosen;
    this.element.hidden = !collections.length && !isForgotten;
  }
}

/** Collections with their number of articles, to choose from. */
export function collectionOptions(collections) {
  return collections.map(({ name, articles }) => option(name, articles));
}

/** Outlets with their number of articles, to choose from. */
export function outletOptions(outlets) {
  return outlets.map(({ outlet, articles }) => option(outlet, articles));
}

function option(name, articles) {
  return el("option", { value: name }, words(`${name} (${articles})`));
}
