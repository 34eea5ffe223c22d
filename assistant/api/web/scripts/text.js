// Places in texts. The service counts code points; JavaScript's strings count UTF-16 units.

/** The places in a string of sorted offsets that count code points. */
export function units(text, offsets) {
  const places = [];
  let points = 0;
  let unit = 0;
  for (const offset of offsets) {
    while (points < offset && unit < text.length) {
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
      points += 1;
    }
    places.push(unit);
  }
  return places;
}

/**
 * Paragraphs of a text, each as pieces `{ text, cited }`. Line breaks end a paragraph and are in none, so the cited
 * pieces, joined by what was between them, are exactly `start` to `end`.
 */
export function paragraphs(text, start, end) {
  const found = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    if (line.trim()) found.push(pieces(line, start - index, end - index));
  }
  return found;
}

/** A text in up to three pieces: before, from `start` to `end` (in UTF-16 units), and after. */
export function pieces(text, start, end) {
  const from = Math.min(Math.max(start, 0), text.length);
  const to = Math.min(Math.max(end, from), text.length);
  const cut = [
    { text: text.slice(0, from), cited: false },
    { text: text.slice(from, to), cited: true },
    { text: text.slice(to), cited: false },
  ];
  return cut.filter((piece) => piece.text);
}

/** A text in pieces `{ text, kinds }`, by the first occurrence of the words of each kind. */
export function marked(text, kinds) {
  const found = Object.entries(kinds).flatMap(([kind, phrases]) => phrases.map((phrase) => place(text, phrase, kind)));
  const ranges = found.filter(Boolean);
  const bounds = [...new Set([0, text.length, ...ranges.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return bounds.slice(1).map((end, number) => {
    const start = bounds[number];
    const within = ranges.filter((range) => range.start <= start && end <= range.end);
    return { text: text.slice(start, end), kinds: within.map((range) => range.kind) };
  });
}

function place(text, phrase, kind) {
  const start = phrase ? text.indexOf(phrase) : -1;
  return start < 0 ? null : { kind, start, end: start + phrase.length };
}
