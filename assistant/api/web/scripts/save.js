// The window that the bookmark opens: it is given a page, shows which, and saves it when the reader says so.

import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { outcomeRow } from "./run.js";
import { query, request } from "./service.js";

const main = document.getElementById("main");
const WAIT_MS = 5000;

/** A page from the window that opened this one; its address has to be of the site that sent it. */
function take({ source, origin, data }) {
  if (source !== opener || typeof data?.html !== "string" || !URL.canParse(data.address)) return;
  if (new URL(data.address).origin !== origin) return;
  removeEventListener("message", take);
  clearTimeout(waiting);
  offer(data);
}

function offer(page) {
  const save = el("button", { type: "button", on: { click: () => keep(page, save) } }, "Save this page");
  fill(
    main,
    el("h1", {}, "Save this page?"),
    el("p", { class: "kicker" }, words(new URL(page.address).host)),
    el("p", {}, words(page.title)),
    el("p", {}, save),
    el("div", { id: "outcome", role: "status" }),
  );
  save.focus();
}

async function keep(page, button) {
  const outcome = document.getElementById("outcome");
  button.disabled = true;
  fill(outcome, el("p", { class: "waiting" }, "Saving…"));
  try {
    const { outcomes } = await request("POST", `/articles${query({ name: "page.html" })}`, { body: saved(page), type: "text/html" });
    fill(outcome, el("ul", { class: "outcomes" }, outcomes.map((each) => outcomeRow({ ...each, source: "", article_id: null }))));
  } catch (error) {
    fill(outcome, failure(error));
    button.disabled = false;
  }
}

/** The page as a file, headed by where and when it was saved, as SingleFile heads its pages. */
function saved({ address, html }) {
  const url = new URL(address).href.replaceAll("--", "%2D%2D");
  return `<!DOCTYPE html><!--\n Page saved with Dateline \n url: ${url} \n saved date: ${new Date().toISOString()} \n-->\n<meta charset="utf-8">${html}`;
}

const waiting = setTimeout(() => {
  fill(main, el("h1", {}, "No page arrived"), el("p", {},
    "This site does not let a bookmark speak to another window. Save the page with the extension SingleFile, or as a file, and add that."));
}, WAIT_MS);

addEventListener("message", take);
opener?.postMessage("ready", "*");
