// The line below the title: what the archive holds and how old its newest article is.

import { fill } from "./dom.js";
import { request } from "./service.js";
import { aged, counted, day } from "./wording.js";

const WHILE_LOADING_MS = 1000;
const OTHERWISE_MS = 60_000;

/** Keep the line up to date; `archivechange` on the document asks for it at once. */
export function showArchive(line) {
  let timer = 0;
  const look = async () => {
    clearTimeout(timer);
    const ready = await readiness();
    line.classList.toggle("warning", Boolean(ready?.feeds_failing) || !ready);
    fill(line, said(ready));
    timer = setTimeout(look, ready?.ready ? OTHERWISE_MS : WHILE_LOADING_MS);
  };
  document.addEventListener("archivechange", look);
  look();
}

/** Tell the line that articles came or went. */
export function archiveChanged() {
  document.dispatchEvent(new CustomEvent("archivechange"));
}

async function readiness() {
  try {
    return await (await fetch("/ready", { credentials: "omit" })).json();
  } catch {
    return null;
  }
}

function said(ready) {
  if (!ready || ready.error) return ready?.error?.message ?? "The service does not answer. Start it with: dateline serve";
  if (!ready.ready) return `${ready.step[0].toUpperCase()}${ready.step.slice(1)}…`;
  if (!ready.articles) return "The archive is empty.";
  return [
    ready.newest ? `Newest ${day(ready.newest)}, ${aged(ready.newest)}` : "No article is dated",
    ready.feeds_failing > 0 && `${counted(ready.feeds_failing, "feed")} failing`,
    `${counted(ready.articles, "article")} from ${counted(ready.outlets, "outlet")}`,
  ].filter(Boolean).join(" · ");
}
