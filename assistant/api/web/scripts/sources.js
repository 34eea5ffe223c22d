// What a reindex reads again, each with how long its articles are kept.

import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { Limits } from "./limits.js";
import { request } from "./service.js";

export class Sources {
  constructor() {
    this.list = el("ul", { class: "outcomes" });
    const details = el(
      "details",
      { on: { toggle: () => details.open && this.load() } },
      el("summary", {}, "Files, folders and links"),
      this.list,
    );
    this.element = el("div", {}, el("h2", {}, "Sources"), details);
  }

  async load() {
    try {
      const [sources, limits] = await Promise.all([request("GET", "/sources"), new Limits().load()]);
      const rows = sources.map(({ address }) => row(address, limits.line("source", address)));
      fill(this.list, limits.problem(() => this.load()), rows.length ? rows : el("li", {}, "No sources yet."));
    } catch (error) {
      fill(this.list, el("li", {}, failure(error, () => this.load())));
    }
  }
}

function row(address, limit) {
  return el("li", {}, words(address), limit);
}
