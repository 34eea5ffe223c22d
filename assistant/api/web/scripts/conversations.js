// The conversations of the archive: searched, resumed, named, exported, deleted.

import { asked, dialog } from "./dialog.js";
import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { action } from "./forms.js";
import { Listing, PAGE } from "./listing.js";
import { address } from "./places.js";
import { download, query, request } from "./service.js";
import { counted, day } from "./wording.js";

const FORMATS = { markdown: "Markdown", json: "JSON", csl: "CSL-JSON", bibtex: "BibTeX" };

export function conversationsPage(main, { settings }) {
  const page = new ConversationsPage(settings);
  fill(main, page.element);
  page.load();
  return "Conversations";
}

/** The address at the service of a conversation. */
export function conversationPath(id) {
  return `/conversations/${encodeURIComponent(id)}`;
}

class ConversationsPage extends Listing {
  constructor(settings) {
    super("conversations", "Conversations", "Words of a question or an answer", settings);
  }

  values() {
    return { q: this.q.value.trim() };
  }

  async next() {
    const path = `/conversations${query({ ...this.values(), limit: PAGE, cursor: this.cursor })}`;
    const { total, conversations, next } = await request("GET", path);
    return {
      rows: conversations.map(row),
      cursor: next,
      summary: total ? counted(total, "conversation") : this.q.value ? "No conversation matches." : "Nothing has been asked yet.",
    };
  }
}

function row({ id, title, turns, updated, match }) {
  const link = el("a", { href: address({ view: "conversation", name: id }) }, words(title));
  const item = el(
    "li",
    {},
    el("p", { class: "kicker" }, `${counted(turns, "question")} · ${day(updated)}`),
    link,
    match && el("p", { class: "excerpt" }, words(match.text)),
    el(
      "p",
      { class: "actions" },
      action("Rename", title, () => renameConversation(id, link)),
      action("Delete", title, () => remove(id, item)),
      exporting(id),
    ),
  );
  return item;
}

function exporting(id) {
  const buttons = Object.entries(FORMATS).map(([format, label]) =>
    el("button", { type: "button", class: "quiet", on: { click: (event) => save(id, format, event.target) } }, label));
  return el("details", { class: "export" }, el("summary", {}, "Export"), buttons);
}

async function save(id, format, button) {
  try {
    await download(`${conversationPath(id)}/export?format=${format}`);
  } catch (error) {
    button.after(failure(error));
  }
}

async function renameConversation(id, link) {
  const title = await asked("Rename the conversation", "Rename", "Name; empty for its first question", link.textContent);
  if (title === null) return;
  try {
    const renamed = await request("PATCH", conversationPath(id), { json: { title } });
    fill(link, words(renamed.title));
  } catch (error) {
    link.after(failure(error));
  }
  link.focus();
}

async function remove(id, item) {
  const title = item.querySelector("a").textContent;
  if (!(await dialog("Delete the conversation?", "Delete", el("p", {}, words(title))))) return;
  try {
    await request("DELETE", conversationPath(id));
    item.remove();
  } catch (error) {
    item.append(failure(error));
  }
}
