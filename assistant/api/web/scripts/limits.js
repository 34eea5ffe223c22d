// For how long articles are kept: the limit of a feed, source or collection, and the ways to set and lift it.

import { asked } from "./dialog.js";
import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { action } from "./forms.js";
import { query, request } from "./service.js";
import { counted } from "./wording.js";

const DAYS = { type: "number", min: 1, max: 36_500, required: true };
const EXCEPT = "Articles that a conversation cites or a collection names stay.";

/** The limits of the archive. Lists are shown without limits if these cannot be loaded. */
export class Limits {
  async load() {
    try {
      this.all = await request("GET", "/retention");
    } catch (error) {
      this.error = error;
    }
    return this;
  }

  /** Why there are no limits, as an item of the list of what has them; null where they are loaded. */
  problem(again) {
    return this.error ? el("li", {}, "How long articles are kept is not known.", failure(this.error, again)) : null;
  }

  /** The limit of one place, as a line that changes with it; null where it is not known. */
  line(kind, value) {
    if (this.error) return null;
    const limit = this.all.find((one) => one.kind === kind && one.value === value);
    return new Line(kind, value).show(limit);
  }
}

class Line {
  constructor(kind, value) {
    Object.assign(this, { kind, value });
    this.element = el("p", { class: "actions muted" });
  }

  show(limit) {
    this.days = limit?.days ?? "";
    fill(
      this.element,
      el("span", {}, said(limit)),
      action(limit ? "Change" : "Drop after some days", this.value, () => this.ask()),
      limit && action("Keep for good", this.value, () => this.lift()),
    );
    return this.element;
  }

  async ask() {
    const title = `How long to keep the articles of this ${this.kind}`;
    const explained = [el("p", {}, words(this.value)), el("p", { class: "muted" }, EXCEPT)];
    const days = await asked(title, "Keep", "Days after they were ingested", this.days, DAYS, explained);
    if (days === null) return;
    this.change(() => request("POST", "/retention", { json: { kind: this.kind, value: this.value, days: Number(days) } }));
  }

  lift() {
    this.change(() => request("DELETE", `/retention${query({ kind: this.kind, value: this.value })}`));
  }

  async change(work) {
    try {
      this.show(await work());
    } catch (error) {
      this.element.append(failure(error));
    }
    this.element.querySelector("button").focus();
  }
}

function said(limit) {
  if (!limit) return "Kept for good";
  return `Dropped after ${counted(limit.days, "day")}${limit.due ? ` · ${counted(limit.due, "article")} with the next run` : ""}`;
}
