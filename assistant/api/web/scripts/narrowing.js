// Which articles may answer: an outlet, a collection, days, and an order, chosen before asking.

import { el, fill, words } from "./dom.js";
import { field } from "./forms.js";
import { request } from "./service.js";

export class Narrowing {
  constructor() {
    this.outlet = el("select", { id: "only-outlet" }, el("option", { value: "" }, "All outlets"));
    this.collection = el("select", { id: "only-collection" }, el("option", { value: "" }, "All articles"));
    this.since = el("input", { id: "since", type: "date" });
    this.until = el("input", { id: "until", type: "date" });
    this.newest = el("input", { id: "newest", type: "checkbox" });
    this.strict = el("input", { id: "strict", type: "checkbox" });
    this.fields = el(
      "div",
      { class: "fields" },
      field("Outlet", this.outlet),
      field("Since", this.since),
      field("Until", this.until),
      field("Newest first", this.newest),
      field("Only fully supported sentences", this.strict),
    );
    this.collections = field("Collection", this.collection);
    const load = () => (this.loading ??= this.load().finally(() => (this.loading = null)));
    this.element = el(
      "details",
      { class: "narrowing", on: { toggle: load, collectionschange: () => this.loadCollections() } },
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
    const [{ outlets }] = await Promise.all([request("GET", "/outlets").catch(() => ({ outlets: [] })), this.loadCollections()]);
    this.outlet.append(...outletOptions(outlets));
  }

  /** Offer the collections that there are; the one that was chosen stays chosen, even when it was forgotten. */
  async loadCollections() {
    const latest = Symbol("the newest load wins");
    this.latest = latest;
    const collections = await request("GET", "/collections").catch(() => null);
    if (!collections || latest !== this.latest) return;
    const [every] = this.collection.options;
    const chosen = this.collection.value;
    const isForgotten = chosen !== "" && !collections.some(({ name }) => name === chosen);
    const forgotten = isForgotten && el("option", { value: chosen }, words(`${chosen} (forgotten)`));
    fill(this.collection, every, forgotten, collectionOptions(collections));
    this.collection.value = chosen;
    if (!collections.length && !isForgotten) this.collections.remove();
    else if (!this.collections.isConnected) this.fields.prepend(this.collections);
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
