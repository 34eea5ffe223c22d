// The bookmark that saves the page in front of the reader, as the browser shows it: also behind a login.

import { el } from "./dom.js";

export function bookmarklet() {
  const link = el("a", { href: code(), class: "bookmarklet", on: { click: (event) => event.preventDefault() } }, "Save to Dateline");
  return el(
    "div",
    {},
    el("h2", {}, "Save the page you are reading"),
    el("p", {}, "Drag this link to your bookmarks bar: ", link),
    el("p", { class: "muted" },
      "On an article, also one behind a login, the bookmark opens a window that saves the page as you see it. " +
      "Pages saved with the browser extension SingleFile can be added as files."),
  );
}

/**
 * Opens the saving window and gives it the page once it says that it is there. The page is sent to this service
 * alone; a window of another site cannot read it.
 */
function code() {
  const source = `(() => {
    const service = ${JSON.stringify(location.origin)};
    const box = open(service + "/web/save.html", "dateline", "width=520,height=420");
    if (!box) return alert("Dateline: allow this site to open a window, and try again");
    addEventListener("message", ({ source, origin, data }) => {
      if (source !== box || origin !== service || data !== "ready") return;
      const page = { address: location.href, title: document.title, html: document.documentElement.outerHTML };
      box.postMessage(page, service);
    });
  })()`;
  return `javascript:${encodeURIComponent(source.replace(/\s+/g, " "))}`;
}
