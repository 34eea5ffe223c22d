// Adding articles: a link, files, a text, a feed; and what became of every page.

import { bookmarklet } from "./bookmarklet.js";
import { el, fill } from "./dom.js";
import { Feeds } from "./feeds.js";
import { button, field, form } from "./forms.js";
import { Outcomes } from "./outcomes.js";
import { Run } from "./run.js";
import { query, request } from "./service.js";
import { Sources } from "./sources.js";

export function addPage(main) {
  const run = new Run();
  const outcomes = new Outcomes(run);
  fill(
    main,
    el(
      "section",
      { class: "forms" },
      el("h1", {}, "Add articles"),
      run.element,
      linkForm(run),
      fileForm(run),
      textForm(run),
      new Feeds(run).element,
      new Sources().element,
      bookmarklet(),
      outcomes.element,
    ),
  );
  return "Add articles";
}

function linkForm(run) {
  const links = el("textarea", { id: "links", rows: 2, required: true, placeholder: "https://…" });
  const send = () => run.follow("/sources", { sources: links.value.split(/\s+/).filter(Boolean) });
  return form("Links", send, field("Addresses of articles, one per line", links), button("Add the links"));
}

function fileForm(run) {
  const files = el("input", { id: "files", type: "file", multiple: true, required: true });
  const section = form("Files", () => send([...files.files]), field("Saved pages, PDFs, texts, newsletters, JSON, CSV, WARC", files), button("Add the files"));
  const send = (chosen) => run.each(chosen, upload, (file) => file.name);
  section.addEventListener("dragover", (event) => event.preventDefault());
  section.addEventListener("drop", (event) => {
    event.preventDefault();
    send([...event.dataTransfer.files]);
  });
  return section;
}

function textForm(run) {
  const fields = {
    title: el("input", { id: "title", required: true, maxlength: 500 }),
    outlet: el("input", { id: "text-outlet", maxlength: 200 }),
    url: el("input", { id: "url", type: "url" }),
    published: el("input", { id: "published", type: "date" }),
    text: el("textarea", { id: "text", rows: 6, required: true }),
  };
  const given = () => Object.fromEntries(Object.entries(fields).map(([name, input]) => [name, input.value.trim()]).filter(([, value]) => value));
  const send = () => run.each([given()], (article, signal) => request("POST", "/articles", { json: article, signal }), ({ title }) => title);
  const labels = { title: "Headline", outlet: "Outlet", url: "Address", published: "Published", text: "Text" };
  return el("details", {}, el("summary", {}, "A text of your own"), form("", send, Object.entries(fields).map(([name, input]) => field(labels[name], input)), button("Add the text")));
}

function upload(file, signal) {
  return request("POST", `/articles${query({ name: file.name })}`, { body: file, type: file.type || "application/octet-stream", signal });
}
