// One question and its answer: streaming, or kept from before.

import { answerParts, refusal, statementRow, statementRows } from "./answer.js";
import { filterChips } from "./chips.js";
import { announce, el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { stream } from "./service.js";
import { counted, understood } from "./wording.js";

/** A turn of a conversation that was asked before. */
export function keptTurn({ question, answer, changes = [] }, again) {
  const turn = new Turn(question, again);
  turn.finish(answer, changes);
  return turn;
}

class Turn {
  constructor(question, again) {
    this.asked = question;
    this.again = again;
    this.understood = el("div", { class: "understood" });
    this.body = el("div", { class: "answer" });
    this.element = el(
      "article",
      { class: "turn", "aria-label": `Question: ${question}` },
      el("h2", { dir: "auto" }, words(question)),
      this.understood,
      this.body,
    );
  }

  /** Show the question as it was searched for, where it was, and its filters as chips that can be taken off. */
  understand({ standalone, filters, order }) {
    const completed = standalone && standalone.trim() !== this.asked.trim();
    fill(
      this.understood,
      completed && el("p", { class: "muted" }, words(understood(standalone))),
      filterChips({ filters, order }, (left) => this.again(this.asked, left)),
    );
  }

  /** `changes` say what has become of the cited texts since. */
  finish(answer, changes = []) {
    this.understand(answer);
    const refused = answer.receipt && answer.outcome === "refused";
    fill(this.body, refused ? refusal(answer) : statementRows(answer), answerParts(answer, changes));
  }
}

/** A turn that is being answered. */
export class AskedTurn extends Turn {
  constructor(request, again) {
    super(request.question, again);
    this.request = request;
    this.leaving = new AbortController();
  }

  async run() {
    this.wait();
    try {
      for await (const event of stream("/ask/stream", this.request, { signal: this.leaving.signal })) this.take(event);
    } catch (error) {
      this.waiting.remove();
      this.body.append(failure(error, () => this.run()));
    }
    this.element.removeAttribute("aria-busy");
  }

  wait() {
    this.step = el("span", {}, "Searching the archive…");
    const stop = el("button", { type: "button", class: "quiet", on: { click: () => this.leaving.abort() } }, "Stop");
    this.leaving = new AbortController();
    this.citations = [];
    this.waiting = el("p", { class: "waiting" }, this.step, " ", stop);
    this.element.setAttribute("aria-busy", "true");
    fill(this.body, this.waiting);
    announce("Searching the archive");
  }

  take(event) {
    if (event.event === "understood") this.understand(event);
    if (event.event === "sources") this.step.textContent = `Reading ${counted(event.headlines.length, "article")}…`;
    if (event.event === "statement") this.state(event);
    if (event.event === "done") this.conclude(event.answer);
  }

  state({ statement, citations }) {
    this.citations.push(...citations);
    this.waiting.before(statementRow(statement, this.citations));
    this.step.textContent = "Checking the next sentence…";
  }

  conclude(answer) {
    this.finish(answer);
    const { statements, citations } = answer;
    announce(`Answered: ${counted(statements.length, "sentence")}, ${counted(citations.length, "citation")}`);
  }
}
