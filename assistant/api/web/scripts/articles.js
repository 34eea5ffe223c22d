// The articles of the archive: searched, narrowed to a collection and an outlet, opened beside the list.

import { archiveChanged } from "./archive.js";
import { collecting } from "./collecting.js";
import { dialog } from "./dialog.js";
import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { action, field } from "./forms.js";
import { headline } from "./headlines.js";
import { Listing, PAGE } from "./listing.js";
import { CollectionField, outletOptions } from "./narrowing.js";
import { query, request } from "./service.js";
import { counted, day } from "./wording.js";

export function articlesPage(main, { settings }) {
  const page = new ArticlesPage(settings);
  fill(main, page.element);
  page.load();
  page.loadOutlets();
  page.collection.load();
  return "Articles";
}

class ArticlesPage extends Listing {
  constructor(settings) {
    super("articles", "Articles", "Title or outlet", settings);
    this.collection = new CollectionField("only-collection", settings.get("collection") ?? "", () => this.changed());
    this.wanted = settings.get("outlet") ?? "";
    this.outlet = el("select", { id: "outlet", on: { change: () => this.choose() } }, el("option", { value: "" }, "All outlets"));
    this.order = el(
      "select",
      { id: "order", on: { change: () => this.changed() } },
      el("option", { value: "published" }, "Latest published"),
      el("option", { value: "added", selected: settings.get("order") === "added" }, "Latest added"),
    );
    this.fields.append(this.collection.element, field("Outlet", this.outlet), field("Order", this.order));
  }

  async loadOutlets() {
    const { outlets } = await request("GET", "/outlets").catch(() => ({ outlets: [] }));
    this.outlet.append(...outletOptions(outlets));
    this.outlet.value = this.wanted;
  }

  choose() {
    this.wanted = this.outlet.value;
    this.changed();
  }

  values() {
    return { q: this.q.value.trim(), collection: this.collection.value, outlet: this.wanted, order: this.order.value };
  }

  async next() {
    const offset = this.list.children.length;
    const { total, articles } = await request("GET", `/articles${query({ ...this.values(), limit: PAGE, offset })}`);
    return {
      rows: articles.map(row),
      cursor: offset + articles.length < total,
      summary: total ? counted(total, "article") : "No article matches.",
    };
  }
}

function row(article) {
  const removing = action("Remove", article.title, () => remove(article, item));
  const facts = [article.authors.join(", "), `added ${day(article.added)}`, article.versions > 1 && counted(article.versions, "version")];
  const item = headline(
    article,
    el("p", { class: "muted" }, words(facts.filter(Boolean).join(" · "))),
    el("p", { class: "actions" }, removing, collecting(article.article_id, article.title)),
  );
  return item;
}

async function remove(article, item) {
  if (!(await dialog("Remove the article?", "Remove", el("p", {}, words(article.title)), el("p", {}, "All its versions go with it.")))) return;
  try {
    await request("DELETE", `/articles/${encodeURIComponent(article.article_id)}`);
    item.remove();
    archiveChanged();
  } catch (error) {
    item.append(failure(error));
  }
}
