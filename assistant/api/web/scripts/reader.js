// The article beside the page, opened at the cited words.

import { collecting } from "./collecting.js";
import { announce, el, fill, joined, outside, words } from "./dom.js";
import { failure } from "./failure.js";
import { headlines } from "./headlines.js";
import { address, here, passageAddress } from "./places.js";
import { query, request } from "./service.js";
import { paragraphs, pieces, units } from "./text.js";
import { caution, counted, day, outletOf, publishedInFull } from "./wording.js";

export class Reader {
  constructor(aside) {
    this.aside = aside;
    this.shown = "";
    this.opener = null;
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Show a passage of an article, or nothing. The keyboard goes to the cited words, and back when it closes. */
  async show(passage) {
    const wanted = passage ? JSON.stringify(passage) : "";
    if (wanted === this.shown) return;
    if (!this.shown) this.opener = document.activeElement;
    this.shown = wanted;
    markOpened();
    if (passage) await this.open(passage, () => this.shown === wanted);
    else this.close();
  }

  async open(passage, isWanted) {
    this.reveal();
    fill(this.aside, this.closing(), el("p", { class: "waiting" }, "Opening the article…"));
    try {
      const article = await request("GET", articlePath(passage.article) + query({ version: passage.version }));
      if (isWanted()) this.present(article, passage);
    } catch (error) {
      if (isWanted()) fill(this.aside, this.closing(), failure(error));
    }
    const around = await surroundings(passage.article, passage.version).catch(() => []);
    if (isWanted()) fill(this.aside.querySelector(".around") ?? el("div"), around);
  }

  reveal() {
    this.aside.hidden = false;
    document.body.classList.add("reading");
  }

  close() {
    this.aside.hidden = true;
    document.body.classList.remove("reading");
    fill(this.aside);
    if (this.opener?.isConnected) this.opener.focus();
  }

  present(article, passage) {
    const text = articleElement(article, passage);
    fill(this.aside, this.closing(), text);
    const cited = text.querySelector("mark");
    announce(`Opened ${article.title}`);
    (cited ?? text).focus({ preventScroll: true });
    if (cited) cited.scrollIntoView({ block: "center" });
    else this.aside.scrollTo(0, 0);
  }

  closing() {
    const href = address({ ...here(), passage: null });
    return el("p", { class: "closing" }, el("a", { href, class: "quiet" }, "Close the article"));
  }

  onKey(event) {
    if (event.key !== "Escape" || !this.shown || document.querySelector("dialog[open]")) return;
    location.hash = address({ ...here(), passage: null });
  }
}

function articlePath(id) {
  return `/articles/${encodeURIComponent(id)}`;
}

/** Show on the page which of its links leads to what is open. */
function markOpened() {
  for (const link of document.querySelectorAll("#main a.citation")) {
    if (link.hash === location.hash) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function articleElement(article, passage) {
  const cites = passage.start !== null && passage.end !== null;
  const inTitle = cites && passage.part === "title";
  return el(
    "article",
    { tabindex: -1, lang: article.language },
    el("p", { class: "kicker" }, words(outletOf(article))),
    el("h2", { dir: "auto" }, inTitle ? markedPieces(citedPieces(article.title, passage)) : article.title),
    byline(article),
    el("p", { class: "actions" }, collecting(article.id, article.title)),
    caution(article) && el("p", { class: "notice" }, words(caution(article))),
    el("div", { class: "around" }),
    el("div", { class: "text" }, textParagraphs(article.text, cites && !inTitle ? passage : null)),
  );
}

function byline(article) {
  return el(
    "p",
    { class: "byline" },
    joined([
      article.authors.length > 0 && words(`by ${article.authors.join(", ")}`),
      words(publishedInFull(article)),
      article.updated && `updated ${day(article.updated)}`,
      outside(article.url),
    ]),
  );
}

function textParagraphs(text, passage) {
  const [start, end] = passage ? units(text, [Number(passage.start), Number(passage.end)]) : [0, 0];
  return paragraphs(text, start, end).map((parts) => el("p", { dir: "auto" }, markedPieces(parts)));
}

function citedPieces(text, { start, end }) {
  return pieces(text, ...units(text, [Number(start), Number(end)]));
}

function markedPieces(parts) {
  return parts.map(({ text, cited }) => (cited ? el("mark", { tabindex: -1 }, text) : text));
}

/** What belongs with an article: later versions, the original, copies, and the rest of its story. */
async function surroundings(id, version) {
  const [related, versions] = await Promise.all([
    request("GET", `${articlePath(id)}/related`),
    request("GET", `${articlePath(id)}/versions`),
  ]);
  const current = versions.find((each) => each.current);
  const isEarlier = Boolean(version) && current && current.digest !== version;
  return [
    isEarlier && correction(id, current),
    !isEarlier && versions.length > 1 && el("p", { class: "muted" }, changes(id, counted(versions.length, "version"))),
    related.copy_of && line("a copy of ", related.copy_of),
    ...others(related).map((copy) => line("also carried by ", copy)),
    related.story.length > 0 && more(related.story),
  ].filter(Boolean);
}

function correction(id, current) {
  return el(
    "p",
    { class: "notice" },
    "The article has changed since this was cited; here it is as it was. ",
    el("a", { href: passageAddress({ article_id: id, version: current.digest }) }, "Read it as it is"),
    " · ",
    changes(id, "see what changed"),
  );
}

function others({ copies, copy_of: original }) {
  return copies.filter((copy) => copy.article_id !== original?.article_id);
}

function line(label, { article_id, outlet, title }) {
  return el("p", { class: "muted" }, label, el("a", { href: passageAddress({ article_id }) }, words(`${outlet}: ${title}`)));
}

function more(story) {
  return el("details", {}, el("summary", {}, `${counted(story.length, "more article")} of this story`), headlines(story));
}

/** A button that shows the difference between the last two versions in its place. */
function changes(id, label) {
  const button = el("button", { type: "button", class: "quiet", on: { click: async () => button.replaceWith(await difference(id)) } }, label);
  return button;
}

async function difference(id) {
  try {
    const { title, sentences } = await request("GET", `${articlePath(id)}/diff`);
    const changed = title.some(({ kind }) => kind !== "same") ? [title, ...sentences] : sentences;
    return el("span", { class: "difference" }, changed.map((sentence) => el("span", { class: "sentence" }, sentence.map(differing))));
  } catch (error) {
    return failure(error);
  }
}

function differing({ kind, text }) {
  return [el({ same: "span", out: "del", in: "ins" }[kind], {}, text), " "];
}
