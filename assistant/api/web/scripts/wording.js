// How dates, counts, filters and answers are said: in the words of assistant/wording.py and tui/wording.py.

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const DAY_MS = 24 * 60 * 60 * 1000;

const VERDICTS = {
  supported: { sign: "✓", name: "supported" },
  partly: { sign: "~", name: "partly supported" },
  unsupported: { sign: "?", name: "unsupported" },
  nearest: { sign: "≈", name: "only near the question" },
  remark: { sign: "·", name: "a remark" },
};

const SINCE = {
  moved: "the article has changed since; these words still stand in it",
  corrected: "the article has been corrected since and no longer says this",
  gone: "this text is no longer in the archive",
};

/** "1 article", "2,000 articles". */
export function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** "1 copy", "2 copies", "3 added": how many pages came to that. */
export function tallied(number, status) {
  return `${number.toLocaleString("en")} ${status === "copy" && number !== 1 ? "copies" : status}`;
}

/** A day as it was printed where it comes from: "7 October 2026". The reader's time zone does not change it. */
export function day(moment) {
  const [year, month, date] = moment.slice(0, 10).split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** The publication time as exactly as it is known, or "undated" with the page's own words. */
export function published({ published: at, published_precision: precision, published_said: said }) {
  if (!at) return said ? `undated (“${said}”)` : "undated";
  if (precision === "year") return at.slice(0, 4);
  if (precision === "month") return day(at).replace(/^\S+ /, "");
  return day(at);
}

/** The publication time with hour and minute where they are known. */
export function publishedInFull(item) {
  if (!item.published || !["minute", "second"].includes(item.published_precision)) return published(item);
  const [, time, zone] = item.published.match(/T(\d\d:\d\d).*?(Z|[+-]\d\d:\d\d)$/) ?? [];
  return time ? `${day(item.published)}, ${time} ${zone === "Z" ? "UTC" : `UTC${zone}`}` : day(item.published);
}

/** "less than a day old", "5 months old". */
export function aged(moment, now = Date.now()) {
  const days = Math.max(Math.floor((now - new Date(moment)) / DAY_MS), 0);
  if (days < 1) return "less than a day old";
  if (days < 60) return `${counted(days, "day")} old`;
  return days < 730 ? `${counted(Math.floor(days / 30), "month")} old` : `${counted(Math.floor(days / 365), "year")} old`;
}

/** The sign and the name of how far a statement is supported. */
export function verdict(statement) {
  if (statement.form === "remark") return VERDICTS.remark;
  return statement.nearest ? VERDICTS.nearest : VERDICTS[statement.support];
}

/** Why a statement is not fully supported, or that its quotation was cited anew; "" where all is well. */
export function doubt(statement) {
  if (statement.support !== "supported") {
    return `${statement.support}: ${statement.reason || "no reason given"}`;
  }
  const moved = statement.quotation === "wrong article";
  return moved ? "its quotation comes from another passage than the one first cited; that passage is cited here" : "";
}

/** What has become of a cited text since the answer was given. */
export function became(change) {
  return SINCE[change.became];
}

/** The outlet, and the agency it took the article from where that is stated. */
export function outletOf({ outlet, origin }) {
  return origin && origin !== outlet ? `${outlet} (${origin})` : outlet;
}

/** What to know before relying on an article. */
export function caution({ partial, claims }) {
  return [partial, claims && `claims to be ${claims}`].filter(Boolean).join(" · ");
}

/** "also carried by" the outlets with the same report; "" where there is none. */
export function carriedBy(copies) {
  const outlets = [...new Set(copies.map((copy) => copy.outlet))];
  return outlets.length ? `also carried by ${outlets.join(", ")}` : "";
}

/** "the collection harbour"; "" where a filter names none. */
export function collectionOf({ collection }) {
  return collection ? `the collection ${collection}` : "";
}

/** The days that a filter lets through: "between 1 June 2022 and 30 June 2022"; "" where that is all. */
export function dates({ since, until }) {
  if (since && until) return since === until ? `on ${day(since)}` : `between ${day(since)} and ${day(until)}`;
  return since ? `since ${day(since)}` : until ? `until ${day(until)}` : "";
}

/** A follow-up as it was searched for; what it owes to the questions before stands at its end in brackets. */
export function understood(standalone) {
  const [, question, borrowed] = standalone.trim().match(/^(.*?)(?: \(([^()]*)\))?$/s);
  return borrowed ? `understood as: ${question} · about ${borrowed}` : `understood as: ${question}`;
}

/** What a refusal looked through. */
export function searched({ articles_searched, passages_searched, filters }) {
  const narrowed = [...filters.outlets, collectionOf(filters), dates(filters)].filter(Boolean).join(", ");
  const held = `searched ${counted(articles_searched, "article")}, ${counted(passages_searched, "passage")}`;
  return narrowed ? `${held} · only ${narrowed}` : held;
}

/** How complete an answer is, the age of its evidence, how many sources stand behind it, and who made it. */
export function standing(answer) {
  const { as_of: age } = answer;
  return [
    answer.outcome === "partly" && "partly answered",
    age && `as of ${day(age.newest)}`,
    age && day(age.oldest) !== day(age.newest) && `oldest evidence ${day(age.oldest)}`,
    answer.citations.length > 0 && counted(answer.independent_sources, "independent source"),
    answer.model !== "extractive" && `written by ${answer.model}`,
    answer.reader === "none" && "without the trained reader",
  ].filter(Boolean).join(" · ");
}

/** How many reports a digest tells, in which order, and how old the newest is. */
export function digestLine({ found, told, copies, order, newest, asked, mentioned }) {
  const number = told === found ? counted(told, "report") : `${told} of ${counted(found, "report")}`;
  const reports = number + (mentioned ? ` that ${found === 1 ? "mentions" : "mention"} ${mentioned}` : "");
  const newestLine = newest ? `${found === 1 ? "from" : "the newest is from"} ${day(newest)}, ${aged(newest, new Date(asked))}` : "undated";
  return [
    told > 1 ? `${reports}, ${order} first` : reports,
    copies > 0 && `${tallied(copies, "copy")} of these left out`,
    newestLine,
  ].filter(Boolean).join("; ");
}
