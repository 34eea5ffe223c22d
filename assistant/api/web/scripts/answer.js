// An answer: its sentences with their verdicts and citations, and what is said of the whole.

import { el, joined, outside, words } from "./dom.js";
import { headlines } from "./headlines.js";
import { passageAddress } from "./places.js";
import { marked } from "./text.js";
import { became, carriedBy, caution, digestLine, doubt, outletOf, published, searched, standing, verdict } from "./wording.js";

const NEAREST = "I found no sentence that answers this. The nearest say:";

/** The sentences of a finished answer; the first of a digest on each report is headed by it. */
export function statementRows(answer) {
  const { statements, citations } = answer;
  let last = "";
  const rows = statements.flatMap((statement) => {
    const cited = statement.form === "report" ? citations.find(({ number }) => number === statement.citations[0]) : null;
    const heading = cited && cited.article_id !== last ? reportHeading(cited) : null;
    last = cited?.article_id ?? "";
    return [heading, statementRow(statement, citations)];
  });
  return [
    answer.digest && el("p", { class: "lead" }, digestLine(answer.digest)),
    answer.outcome === "nearest" && el("p", { class: "lead" }, NEAREST),
    rows,
  ];
}

/** One sentence: its verdict in the margin, the words that answer, its citations, and why it is doubted. */
export function statementRow(statement, citations) {
  const { sign, name } = verdict(statement);
  const why = doubt(statement);
  return el(
    "div",
    { class: `statement ${name.replaceAll(" ", "-")}` },
    el("span", { class: "verdict", title: name }, el("span", { "aria-hidden": "true" }, sign), el("span", { class: "unseen" }, `${name}: `)),
    el(
      "p",
      { dir: "auto" },
      statementText(statement),
      statement.citations.map((number) => citationMark(citations.find((each) => each.number === number), number)),
      why && el("span", { class: "why" }, " ", words(why)),
    ),
  );
}

/** What stands below the sentences: references, the age of the evidence, notices, the way to copy it. */
export function answerParts(answer, changes) {
  const line = standing(answer);
  const since = (citation) => changes.find(({ number }) => number === citation.number);
  return [
    answer.notice && el("p", { class: "notice" }, words(answer.notice)),
    answer.receipt && answer.outcome === "nearest" && el("p", { class: "muted" }, words(searched(answer.receipt))),
    line && el("p", { class: "standing" }, words(line)),
    answer.citations.length > 0 && el("ol", { class: "references" }, answer.citations.map((citation) => reference(citation, since(citation)))),
  ];
}

/** Why a question was not answered, and what would help. */
export function refusal({ text, statements, citations, receipt }) {
  return el(
    "div",
    { class: "refusal" },
    el("p", { class: "lead" }, words(`Not answered: ${receipt.reason}.`)),
    statements.length ? statements.map((statement) => statementRow(statement, citations)) : !receipt.reason && words(text),
    el("p", { class: "muted" }, words(searched(receipt))),
    receipt.hint && el("p", {}, words(`What would help: ${receipt.hint}.`)),
    receipt.nearest.length > 0 && [el("h3", {}, "Nearest headlines"), headlines(receipt.nearest)],
  );
}

function statementText({ text, answering, doubted, added }) {
  const pieces = marked(text, { answering: [answering], doubted, added });
  return pieces.map(({ text: piece, kinds }) => (kinds.length ? el("span", { class: kinds.join(" ") }, piece) : piece));
}

function citationMark(citation, number) {
  if (!citation) return null;
  const where = `Citation ${number}: ${citation.outlet}, ${citation.title}`;
  return [" ", el("a", { class: "citation", href: passageAddress(citation), "aria-label": where, title: `${citation.outlet}: ${citation.title}` }, String(number))];
}

function reportHeading(citation) {
  return [
    el("p", { class: "kicker report" }, words(published(citation)), " · ", words(outletOf(citation))),
    el("h3", { class: "report" }, words(citation.title)),
  ];
}

function reference(citation, change) {
  const more = [caution(citation), carriedBy(citation.copies), change && became(change)].filter(Boolean);
  return el(
    "li",
    { value: citation.number },
    joined([
      words(outletOf(citation)),
      el("a", { href: passageAddress(citation) }, words(citation.title)),
      words(published(citation)),
      citation.authors.length > 0 && words(citation.authors.join(", ")),
      outside(citation.url),
    ]),
    more.map((line) => el("span", { class: "caution" }, " · ", words(line))),
    change?.became === "gone" && el("blockquote", {}, words(citation.text)),
    change?.became === "moved" && [" ", el("a", { href: passageAddress({ ...citation, ...change }) }, "open it there")],
  );
}
