// Subscriptions to feeds, each with its state: subscribe, check, unsubscribe.

import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { action, button, field, form } from "./forms.js";
import { Limits } from "./limits.js";
import { query, request } from "./service.js";
import { day } from "./wording.js";

export class Feeds {
  constructor(run) {
    this.run = run;
    this.address = el("input", { id: "feed", type: "url", required: true, placeholder: "https://…" });
    this.list = el("ul", { class: "outcomes" });
    this.check = el("button", { type: "button", class: "quiet", hidden: true, on: { click: () => this.checkAll() } }, "Check all feeds");
    const shown = el("details", { on: { toggle: () => shown.open && this.load() } }, el("summary", {}, "Subscriptions"), this.check, this.list);
    this.shown = shown;
    this.element = el(
      "div",
      {},
      form("Feeds", () => this.subscribe(), field("Address of a feed", this.address), button("Subscribe")),
      shown,
    );
  }

  async subscribe() {
    const address = this.address.value.trim();
    await request("POST", "/feeds", { json: { addresses: [address] } });
    await this.run.follow("/feeds/check", { addresses: [address] });
    this.shown.open = true;
    this.load();
  }

  async checkAll() {
    await this.run.follow("/feeds/check", {});
    this.load();
  }

  async load() {
    try {
      const [feeds, limits] = await Promise.all([request("GET", "/feeds"), new Limits().load()]);
      this.check.hidden = !feeds.length;
      const rows = feeds.map((feed) => this.row(feed, limits.line("feed", feed.address)));
      fill(this.list, limits.problem(() => this.load()), rows.length ? rows : el("li", {}, "No subscriptions yet."));
    } catch (error) {
      fill(this.list, el("li", {}, failure(error, () => this.load())));
    }
  }

  row(feed, limit) {
    const remove = () => this.remove(feed.address, row);
    const row = el(
      "li",
      {},
      el("p", { class: `kicker ${feed.failing_since ? "failed" : ""}` }, state(feed)),
      words(feed.title || feed.address),
      el("p", { class: "muted" }, words(feed.title ? feed.address : ""), " ", action("Unsubscribe", feed.address, remove)),
      limit,
      feed.reason && el("p", { class: "muted" }, words(feed.reason)),
    );
    return row;
  }

  async remove(address, row) {
    try {
      await request("DELETE", `/feeds${query({ address })}`);
      row.remove();
    } catch (error) {
      row.append(failure(error));
    }
  }
}

function state({ checked, last_new: brought, failing_since: failing }) {
  if (failing) return `failing since ${day(failing)}`;
  if (!checked) return "not checked yet";
  return brought ? `last new article ${day(brought)}` : `checked ${day(checked)}`;
}
