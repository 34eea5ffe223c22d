// What became of the pages that were read, latest first, and the way to try again what failed.

import { el, fill } from "./dom.js";
import { failure } from "./failure.js";
import { field } from "./forms.js";
import { outcomeRow } from "./run.js";
import { query, request } from "./service.js";
import { counted } from "./wording.js";

const STATUSES = ["failed", "skipped", "added", "updated", "copy", "dropped", "unchanged"];
const MOST = 100;

export class Outcomes {
  constructor(run) {
    this.run = run;
    this.status = el(
      "select",
      { id: "status", on: { change: () => this.load() } },
      el("option", { value: "" }, "all"),
      STATUSES.map((status) => el("option", { value: status }, status)),
    );
    this.total = el("p", { class: "muted" });
    this.list = el("ul", { class: "outcomes" });
    const retry = el("button", { type: "button", class: "quiet", on: { click: () => this.retry() } }, "Try again what failed");
    const details = el(
      "details",
      { on: { toggle: () => details.open && this.load() } },
      el("summary", {}, "The latest pages"),
      field("Only", this.status),
      retry,
      this.total,
      this.list,
    );
    this.element = el("div", {}, el("h2", {}, "What became of each page"), details);
  }

  async load() {
    try {
      const { total, outcomes } = await request("GET", `/outcomes${query({ status: this.status.value, limit: MOST })}`);
      fill(this.total, total > MOST ? `the latest ${MOST} of ${counted(total, "page")}` : counted(total, "page"));
      fill(this.list, outcomes.map((outcome) => outcomeRow(outcome)));
    } catch (error) {
      fill(this.list, el("li", {}, failure(error, () => this.load())));
    }
  }

  async retry() {
    await this.run.follow("/retry", {});
    this.load();
  }
}
