"""The text of an article in the data from which a page's scripts build it: JSON-LD, and the state of frameworks."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.extract.body.markup import as_text
from ingest.extract.body.runs import folded_letters, width
from ingest.extract.stated.length import covered
from ingest.extract.stated.linked import Linked, named
from ingest.language.sentences import sentences
from ingest.language.text import squeeze

# The way to a value: keys of objects and places in lists.
Path = tuple[str | int, ...]

_ASSIGNED = re.compile(r"[\w$\])\"']\s{0,9}=\s{0,9}(?=[{\[])")
_SHORTEST, _LEAST, _LONG, _PARAGRAPH = 200, 100, 2000, 60
_MOST_CHARACTERS, _MOST_STRINGS, _MOST_SCRIPTS, _MOST_HEADS = 8_000_000, 100_000, 30, 5
_DEEPER, _SAME, _LONGER, _PARTLY = 0.8, 0.6, 0.1, 0.4
_STOPS, _QUOTES = frozenset(".!?…。！？।۔؟"), "\"”’'»)」』"
_MARKUP = re.compile(r"[<>{}\[\]|]|&\w+;|https?:")
_KNOWN_AGAIN = 20


@dataclass(frozen=True, slots=True)
class Scripts:
    """The scripts of a page: those that are data, and those that may assign some."""

    data: tuple[str, ...]
    code: tuple[str, ...]


def scripts(tree: Any) -> Scripts:
    """The longer scripts of a page."""
    found = [(script.get("type") or "", script.text or "") for script in tree.iter("script")]
    long = [
        (kind, text) for kind, text in found if _SHORTEST < len(text) < _MOST_CHARACTERS and "ld+json" not in kind
    ]
    data = tuple(text for kind, text in long if kind.endswith("json"))[:_MOST_SCRIPTS]
    code = tuple(text for kind, text in long if not kind or "javascript" in kind)[:_MOST_SCRIPTS]
    return Scripts(data, code)


def only_text(found: Scripts, linked: Linked, title: str) -> str:
    """The article of a page that shows none, empty where its data do not name it as the page does."""
    data = [*_told(linked, title), *_stored(_loaded(found, with_code=True), title)]
    largest: list[str] = max(data, key=_prose) if data else []
    return "\n\n".join(largest)


def completed(text: str, found: Scripts, linked: Linked, title: str) -> str:
    """The text, with the paragraphs that its article has besides in the data of its page.

    Data are of the same article where most of the text stands in them in the same words.
    """
    bodies = [*_told(linked, title), *_stored(_loaded(found, with_code=False), title)]
    same = [body for body in bodies if len("".join(body)) > len(text) and covered(text, "\n".join(body)) >= _SAME]
    return _joined(text, min(same, key=_prose)) if same else text  # the largest hold other articles too


def _told(linked: Linked, title: str) -> Iterator[list[str]]:
    """The bodies that JSON-LD gives of the article."""
    for node in linked.nodes:
        is_this = node is linked.article or folded_letters(named(node.get("headline"))) == folded_letters(title)
        lines = _lines(named(node.get("articleBody"))) if is_this else []
        if _prose(lines) >= _SHORTEST:
            yield lines


def _loaded(found: Scripts, *, with_code: bool) -> Iterator[Any]:
    for text in found.data:
        yield from _decoded(text, 0)
    for text in found.code if with_code else ():
        assigned = _ASSIGNED.search(text)
        if assigned:
            yield from _decoded(text, assigned.end())


def _decoded(text: str, start: int) -> Iterator[Any]:
    try:
        yield json.JSONDecoder(strict=False).raw_decode(text.lstrip() if not start else text, start)[0]
    except (ValueError, RecursionError):
        return


def _is_title(text: str, wanted: str) -> bool:
    return folded_letters(as_text(text) if "<" in text or "&" in text else text) == wanted


def _stored(values: Iterable[Any], title: str) -> Iterator[list[str]]:
    """The body of each object that has the title of the page among its values."""
    wanted = folded_letters(title)
    for value in values if wanted else ():
        strings = list(_strings(value))
        heads = {path[:-1] for path, text in strings if path and len(text) < _LONG and _is_title(text, wanted)}
        for head in sorted(heads, key=len)[:_MOST_HEADS]:
            lines = _body([(path[len(head) :], text) for path, text in strings if path[: len(head)] == head])
            if _prose(lines) >= _SHORTEST:
                yield lines


def _strings(value: Any) -> Iterator[tuple[Path, str]]:
    """All strings in a value in their order, each with the way to it."""
    waiting: list[tuple[Path, Any]] = [((), value)]
    count = 0
    while waiting and count < _MOST_STRINGS:
        path, one = waiting.pop()
        if isinstance(one, str):
            count += 1
            yield path, one
        elif isinstance(one, dict):
            waiting.extend(((*path, key), item) for key, item in reversed(one.items()))
        elif isinstance(one, list):
            waiting.extend(((*path, at), item) for at, item in reversed(list(enumerate(one))))


def _body(strings: list[tuple[Path, str]]) -> list[str]:
    """The paragraphs of the innermost list, or the one string, that has most of the running text of an object."""
    parts: dict[Path, list[tuple[Path, str]]] = {}
    for path, text in strings:
        if len(path) and isinstance(path[-1], str):
            for end in [at for at, step in enumerate(path) if isinstance(step, int)]:
                parts.setdefault(path[:end], []).append((path[end:], text))
        elif path:
            parts.setdefault(path[:-1], []).append((path[-1:], text))
    bodies = {path: _paragraphs(listed) for path, listed in parts.items()}
    long = ((path, text) for path, text in strings if len(text) >= _SHORTEST and path not in bodies)
    bodies.update({path: _lines(text) for path, text in long if not text.startswith(("[", "{"))})
    lengths = {path: _prose(lines) for path, lines in bodies.items()}
    most = max(lengths.values(), default=0)
    good = [path for path, length in lengths.items() if length >= max(_DEEPER * most, 1)]
    return bodies[max(good, key=lambda path: (len(path), lengths[path]))] if good else []


def _paragraphs(listed: list[tuple[Path, str]]) -> list[str]:
    """The text of each item of a list: of the strings under the name under which most items have words."""
    named_so = {(_name(path), path[0]) for path, text in listed if " " in text.strip()}
    said = Counter(name for name, _ in named_so)
    most = max(sorted(said), key=lambda name: said[name], default=None)
    items: dict[str | int, list[str]] = {}
    for path, text in listed:
        if _name(path) == most:
            items.setdefault(path[0], []).append(text)
    return [line for texts in items.values() for line in _lines("".join(texts))]


def _name(path: Path) -> str:
    return path[-1] if isinstance(path[-1], str) else ""


def _lines(text: str) -> list[str]:
    said = as_text(text)
    said = as_text(said) if said != text and "<" in said else said  # HTML that was escaped twice
    return [line for part in said.split("\n") if (line := squeeze(part))]


def _prose(lines: list[str]) -> int:
    return sum(width(line) for line in lines if width(line) >= _PARAGRAPH)


def _joined(text: str, body: list[str]) -> str:
    """The text, with what the body has more behind the lines that it follows; as it is where that is little."""
    lines = text.split("\n\n")
    known = [folded_letters(line) for line in lines]
    more: dict[int, list[str]] = {}
    for at, piece in _unknown(body, known, text):
        if width(piece) >= _PARAGRAPH and piece.rstrip(_QUOTES)[-1:] in _STOPS and not _MARKUP.search(piece):
            more.setdefault(at, []).append(piece)
    length = sum(width(piece) for pieces in more.values() for piece in pieces)
    if length < max(_LEAST, _LONGER * width(text)):
        return text
    placed = (piece for at, line in enumerate(lines) for piece in (line, *more.get(at, ())))
    return "\n\n".join([*more.get(-1, ()), *placed])


def _unknown(body: list[str], known: list[str], text: str) -> Iterator[tuple[int, str]]:
    """The stretches of sentences in each paragraph that no line has, with the place of the line before them."""
    every = "".join(known)
    at = -1
    for paragraph in body:
        stretch: list[str] = []
        for sentence in [paragraph[start:end] for start, end in sentences(paragraph)]:
            words = folded_letters(sentence)
            if words not in every and covered(sentence, text) < _PARTLY:
                stretch.append(sentence.strip())
                continue
            if stretch:
                yield at, " ".join(stretch)
            stretch = []
            if len(words) >= _KNOWN_AGAIN:
                at = next((place for place, line in enumerate(known) if words in line), at)
        if stretch:
            yield at, " ".join(stretch)
