// Which articles may answer: an outlet, days, and an order, chosen before asking.

import { el, words } from "./dom.js";
import { field } from "./forms.js";
import { request } from "./service.js";

export class Narrowing {
  constructor() {
    this.outlet = el("select", { id: "only-outlet" }, el("option", { value: "" }, "All outlets"));
    this.since = el("input", { id: "since", type: "date" });
    this.until = el("input", { id: "until", type: "date" });
    this.newest = el("input", { id: "newest", type: "checkbox" });
    this.strict = el("input", { id: "strict", type: "checkbox" });
    this.element = el(
      "details",
      { class: "narrowing", on: { toggle: () => this.loadOutlets() } },
      el("summary", {}, "Narrow the question"),
      el(
        "div",
        { class: "fields" },
        field("Outlet", this.outlet),
        field("Since", this.since),
        field("Until", this.until),
        field("Newest first", this.newest),
        field("Only fully supported sentences", this.strict),
      ),
    );
  }

  /** The fields of a request; what was not chosen is left to the question. */
  chosen() {
    return {
      filters: {
        outlets: this.outlet.value ? [this.outlet.value] : [],
        since: this.since.value || null,
        until: this.until.value || null,
      },
      order: this.newest.checked ? "newest" : null,
      policy: this.strict.checked ? "strict" : null,
    };
  }

  async loadOutlets() {
    if (this.outlet.options.length > 1) return;
    const { outlets } = await request("GET", "/outlets").catch(() => ({ outlets: [] }));
    this.outlet.append(...outletOptions(outlets));
  }
}

/** Outlets with their number of articles, to choose from. */
export function outletOptions(outlets) {
  return outlets.map(({ outlet, articles }) => el("option", { value: outlet }, words(`${outlet} (${articles})`)));
}
