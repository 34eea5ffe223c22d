"""A PDF into an article: its lines made paragraphs, its title the largest line, its date only where it is printed."""

from __future__ import annotations

import io
import logging
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ingest.address import canonical
from ingest.errors import ExtractError
from ingest.extract.claims import fetched
from ingest.extract.draft import Draft, article
from ingest.extract.text import plain
from ingest.extract.text.layout import ADDRESS, Line, paragraphs, without_heads
from ingest.extract.text.wrapped import spelt, words_of
from ingest.extract.time.dates import UNKNOWN, When, parse
from ingest.extract.titles import folded_title
from ingest.language.text import squeeze
from ingest.types import Article, Page

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 100
_MOST_CHARACTERS = 2_000_000
_JUNK = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|untitled.*|.*\.(?:docx?|pdf|indd|qxp|pptx?|tex|html?)|document\d*|\W*)",
    re.I,
)
_BETWEEN = re.compile(r" ?[|·•] ?")
_NEAR = 0.55
_LARGE, _MOST_ABOVE, _MOST_ABOVE_CHARACTERS = 1.2, 12, 600
_HINT = "save the article as text or as a web page"


def extract(page: Page) -> Article:
    """The article of a PDF.

    Raises ExtractError for one that cannot be opened, is encrypted, is too long, or holds pictures of pages only.
    """
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds odd in a file is no news to a reader
    try:
        reader = _opened(page.content)
        lines = list(_lines(reader))
        return article(fetched(_draft(lines, _said(reader)), page), page)
    except (PyPdfError, RecursionError, ArithmeticError, LookupError, TypeError, AttributeError) as exc:
        raise ExtractError(f"the PDF is damaged ({type(exc).__name__})", _HINT) from exc


def _opened(content: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(content))
    try:
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise ExtractError("the PDF is encrypted", "save a copy without password")
    except DependencyError as exc:
        raise ExtractError("the PDF is encrypted with an unsupported method", "save a copy without password") from exc
    if (count := len(reader.pages)) > MOST_PAGES:
        raise ExtractError(f"the PDF has {count:,} pages, an article at most {MOST_PAGES}", "cut the article out")
    return reader


def _lines(reader: PdfReader) -> Iterator[Line]:
    length = 0
    for number, page in enumerate(reader.pages):
        for line in _lines_of(page, number):
            length += len(line.text)
            if length > _MOST_CHARACTERS:
                raise ExtractError(f"the PDF holds more than {_MOST_CHARACTERS:,} characters", "cut the article out")
            yield line
    if not length:
        raise ExtractError(
            "the PDF holds no text, only pictures of it", "run it through text recognition (OCR) first"
        )


def _lines_of(page: PageObject, number: int) -> Iterator[Line]:
    pieces: list[tuple[str, float, float, float]] = []

    def keep(text: str, user: Sequence[float], placed: Sequence[float], _font: Any, size: float) -> None:
        if text:
            x = placed[4] * user[0] + placed[5] * user[2] + user[4]
            y = placed[4] * user[1] + placed[5] * user[3] + user[5]
            pieces.append((text, x, y, size * math.sqrt(abs(_area(placed) * _area(user)))))

    page.extract_text(visitor_text=keep)
    line: list[tuple[str, float, float, float]] = []
    for text, x, y, size in pieces:
        *ended, last = text.split("\n")
        for part in ended:
            line.append((part, x, y, size))
            yield from _line(line, number)
            line = []
        line.append((last, x, y, size))
    yield from _line(line, number)


def _area(matrix: Sequence[float]) -> float:
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]


def _line(pieces: Sequence[tuple[str, float, float, float]], number: int) -> Iterator[Line]:
    """One line out of its pieces, as high as most of it."""
    text = squeeze(spelt("".join(piece[0] for piece in pieces)))
    if text:
        _, x, y, _ = next(piece for piece in pieces if piece[0].strip())
        size = max(pieces, key=lambda piece: len(piece[0]))[3]
        yield Line(text, number, x, y, size)


def _said(reader: PdfReader) -> tuple[str, datetime | None]:
    """Title and time of making as the file has them; neither is believed unless the text agrees."""
    try:
        said = reader.metadata
        return squeeze(str(said.title or "")) if said else "", said.creation_date if said else None
    except (ValueError, TypeError, LookupError, AttributeError):
        return "", None


def _draft(lines: Sequence[Line], said: tuple[str, datetime | None]) -> Draft:
    kept, heads = without_heads(lines)
    title, above, below = _divided(kept, said[0])
    words = words_of("\n".join(line.text for line in kept))
    text = "\n\n".join(paragraphs(below, words))
    # With a title that cannot be taken for a sentence, so that byline and date below it are looked for.
    found = plain.draft(f"Title\n\n{text}", captured=None)
    first = [line.text for line in kept if line.page == 0]
    published = found.published if found.published.at else _printed(above, first, said[1])
    return replace(found, title=title, url=_address(heads), claimed=True, published=published)


def _divided(lines: Sequence[Line], called: str) -> tuple[str, Sequence[Line], Sequence[Line]]:
    """The title, the lines above it and those below. A name in the file counts where it is printed as well."""
    called = "" if _JUNK.fullmatch(called) else called
    runs = _large(lines)
    chosen = next((run for run in runs if called and folded_title(_text(lines, run)) == folded_title(called)), None)
    chosen = chosen or _headline(lines, runs)
    if chosen is None:
        printed = folded_title(called) in folded_title(" ".join(line.text for line in lines[:_MOST_ABOVE]))
        return (called if printed else ""), [], lines
    above = lines[: chosen.start]
    if len(above) > _MOST_ABOVE or sum(len(line.text) for line in above) > _MOST_ABOVE_CHARACTERS:
        return _text(lines, chosen), [], lines
    return _text(lines, chosen), above, lines[chosen.stop :]


def _large(lines: Sequence[Line]) -> list[range]:
    """Runs of lines of the first page in one size above that of the text, the largest first."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    least = _LARGE * max(sizes, key=lambda size: sizes[size]) if sizes else 0.0
    runs: list[range] = []
    for number, line in enumerate(lines):
        if line.page or line.size < least:
            continue
        if runs and runs[-1].stop == number and abs(lines[number - 1].size - line.size) < 0.05 * line.size:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    usable = [run for run in runs if 2 < len(_text(lines, run)) <= 300]
    return sorted(usable, key=lambda run: -lines[run.start].size)


def _headline(lines: Sequence[Line], runs: Sequence[range]) -> range | None:
    """The largest run; where that is only a few words, as a paper's name is, the largest sentence near its size."""
    if not runs:
        return None
    least = _NEAR * lines[runs[0].start].size
    near = (run for run in runs if lines[run.start].size >= least and len(_text(lines, run).split()) > 3)
    return next(near, runs[0])


def _text(lines: Sequence[Line], run: range) -> str:
    return " ".join(lines[number].text for number in run)


def _printed(above: Sequence[Line], first: Sequence[str], made: datetime | None) -> When:
    """The day in the lines above the title; else that on which the file was made, where the first page prints it."""
    for piece in (piece for line in above for piece in _BETWEEN.split(line.text)):
        when = parse(piece)
        if when.at and when.precision not in ("month", "year"):
            return when
    if made is None:
        return UNKNOWN
    month, printed = f"{made:%B}", " ".join(first)[:3000]
    forms = (f"{made.day} {month} {made.year}", f"{month} {made.day}, {made.year}", f"{made:%Y-%m-%d}")
    return next((parse(form) for form in forms if form in printed), UNKNOWN)


def _address(heads: Sequence[Line]) -> str | None:
    """Where a browser printed the page from."""
    found = (match for line in heads if (match := ADDRESS.fullmatch(line.text)))
    return next((url for match in found if (url := canonical(match["url"]))), None)
