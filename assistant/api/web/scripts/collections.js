// The collections: made, filled and forgotten here, each with its members and how long its articles are kept.

import { changeCollection, NAME, removeCollection } from "./collecting.js";
import { dialog } from "./dialog.js";
import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { action, button, field, form } from "./forms.js";
import { Limits } from "./limits.js";
import { PAGE } from "./listing.js";
import { address, passageAddress } from "./places.js";
import { request } from "./service.js";
import { counted, published } from "./wording.js";

const WHAT =
  "A collection is a named set of articles, sources, feeds and outlets. “Narrow the question” limits a question to one. Add " +
  "articles from their list, or when one is open. What the sources, feeds and outlets bring later belongs to it, too.";

const KINDS = ["feed", "source", "outlet"]; // of members that are added here

export function collectionsPage(main) {
  const page = new CollectionsPage();
  fill(main, page.element);
  page.load();
  return "Collections";
}

class CollectionsPage {
  constructor() {
    this.rows = new Map();
    this.name = el("input", { id: "collection", autocomplete: "off", ...NAME });
    this.list = el("ul", { class: "outcomes" });
    this.known = Object.fromEntries(KINDS.map((kind) => [kind, el("datalist", { id: `known-${kind}` })]));
    this.element = el(
      "section",
      { class: "forms collections", on: { collectionschange: () => this.load() } },
      el("h1", {}, "Collections"),
      el("p", { class: "muted" }, WHAT),
      form("", () => this.make(), field("Name of a new collection", this.name), button("Make the collection")),
      this.list,
      Object.values(this.known),
    );
  }

  async load() {
    const latest = Symbol("the newest load wins");
    this.latest = latest;
    try {
      const collections = await request("GET", "/collections");
      if (latest !== this.latest) return;
      const rows = kept(this.rows, collections, ({ name }) => name, ({ name }) => new Row(name, this));
      rows.forEach((row, place) => row.show(collections[place]));
      refill(this.list, rows.length ? rows.map(({ element }) => element) : el("li", {}, "No collections yet."));
    } catch (error) {
      if (latest === this.latest) fill(this.list, el("li", {}, failure(error, () => this.load())));
    }
  }

  /** Make a collection and open it for its first members. */
  async make() {
    const { name } = await changeCollection(this.name.value);
    this.name.value = "";
    await this.load();
    this.rows.get(name)?.open();
  }

  /** Suggest the feeds, sources and outlets that there are. */
  async suggest() {
    const paths = ["/feeds", "/sources", "/outlets"];
    const [feeds, sources, { outlets = [] }] = await Promise.all(paths.map((path) => request("GET", path).catch(() => [])));
    fill(this.known.feed, feeds.map(({ address, title }) => el("option", { value: address }, title)));
    fill(this.known.source, sources.map(({ address }) => el("option", { value: address })));
    fill(this.known.outlet, outlets.map(({ outlet }) => el("option", { value: outlet })));
  }
}

class Row {
  constructor(name, page) {
    Object.assign(this, { name, page, rows: new Map(), most: PAGE });
    this.count = el("span", { class: "muted" });
    this.articles = el("a", { href: address({ view: "articles", settings: { collection: name } }) });
    this.list = el("ul", { class: "outcomes" });
    this.more = el("button", { type: "button", class: "quiet", hidden: true, on: { click: () => this.showMore() } }, "Show more");
    this.limit = el("div", {});
    this.summary = el("summary", {}, words(name), " ", this.count);
    this.details = el(
      "details",
      { on: { toggle: () => this.toggled() } },
      this.summary,
      el("p", {}, this.articles),
      this.list,
      this.more,
      this.addForm(),
      this.limit,
      el("p", {}, action("Forget", name, () => this.forget())),
    );
    this.element = el("li", {}, this.details);
  }

  addForm() {
    const id = encodeURIComponent(this.name);
    const choose = () => this.address.setAttribute("list", `known-${this.kind.value}`);
    this.kind = el("select", { id: `kind-${id}`, on: { change: choose } }, KINDS.map((kind) => el("option", {}, kind)));
    this.address = el("input", { id: `address-${id}`, autocomplete: "off" });
    choose();
    const fields = el("div", { class: "fields" }, field("What to add", this.kind), field("Address, file, folder or name", this.address));
    return form("", () => this.add(), fields, button("Add to the collection"));
  }

  open() {
    this.details.open = true;
    this.summary.focus();
  }

  toggled() {
    if (!this.details.open) return;
    for (const [key, row] of this.rows) if (row.querySelector(".failure")) this.rows.delete(key);
    this.showMembers();
    this.showLimit();
    this.page.suggest();
  }

  show(collection) {
    this.collection = collection;
    const count = counted(collection.articles, "article");
    fill(this.count, `· ${count}`);
    fill(this.articles, `List its ${count}`, el("span", { class: "unseen" }, " ", words(this.name)));
    if (this.details.open) this.showMembers();
  }

  showMembers() {
    const { members } = this.collection;
    const rows = kept(this.rows, members.slice(0, this.most), ({ kind, value }) => `${kind} ${value}`, (member) => this.memberRow(member));
    refill(this.list, rows.length ? rows : el("li", {}, "No members yet."));
    this.more.hidden = members.length <= this.most;
  }

  showMore() {
    const shown = this.list.children.length;
    this.most += PAGE;
    this.showMembers();
    const next = this.list.children[shown];
    next.tabIndex = -1;
    next.focus();
  }

  async showLimit() {
    const limits = await new Limits().load();
    const problem = limits.problem(() => this.showLimit());
    fill(this.limit, problem ? el("ul", { class: "outcomes" }, problem) : limits.line("collection", this.name));
  }

  memberRow(member) {
    const row = el("li", {});
    const takeOut = () => this.takeOut(member, row);
    if (member.kind === "article") showArticle(row, member.value, takeOut);
    else fill(row, el("p", { class: "kicker" }, member.kind), words(member.value), el("p", {}, action("Take out", member.value, takeOut)));
    return row;
  }

  async add() {
    await changeCollection(this.name, { add: [{ kind: this.kind.value, value: this.address.value.trim() }] });
    this.address.value = "";
  }

  async takeOut(member, row) {
    try {
      await changeCollection(this.name, { remove: [member] });
      this.summary.focus();
    } catch (error) {
      row.append(failure(error));
    }
  }

  async forget() {
    if (!(await dialog("Forget the collection?", "Forget", el("p", {}, words(this.name)), el("p", {}, "Its articles stay.")))) return;
    try {
      await removeCollection(this.name);
      const next = this.element.nextElementSibling ?? this.element.previousElementSibling;
      (next?.querySelector("summary") ?? this.page.name).focus();
    } catch (error) {
      this.details.append(failure(error));
    }
  }
}

/** What was made for each of some things: an earlier one where there is one, so that nothing in it is lost. */
function kept(made, things, key, make) {
  const before = new Map(made);
  made.clear();
  for (const thing of things) made.set(key(thing), before.get(key(thing)) ?? make(thing));
  return [...made.values()];
}

/** Fill a list anew; the keyboard stays where it is. */
function refill(list, items) {
  const focused = document.activeElement;
  fill(list, items);
  if (focused.isConnected) focused.focus({ preventScroll: true });
}

/** The headline of an article that is a member; its id where the archive no longer has it. */
async function showArticle(row, id, takeOut) {
  try {
    const article = await request("GET", `/articles/${encodeURIComponent(id)}`);
    const link = el("a", { href: passageAddress({ article_id: id }) }, words(article.title));
    const kicker = el("p", { class: "kicker" }, "article · ", words(article.outlet), " · ", words(published(article)));
    fill(row, kicker, link, el("p", {}, action("Take out", article.title, takeOut)));
  } catch (error) {
    const again = async () => {
      await showArticle(row, id, takeOut);
      row.querySelector("a, button").focus();
    };
    const problem = failure(error, error.status === 404 ? null : again);
    fill(row, el("p", { class: "kicker" }, "article"), words(id), problem, el("p", {}, action("Take out", id, takeOut)));
  }
}
