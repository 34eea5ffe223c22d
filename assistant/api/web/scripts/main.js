// The page: the archive's line, the view that the address names, and the article beside it.

import { addPage } from "./add.js";
import { askPage } from "./ask.js";
import { showArchive } from "./archive.js";
import { articlesPage } from "./articles.js";
import { collectionsPage } from "./collections.js";
import { themeButton } from "./colours.js";
import { conversationsPage } from "./conversations.js";
import { address, here } from "./places.js";
import { Reader } from "./reader.js";
import { takeTokenFromAddress } from "./session.js";

// Each fills the main part of the page and returns its title.
const PAGES = {
  "": askPage,
  conversation: askPage,
  articles: articlesPage,
  collections: collectionsPage,
  conversations: conversationsPage,
  add: addPage,
};

const main = document.getElementById("main");
const reader = new Reader(document.getElementById("reader"));
let shown = null;

function arrive() {
  const place = here();
  if (pageOf(place) !== shown) show(place);
  shown = pageOf(place);
  reader.show(place.passage);
}

function pageOf(place) {
  return address({ ...place, passage: null });
}

function show(place) {
  const isFirst = shown === null;
  const title = (PAGES[place.view] ?? askPage)(main, place);
  document.title = title ? `${title} – Dateline` : "Dateline";
  markCurrent(place.view);
  if (!isFirst) main.focus({ preventScroll: true });
  if (!place.passage) scrollTo(0, 0);
}

function markCurrent(view) {
  const current = address({ view: view === "conversation" ? "" : view });
  for (const link of document.querySelectorAll(".masthead nav a")) {
    if (link.getAttribute("href") === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

takeTokenFromAddress();
themeButton(document.getElementById("theme"));
showArchive(document.getElementById("archive"));
addEventListener("hashchange", arrive);
addEventListener("renamed", () => (shown = pageOf(here())));
arrive();
