// The articles of the archive: searched, narrowed to an outlet, opened beside the list.

import { archiveChanged } from "./archive.js";
import { dialog } from "./dialog.js";
import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { headline } from "./headlines.js";
import { field, outletOptions } from "./narrowing.js";
import { rename } from "./places.js";
import { query, request } from "./service.js";
import { counted, day } from "./wording.js";

const PAGE = 50;
const PAUSE_MS = 250;

export function articlesPage(main, { settings }) {
  const page = new ArticlesPage(settings);
  fill(main, page.element);
  page.load();
  page.loadOutlets();
  return "Articles";
}

class ArticlesPage {
  constructor(settings) {
    const changed = () => this.changed();
    this.q = el("input", { id: "q", type: "search", value: settings.get("q") ?? "", on: { input: changed } });
    this.outlet = el("select", { id: "outlet", on: { change: changed } }, el("option", { value: "" }, "All outlets"));
    this.wanted = settings.get("outlet") ?? "";
    this.order = el(
      "select",
      { id: "order", on: { change: changed } },
      el("option", { value: "published" }, "Latest published"),
      el("option", { value: "added", selected: settings.get("order") === "added" }, "Latest added"),
    );
    this.total = el("p", { class: "muted", role: "status" });
    this.list = el("ul", { class: "headlines" });
    this.more = el("button", { type: "button", hidden: true, on: { click: () => this.load() } }, "Show more");
    this.element = el(
      "section",
      {},
      el("h1", {}, "Articles"),
      el("form", { class: "fields", role: "search", on: { submit: (event) => event.preventDefault() } },
        field("Title or outlet", this.q), field("Outlet", this.outlet), field("Order", this.order)),
      this.total,
      this.list,
      this.more,
    );
  }

  async loadOutlets() {
    const { outlets } = await request("GET", "/outlets").catch(() => ({ outlets: [] }));
    this.outlet.append(...outletOptions(outlets));
    this.outlet.value = this.wanted;
  }

  changed() {
    this.wanted = this.outlet.value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.restart(), PAUSE_MS);
  }

  restart() {
    const order = this.order.value === "added" ? "added" : "";
    rename({ view: "articles", settings: query({ ...this.filter(), order }).slice(1) });
    fill(this.list);
    this.load();
  }

  filter() {
    return { q: this.q.value.trim(), outlet: this.wanted };
  }

  async load() {
    this.latest = Symbol("the newest load wins");
    const load = this.latest;
    try {
      const values = { ...this.filter(), order: this.order.value, limit: PAGE, offset: this.list.children.length };
      const { total, articles } = await request("GET", `/articles${query(values)}`);
      if (load === this.latest) this.append(total, articles);
    } catch (error) {
      if (load === this.latest) fill(this.total, failure(error, () => this.load()));
    }
  }

  append(total, articles) {
    this.list.append(...articles.map((article) => this.row(article)));
    this.more.hidden = this.list.children.length >= total;
    fill(this.total, total ? counted(total, "article") : "No article matches.");
  }

  row(article) {
    const removing = el("button", { type: "button", class: "quiet", on: { click: () => this.remove(article, row) } }, "Remove", el("span", { class: "unseen" }, " ", words(article.title)));
    const facts = [article.authors.join(", "), `added ${day(article.added)}`, article.versions > 1 && counted(article.versions, "version")];
    const row = headline(article, el("p", { class: "muted" }, words(facts.filter(Boolean).join(" · ")), " ", removing));
    return row;
  }

  async remove(article, row) {
    if (!(await dialog("Remove the article?", "Remove", el("p", {}, words(article.title)), el("p", {}, "All its versions go with it.")))) return;
    try {
      await request("DELETE", `/articles/${encodeURIComponent(article.article_id)}`);
      row.remove();
      archiveChanged();
    } catch (error) {
      row.append(failure(error));
    }
  }
}
