// Asking: the front page, and a conversation with its turns.

import { conversationPath } from "./conversations.js";
import { el, fill, words } from "./dom.js";
import { failure } from "./failure.js";
import { headlines } from "./headlines.js";
import { Narrowing } from "./narrowing.js";
import { rename } from "./places.js";
import { query, request } from "./service.js";
import { AskedTurn, keptTurn } from "./turn.js";

const ID_BYTES = 6;
const NEWEST = 8;
const AT_ONCE = 20;

/** The front page, or the conversation that the address names. */
export function askPage(main, { view, name }) {
  const page = new AskPage(view === "conversation" ? name : null);
  fill(main, page.element);
  page.begin();
  return view === "conversation" ? "Conversation" : "";
}

class AskPage {
  constructor(conversation) {
    this.conversation = conversation;
    this.narrowing = new Narrowing();
    this.heading = el("h1", { class: "unseen" }, conversation ? "Conversation" : "Ask the archive");
    this.turns = el("div", { class: "turns" });
    this.front = el("section", { class: "front", "aria-label": "Latest in the archive" });
    this.question = el("textarea", {
      id: "question", rows: 1, maxlength: 2000, required: true, enterkeyhint: "send", autocomplete: "off",
      placeholder: "Ask about the news", on: { keydown: (event) => this.onKey(event) },
    });
    this.form = el(
      "form",
      { class: "asking", on: { submit: (event) => this.onSubmit(event) } },
      el("label", { for: "question", class: "unseen" }, "Question"),
      el("div", { class: "line" }, this.question, el("button", {}, "Ask")),
      this.narrowing.element,
    );
    this.element = el("div", { class: "ask" }, this.heading, this.turns, this.form, this.front);
  }

  begin() {
    this.element.classList.toggle("empty", !this.conversation);
    if (this.conversation) this.resume();
    else this.showLatest();
    this.question.focus({ preventScroll: true });
  }

  async resume() {
    try {
      const { title } = await this.kept({});
      this.name(title);
      this.turns.lastElementChild?.scrollIntoView();
    } catch (error) {
      fill(this.turns, failure(error));
    }
  }

  /** The latest turns, or those before a number, put before those that are shown. */
  async kept({ before = null }) {
    const path = conversationPath(this.conversation) + query({ before, limit: AT_ONCE });
    const conversation = await request("GET", path);
    const { turns } = conversation;
    this.turns.prepend(...turns.map((turn) => keptTurn(turn, this.again).element));
    if (turns[0]?.number > 1) this.turns.prepend(this.earlier(turns[0].number));
    return conversation;
  }

  earlier(before) {
    const click = async () => {
      button.remove();
      await this.kept({ before }).catch((error) => this.turns.prepend(failure(error)));
    };
    const button = el("button", { type: "button", class: "quiet", on: { click } }, "Earlier questions");
    return button;
  }

  name(title) {
    fill(this.heading, words(title));
    document.title = `${title} – Dateline`;
  }

  async showLatest() {
    try {
      const { articles } = await request("GET", `/articles?limit=${NEWEST}`);
      if (articles.length) fill(this.front, el("h2", {}, "Latest in the archive"), headlines(articles));
      else fill(this.front, el("p", {}, "The archive is empty. ", el("a", { href: "#/add" }, "Add articles"), " to ask about them."));
    } catch (error) {
      fill(this.front, failure(error));
    }
  }

  /** Put a question again, with the filters and the order that are left. */
  again = (question, { filters, order }) => {
    const { policy } = this.narrowing.chosen();
    this.ask({ question, filters, order, policy, read_filters: false });
  };

  onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  onSubmit(event) {
    event.preventDefault();
    const question = this.question.value.trim();
    if (!question) return;
    this.question.value = "";
    this.ask({ question, ...this.narrowing.chosen() });
  }

  ask(asked) {
    this.haveConversation();
    const turn = new AskedTurn({ ...asked, conversation_id: this.conversation }, this.again);
    this.turns.append(turn.element);
    turn.element.scrollIntoView();
    turn.run();
  }

  /** A conversation begins with its first question; from then on the address names it. */
  haveConversation() {
    if (this.conversation) return;
    this.conversation = newName();
    rename({ view: "conversation", name: this.conversation });
    this.element.classList.remove("empty");
    this.front.remove();
  }
}

function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
