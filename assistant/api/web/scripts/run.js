// A run of ingesting: how far it is, and what became of every page.

import { archiveChanged } from "./archive.js";
import { announce, el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { passageAddress } from "./places.js";
import { stream } from "./service.js";
import { tallied } from "./wording.js";

/** A place on the page where runs are followed, one after another. */
export class Run {
  constructor() {
    this.leaving = new AbortController();
    this.bar = el("progress", { "aria-label": "Progress" });
    this.step = el("span", {});
    this.stop = el("button", { type: "button", class: "quiet", on: { click: () => this.leaving.abort() } }, "Stop");
    this.line = el("p", { class: "waiting", hidden: true }, this.bar, " ", this.step, " ", this.stop);
    this.result = el("p", { class: "result" });
    this.list = el("ul", { class: "outcomes" });
    this.element = el("div", { class: "run" }, this.line, this.result, this.list);
  }

  /** Follow a run that the service streams. */
  follow(path, json) {
    return this.during(async () => {
      for await (const event of stream(path, json, { signal: this.leaving.signal })) {
        if (event.event === "progress") this.progress(event.progress);
        if (event.event === "outcome") this.list.append(outcomeRow(event.outcome));
        if (event.event === "done") this.finish(event.report);
      }
    });
  }

  /** Do one piece of work after another, each ending in a report; what fails is told and the next one begins. */
  each(pieces, work, name) {
    return this.during(async () => {
      const reports = [];
      for (const [done, piece] of pieces.entries()) {
        this.progress({ done, total: pieces.length, place: name(piece) });
        reports.push(await this.attempt(() => work(piece, this.leaving.signal), name(piece)));
      }
      this.finish({ counts: added(reports), interrupted: this.leaving.signal.aborted });
    });
  }

  async attempt(work, name) {
    try {
      const report = await work();
      this.list.append(...report.outcomes.map((outcome) => outcomeRow({ ...outcome, source: name })));
      return report;
    } catch (error) {
      this.list.append(el("li", {}, el("p", { class: "kicker" }, words(name)), failure(error)));
      return { counts: { failed: 1 } };
    }
  }

  async during(work) {
    this.leaving = new AbortController();
    fill(this.list);
    fill(this.result);
    this.line.hidden = false;
    this.progress({ done: 0, total: null, place: "" });
    this.element.scrollIntoView({ block: "nearest" });
    try {
      await work();
    } catch (error) {
      fill(this.result, failure(error));
    }
    this.line.hidden = true;
    archiveChanged();
  }

  progress({ done, total, place }) {
    if (total) Object.assign(this.bar, { max: total, value: done });
    else this.bar.removeAttribute("value");
    fill(this.step, total ? `${done} of ${total} ` : "", words(place));
  }

  finish({ counts, interrupted }) {
    const told = Object.entries(counts).filter(([, number]) => number).map(([status, number]) => tallied(number, status));
    const said = `${interrupted ? "Stopped: " : ""}${told.join(", ") || "nothing to ingest"}`;
    fill(this.result, said);
    announce(said);
  }
}

/** What became of one page, with the reason. */
export function outcomeRow({ status, title, source, item, reason, article_id }) {
  const name = title || [source, item].filter(Boolean).join(" ");
  return el(
    "li",
    {},
    el("p", { class: `kicker ${status}` }, status, title && [" · ", words(source)]),
    article_id && status !== "dropped" ? el("a", { href: passageAddress({ article_id }) }, words(name)) : el("span", {}, words(name)),
    reason && el("p", { class: "muted" }, words(reason)),
  );
}

function added(reports) {
  const total = {};
  for (const { counts } of reports) {
    for (const [status, number] of Object.entries(counts)) total[status] = (total[status] ?? 0) + number;
  }
  return total;
}
