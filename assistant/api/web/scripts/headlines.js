// Headlines that open their article beside the page.

import { el, words } from "./dom.js";
import { passageAddress } from "./places.js";
import { published } from "./wording.js";

export function headlines(articles) {
  return el("ul", { class: "headlines" }, articles.map((article) => headline(article)));
}

/** One headline: outlet and date above, more below. */
export function headline(article, ...more) {
  return el(
    "li",
    {},
    el("p", { class: "kicker" }, words(article.outlet), " · ", words(published(article))),
    el("a", { href: passageAddress({ article_id: article.article_id }) }, words(article.title)),
    more,
  );
}
