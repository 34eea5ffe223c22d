// Where the page is. `#/articles?q=storm&article=12` names a page, its settings, and the article open beside it.

const PASSAGE = ["article", "version", "part", "start", "end"];

/** The place that an address names: the page with its name and settings, and the passage open beside it. */
function placeOf(hash) {
  const [path, search = ""] = hash.replace(/^#/, "").split("?", 2);
  const [view = "", name = ""] = path.split("/").filter(Boolean).map(decoded);
  const settings = new URLSearchParams(search);
  const passage = Object.fromEntries(PASSAGE.map((key) => [key, settings.get(key)]));
  PASSAGE.forEach((key) => settings.delete(key));
  return { view, name, settings, passage: passage.article ? passage : null };
}

export function here() {
  return placeOf(location.hash);
}

/** The address of a place. */
export function address({ view = "", name = "", settings = "", passage = null }) {
  const path = ["#", ...[view, name].filter(Boolean).map(encodeURIComponent)].join("/");
  const search = new URLSearchParams([...new URLSearchParams(settings), ...given(passage ?? {})]).toString();
  return (path === "#" ? "#/" : path) + (search && `?${search}`);
}

/** The address that opens a cited passage beside the current page. */
export function passageAddress({ article_id, version, part, start, end }) {
  return address({ ...here(), passage: { article: article_id, version, part, start, end } });
}

/** Change the address of the current page without going anywhere; `renamed` on the window tells. */
export function rename(place) {
  history.replaceState(null, "", address(place));
  dispatchEvent(new Event("renamed"));
}

function given(values) {
  return Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
