"""What is known of words stands once: no two lists in the code are nearly the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml.html import defs

ROOT = Path(__file__).parents[3]
LANGUAGE = Path("ingest/language")
# Words of a list, how many of them make it that list, and where it stands.
LISTS = {
    "stop words": (
        "the of and was were with from that which would their about".split(),
        8,
        {"english.py", "stems.py"},
    ),
    "verbs of saying": ("said says added warned claimed announced insisted told denied".split(), 6, {"saying.py"}),
    "denials": ("not never none nobody neither nor without cannot hardly".split(), 5, {"denial.py"}),
    "capital letters": ("A-Z À-Ö Ø-Þ Ā-ž".split(), 2, {"text.py"}),
}
FEWEST = 5  # words of a list that is compared, and of those that two have in common
# Names of elements, which many lists of the reading of pages have in part.
ELEMENTS = defs.tags | {"svg", "template"}
# Lists that share most of their words and mean different things.
APART = {
    # Before "May" in an article; before a date in a question.
    ("assistant/checks/dates.py", "assistant/question/times.py"),
    # "Near Holm" nobody speaks, "during the talks Holm said" somebody does.
    ("ingest/language/english.py", "ingest/language/speech.py"),
    # The fields of a citation; those of a search result.
    ("assistant/api/openai/telling.py", "assistant/service/news_retriever.py"),
}
_MEMBER = re.compile(r"(?:\A|[|(:])(?:\\b)?([^\W\d_]{2,})(?=\Z|[|)(\\\[?])")


class WordList(NamedTuple):
    """The words of a list or a pattern, and where it stands."""

    path: Path
    line: int
    words: frozenset[str]


def trees() -> Iterator[tuple[Path, ast.AST]]:
    """All code; what trains the models has lists to make sentences with."""
    for package in ("assistant", "ingest", "tui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "training" not in path.parts:
                yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


@cache
def texts() -> list[tuple[Path, int, str]]:
    """The texts in the code, what is put together in braces among them as a gap."""
    return [text for path, tree in trees() for text in texts_in(path, tree)]


def texts_in(path: Path, tree: ast.AST) -> Iterator[tuple[Path, int, str]]:
    pieces = {piece for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            said = [piece.value if isinstance(piece, ast.Constant) else "\0" for piece in node.values]
            yield path, node.lineno, "".join(map(str, said))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in pieces:
            yield path, node.lineno, node.value


def word_lists() -> Iterator[WordList]:
    """The lists of words: the members of a set, texts that are split, the alternatives of a pattern."""
    for path, tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Set(elts=said) | ast.Call(func=ast.Name("frozenset"), args=[ast.Tuple(elts=said)]):
                    members = (one.value for one in said if isinstance(one, ast.Constant))
                    yield WordList(path, node.lineno, frozenset(text for text in members if isinstance(text, str)))
                case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split"), args=[]):
                    yield WordList(path, node.lineno, frozenset(text.split()))
    for path, line, text in texts():
        yield WordList(path, line, frozenset(_MEMBER.findall(text) if "|" in text else ()))


def words_of(text: str) -> list[str]:
    """The words of a list or of a pattern; none of what is a text of several paragraphs."""
    return [] if "\n\n" in text else text.replace("|", " ").replace("\\b", " ").split()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_english_words_stands_once(name: str) -> None:
    words, least, homes = LISTS[name]
    found = {path for path, _, text in texts() if len({*words} & {*words_of(text)}) >= least}
    strange = {path for path in found if path.name not in homes or path.parent != LANGUAGE}
    assert not strange


def shared_lists() -> Iterator[tuple[WordList, WordList]]:
    """Pairs of lists that have more than half of the words of the longer one in common."""
    lists = [one for one in dict.fromkeys(word_lists()) if len(one.words) >= FEWEST and not one.words <= ELEMENTS]
    for one, other in combinations(lists, 2):
        shared = len(one.words & other.words)
        if shared >= FEWEST and 2 * shared > max(len(one.words), len(other.words)):
            yield one, other


def test_no_two_lists_share_most_of_their_words() -> None:
    alike = {tuple(sorted((str(one.path), str(other.path)))): (one, other) for one, other in shared_lists()}
    assert [pair for paths, pair in alike.items() if paths not in APART] == []
    assert alike.keys() >= APART, "an exception is no longer needed"
