"""Lines that a page sets apart from its text as about somebody: in italics, in a box, by a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from ingest.extract.body.paragraphs import HEADS, line_of
from ingest.extract.byline.bylines import is_of_writer, leads_to_writer
from ingest.extract.byline.names import folded_name

_BLOCKS = ("p", "div", "section", "aside", "footer", "address", "li")
_SLANTED = ("em", "i", "small")
_LONGEST, _DEEPEST, _MORE_WORDS = 400, 4, 2


def lines_about(tree: Any, writers: Sequence[str]) -> frozenset[str]:
    """The lines that begin with the name of a writer and are set apart, as `folded_name` spells them."""
    names = [name for writer in writers if " " in (name := folded_name(writer))]
    first = {name[0] for name in names}
    blocks = (block for block in tree.iter(*_BLOCKS) if _begins(block, names, first)) if names else ()
    lines = ((block, line_of(block)) for block in blocks)
    return frozenset(
        folded_name(line) for block, line in lines if len(line) <= _LONGEST and _is_apart(block, line, names)
    )


def _begins(block: Any, names: list[str], first: set[str]) -> bool:
    texts = " ".join(islice((text for text in block.itertext() if text.strip()), 3)).lstrip("•*–—- \n")[:200]
    is_possible = folded_name(texts[:1]) in first  # spares the rest for most blocks
    return is_possible and any(folded_name(texts).startswith(name) for name in names)


def _is_apart(block: Any, line: str, names: list[str]) -> bool:
    if any(folded_name(line_of(part)) == folded_name(line) for part in block.iter(*_SLANTED)):
        return True
    if any(leads_to_writer(link) for link in block.iter("a")):
        return True
    before = block.getprevious()
    return any(map(is_of_writer, _boxes(block))) or (before is not None and _parts(before, names))


def _boxes(block: Any) -> Iterator[Any]:
    """The block and those around it that hold little else."""
    for step in islice((block, *block.iterancestors()), _DEEPEST):
        if len(line_of(step)) > 2 * _LONGEST:
            return
        yield step


def _parts(before: Any, names: list[str]) -> bool:
    """Whether what stands before a block parts it from the text: a rule, or a heading about the writer."""
    words = folded_name(line_of(before)).split() if before.tag in HEADS else []
    about = any(name in " ".join(words) and len(words) <= len(name.split()) + _MORE_WORDS for name in names)
    return before.tag == "hr" or about
