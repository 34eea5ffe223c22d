// What a reindex reads again, and the collections, each with how long its articles are kept.

import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { Limits } from "./limits.js";
import { request } from "./service.js";
import { counted } from "./wording.js";

export class Sources {
  constructor() {
    this.list = el("ul", { class: "outcomes" });
    const details = el(
      "details",
      { on: { toggle: () => details.open && this.load() } },
      el("summary", {}, "Files, folders, links and collections"),
      this.list,
    );
    this.element = el("div", {}, el("h2", {}, "Sources"), details);
  }

  async load() {
    try {
      const [collections, sources, limits] = await Promise.all([request("GET", "/collections"), request("GET", "/sources"), new Limits().load()]);
      const rows = [
        ...collections.map(({ name, articles }) => row(`collection · ${counted(articles, "article")}`, name, limits.line("collection", name))),
        ...sources.map(({ address }) => row("source", address, limits.line("source", address))),
      ];
      fill(this.list, limits.problem(() => this.load()), rows.length ? rows : el("li", {}, "No sources yet."));
    } catch (error) {
      fill(this.list, el("li", {}, failure(error, () => this.load())));
    }
  }
}

function row(kicker, name, limit) {
  return el("li", {}, el("p", { class: "kicker" }, kicker), words(name), limit);
}
