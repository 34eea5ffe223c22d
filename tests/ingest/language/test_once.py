"""What is known of English stands once: no second list of stop words, verbs of saying, denials or capitals."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LANGUAGE = ROOT / "ingest" / "language"
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


def texts() -> Iterator[tuple[Path, str]]:
    """The texts in the code that could hold a list; what trains the models has lists to make sentences with."""
    for package in ("assistant", "ingest", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            if "training" not in path.parts:
                for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield path, node.value


def words_of(text: str) -> list[str]:
    """The words of a list or of a pattern; none of what is a text of several paragraphs."""
    return [] if "\n\n" in text else text.replace("|", " ").replace("\\b", " ").split()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_english_words_stands_once(name: str) -> None:
    words, least, homes = LISTS[name]
    found = {path.relative_to(ROOT) for path, text in texts() if len({*words} & {*words_of(text)}) >= least}
    strange = {path for path in found if path.name not in homes or path.parent != LANGUAGE.relative_to(ROOT)}
    assert not strange
