// A list that is searched as the reader types, and grows a page at a time.

import { el, fill } from "./dom.js";
import { failure } from "./failure.js";
import { field } from "./forms.js";
import { rename } from "./places.js";
import { query } from "./service.js";

const PAUSE_MS = 250;
export const PAGE = 50;

/**
 * What all such lists share. A kind of list says what narrows it, in `values()`, which stands in the address, and loads
 * its next page in `next()`: its `rows`, the `cursor` of the page after it if there is one, and a `summary` of the whole.
 */
export class Listing {
  constructor(view, heading, label, settings) {
    this.view = view;
    this.q = el("input", { id: "q", type: "search", value: settings.get("q") ?? "", on: { input: () => this.changed() } });
    this.fields = el("form", { class: "fields", role: "search", on: { submit: (event) => event.preventDefault() } }, field(label, this.q));
    this.total = el("p", { class: "muted", role: "status" });
    this.list = el("ul", { class: "headlines" });
    this.more = el("button", { type: "button", hidden: true, on: { click: () => this.load() } }, "Show more");
    this.element = el("section", {}, el("h1", {}, heading), this.fields, this.total, this.list, this.more);
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.restart(), PAUSE_MS);
  }

  restart() {
    rename({ view: this.view, settings: query(this.values()).slice(1) });
    fill(this.list);
    this.cursor = null;
    this.load();
  }

  async load() {
    const latest = Symbol("the newest load wins");
    this.latest = latest;
    try {
      const page = await this.next();
      if (latest === this.latest) this.append(page);
    } catch (error) {
      if (latest === this.latest) fill(this.total, failure(error, () => this.load()));
    }
  }

  append({ rows, cursor, summary }) {
    this.list.append(...rows);
    this.cursor = cursor;
    this.more.hidden = !cursor;
    fill(this.total, summary);
  }
}
