"""A conversation as Markdown with footnotes (GitHub, pandoc): each opens the passage that a sentence rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant import wording
from assistant.types import Citation, Conversation, Headline, Receipt, Statement, Turn
from ingest.language.text import squeeze

# What may become markup in the middle of a line, or a link that nobody wrote as one.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|!~&$^@]|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_AT_THE_START = re.compile(r"\A(?:[-+=]|\d+[.)])")
_NOT_IN_AN_ADDRESS = {sign: f"%{ord(sign):02X}" for sign in " <>\\\n"}

Place = tuple[str, str, str, int, int]


class _Notes:
    """Numbers the cited passages through the whole conversation, each once."""

    def __init__(self) -> None:
        self.texts: dict[Place, str] = {}

    def marks(self, turn: Turn, numbers: Iterable[int]) -> str:
        """The marks of a statement."""
        by_number = {one.number: one for one in turn.answer.citations}
        places = [self._number(turn, by_number[number]) for number in numbers if number in by_number]
        return "".join(f"[^{place}]" for place in dict.fromkeys(places))

    def _number(self, turn: Turn, cited: Citation) -> int:
        place = (cited.article_id, cited.version, cited.part, cited.start, cited.end)
        self.texts.setdefault(place, _note(turn, cited))
        return list(self.texts).index(place) + 1


def as_markdown(conversation: Conversation) -> str:
    """The whole conversation, its questions as headings, its citations as footnotes."""
    notes = _Notes()
    parts = [f"# {_plain(conversation.title)}"]
    for turn in conversation.turns:
        parts += [f"## {_plain(turn.question)}", *_answer(turn, notes)]
    parts += ["---"] if notes.texts else []
    footnotes = "\n".join(f"[^{number}]: {text}" for number, text in enumerate(notes.texts.values(), 1))
    return "\n\n".join(filter(None, [*parts, footnotes])) + "\n"


def _answer(turn: Turn, notes: _Notes) -> Iterator[str]:
    answer = turn.answer
    if answer.digest:
        yield f"{_plain(wording.digest(answer.digest))}."
    if answer.receipt and answer.statements:
        yield _plain(wording.NEAREST)
    if any(one.form == "report" for one in answer.statements):
        yield _reports(turn, notes)
    elif answer.statements:
        yield " ".join(_sentence(turn, one, notes) for one in answer.statements)
    else:
        yield _plain(answer.text)
    if answer.receipt and not answer.statements:
        yield from _receipt(answer.receipt)
    if answer.notice:
        yield f"*Note: {_plain(answer.notice)}*"
    yield f"*{_plain(_standing(turn))}*"


def _standing(turn: Turn) -> str:
    """When it was asked, with which filter, and how old the evidence is."""
    asked = f"asked on {wording.minute(turn.at)}" if turn.at else ""
    narrowed = wording.narrowed(turn.answer.filters, turn.answer.order)
    return " · ".join(filter(None, [asked, wording.standing(turn.answer), narrowed])) or "asked"


def _sentence(turn: Turn, statement: Statement, notes: _Notes) -> str:
    doubt = wording.doubt(statement)
    said = f" *({_plain(doubt)})*" if doubt else ""
    return f"{_plain(statement.text)}{notes.marks(turn, statement.citations)}{said}"


def _reports(turn: Turn, notes: _Notes) -> str:
    """A digest as a list: each report with the sentences that tell what is new in it."""
    lines: list[str] = []
    for statement, cited in wording.reports(turn.answer.statements, turn.answer.citations):
        if cited or not lines:
            lines.append(f"- **{_plain(wording.report(cited))}**" if cited else "-")
        lines[-1] += f" {_sentence(turn, statement, notes)}"
    return "\n".join(lines)


def _receipt(receipt: Receipt) -> Iterator[str]:
    if receipt.nearest:
        yield "\n".join(f"- nearest: {_headline(one)}" for one in receipt.nearest)


def _headline(one: Headline) -> str:
    title = _plain(one.title)
    linked = f"[{title}](<{_address(one.url)}>)" if one.url else title
    return f"{_plain(one.outlet)}, “{linked}”, {_plain(wording.published(one))}"


def _note(turn: Turn, cited: Citation) -> str:
    """Who printed it, when and where, the very words, and what has become of them."""
    quoted = wording.HEADLINE_CITED if cited.part == "title" else f"“{squeeze(cited.text)}”"
    cautions = [wording.carried_by(cited), wording.caution(cited)]
    cautions += [wording.became(one) for one in turn.changes if one.number == cited.number]
    said = "".join(f" *({_plain(one)})*" for one in cautions if one)
    return f"{_headline(cited)}: {_plain(quoted)}{said}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    line = _MARKUP.sub(lambda sign: f"\\{sign[0]}", squeeze(text))
    return _AT_THE_START.sub(lambda sign: f"{sign[0][:-1]}\\{sign[0][-1]}", line)


def _address(url: str) -> str:
    return "".join(_NOT_IN_AN_ADDRESS.get(sign, sign) for sign in url)
