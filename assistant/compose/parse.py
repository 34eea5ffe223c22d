"""Drafts out of a chat model's reply, each as soon as it is complete, however the reply was cut into pieces."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, cast, get_args

from assistant.compose.draft import Draft, settled
from assistant.compose.reasoning import LONGEST, Mark, closing_mark, mark_at_end, without_tokens
from assistant.safety.prose import keyed_sentences, tidy, unmarked
from assistant.types import Kind

_DEEPEST = 8
_DEEPEST_ELEMENT = 2  # in which an answer is looked for
_OPENS_VALUE = ":[,"
_AFTER_OBJECT = " \t\r\n\f\v]},`"  # what may stand between an object and the next
_BEGINS_MARK = "<[◁"
_BEGINS_ANSWER = "{[`"  # an object, a list of them, a fence around them
_BROKEN_FIELD = re.compile(r'"(speaker|quotation|kind)"\s*:\s*"((?:[^"\\]|\\.){0,2000})"')
_BROKEN_TEXT = re.compile(r'"text"\s*:\s*"([^\n]{1,1000}?)"\s*(?:,\s*"(?:keys|kind|speaker|quotation)"\s*:|\}|$)')
_BROKEN_KEYS = re.compile(r'"keys"\s*:\s*\[([^\[\]]{0,2000})\]?')
_QUOTES = "\"'“”„‘’‚«»"


class DraftParser:
    """Reads JSON objects wherever they stand: on lines, in a list, in another object, in a fence, amid talk.

    A reply without any is read as prose whose sentences carry `[key]` marks, and comes out of `finish`. What the
    model writes for itself is no part of the reply. Some models only mark its end, so that a draft is kept until the
    next object begins, and all drafts of a reply with talk before or between them until that mark or the end of the
    reply has come. Where the mark comes after drafts that looked like the answer, the next one begins `anew`.

    waits   keeps all drafts until then, for a model that is known to mark only the end
    depth   of elements around what is read
    """

    def __init__(self, keys: Collection[str], *, waits: bool = False, depth: int = 0) -> None:
        self._keys = frozenset(keys)
        self._depth = depth
        self._outside: list[str] = []
        self._inside: list[str] = []
        self._open: list[int] = []  # where in `_inside` the objects begin that are not closed yet
        self._last = ""  # the last sign inside an object that is not white space
        self._quoted = self._escaped = self._thinking = self._found = False
        self._element = ""  # which one is open that may be reasoning, or hold the answer
        self._elements: list[tuple[str, str]] = []  # those that were closed, with what is in them
        self._divides = False  # whether one was closed that was never opened: it is reasoning if an object follows
        self._thought: list[str] = []  # what stands in an element, or the model writes for itself
        self._kept: list[Draft] = []
        self._given = self._anew = False  # whether drafts were given; whether they have turned out to be reasoning
        self._after = ""  # what follows the last draft that is kept
        self._strays = False  # whether talk follows an object
        self._talks: bool | None = waits or None  # whether the reply begins with something else than an object
        self.only_closes = False  # whether reasoning was closed that was never opened
        self.declined = False

    @property
    def answered(self) -> bool:
        """Whether there was a draft, or the word that the evidence does not answer."""
        return self._found or self.declined

    def feed(self, piece: str) -> list[Draft]:
        """The drafts that `piece` makes certain."""
        return [draft for sign in piece for draft in self._give(self._certain(sign))]

    def finish(self, *, complete: bool = True) -> list[Draft]:
        """The drafts left at the end of the reply; without its unfinished end where it was cut off.

        What was cut off before it came to an object may have been reasoning to its end.
        """
        if complete and self._open:
            self._kept += self._abandon()
        kept, self._kept = self._kept, []
        if kept and self._talks and not complete:
            self._found = False
            return []
        written = self._written(complete=complete)
        follows = any(draft.keys for draft in written)
        if self._divides and follows:
            self._forget(lone=True)
        elif self.answered:
            return self._give(kept)
        if complete and not follows:
            written = self._in_element() or written
        self._found = bool(written)
        return self._give(written)

    def _written(self, *, complete: bool) -> list[Draft]:
        """The sentences of the reply as prose."""
        prose = without_tokens("".join(self._outside + self._inside))
        return [Draft(text, keys) for text, keys in keyed_sentences(prose, self._keys, complete=complete)]

    def _in_element(self) -> list[Draft]:
        """What the last elements of a name say that say anything with keys; the others were reasoning."""
        elements = [*self._elements, (self._element, "".join(self._thought))]
        names = dict.fromkeys(name for name, _ in elements if name and self._depth < _DEEPEST_ELEMENT)
        for last in reversed(names):
            inner = DraftParser(self._keys, depth=self._depth + 1)
            drafts = settled(
                [*inner.feed("\n".join(text for name, text in elements if name == last)), *inner.finish()]
            )
            self.declined = inner.declined
            if self.declined or any(draft.keys for draft in drafts):
                return drafts
        return []

    def _give(self, drafts: list[Draft]) -> list[Draft]:
        if not drafts:
            return []
        anew, self._anew, self._given = self._anew, False, True
        return [replace(drafts[0], anew=anew), *drafts[1:]]

    def _certain(self, sign: str) -> list[Draft]:
        """The drafts that are known to be none of the model's reasoning once this sign has come."""
        if self._kept:
            self._after += sign
        drafts = self._in(sign) if self._open else self._out(sign)
        if drafts:
            self._kept += drafts
            self._after = ""
        following = self._after.lstrip(_AFTER_OBJECT)
        self._strays = self._strays or (not self._open and bool(following) and following[0] not in _BEGINS_MARK)
        if self._talks or self._strays or not following.startswith("{"):
            return []
        kept, self._kept, self._after = self._kept, [], ""
        return kept

    def _out(self, sign: str) -> list[Draft]:
        if self._talks is None and not sign.isspace():
            self._talks = sign not in _BEGINS_ANSWER
        apart = self._thinking or bool(self._element)
        if sign == "{" and not apart:
            if self._divides:
                self._forget(lone=True)
            self._inside, self._open, self._last, self._quoted = ["{"], [0], "{", False
            return []
        text = self._thought if apart else self._outside
        text.append(sign)
        self._note_mark(text)
        return []

    def _note_mark(self, text: list[str]) -> None:
        """What a model writes between its marks, or before a lone closing one, is no part of the reply."""
        mark = mark_at_end("".join(text[-LONGEST:]))
        if mark is None:
            return
        start = max(len(text) - LONGEST, 0) + mark.start
        if mark.name or self._element:
            self._note_element(mark, text, start)
        elif mark.kind == "closes" or (mark.kind == "token" and self._thinking):
            self._forget(lone=not self._thinking)
        else:
            del text[start:]
            self._thinking = self._thinking or mark.kind == "opens"

    def _note_element(self, mark: Mark, text: list[str], start: int) -> None:
        line = "".join(text[max(start - LONGEST, 0) : start]).rpartition("\n")[2]
        within = not self._found and f"<{mark.name}" in line.replace("[", "<").casefold()  # a sentence
        if self._open or self._thinking or not mark.name or within:
            return
        if mark.kind == "closes" and self._element in ("", mark.name):
            self._elements.append((mark.name, "".join(text[:start])))
            self._divides = self._divides or not self._element
            self._talks = self._talks if self._found or self._divides else None
            self._element = ""
            text.clear()
        elif mark.kind == "opens" and not self._element and not line.strip():
            self._element = mark.name
            del text[start:]

    def _forget(self, *, lone: bool) -> None:
        """Drop what was reasoning; where only its end is marked, all before that."""
        self._thinking = self._talks = self._strays = self._divides = False
        self._thought.clear()
        if lone:
            self.only_closes = True
            self._anew, self._given = self._anew or self._given, False
            self._outside.clear()
            self._elements.clear()
            self._inside, self._open, self._quoted, self._escaped = [], [], False, False
            self._kept, self._after = [], ""
            self._found = self.declined = False

    def _in(self, sign: str) -> list[Draft]:
        if self._quoted:
            return self._in_string(sign)
        if sign == "{" and (self._last not in _OPENS_VALUE or len(self._open) >= _DEEPEST):
            return [*self._abandon(), *self._out(sign)]  # the object before this one was never closed
        self._inside.append(sign)
        if not sign.isspace():
            self._last = sign
        if sign in ">]▷":
            self._note_mark(self._inside)
            if not self._open:
                return []
        if sign == "{":
            self._open.append(len(self._inside) - 1)
        self._quoted = sign == '"'
        return self._close() if sign == "}" else []

    def _in_string(self, sign: str) -> list[Draft]:
        if sign == "\n":  # no JSON string holds one: the quotation mark that would end this one is missing
            return self._abandon()
        self._inside.append(sign)
        self._quoted = self._escaped or sign != '"'
        self._escaped = sign == "\\" and not self._escaped
        return []

    def _close(self) -> list[Draft]:
        start = self._open.pop()
        drafts = self._read("".join(self._inside[start:]))
        if drafts:
            del self._inside[start + 1 :]  # what holds this object need not be read again
            self._inside.append("}")
        elif not self._open and not self.answered:
            self._outside += self._inside
        if not self._open:
            self._inside = []
        return drafts

    def _abandon(self) -> list[Draft]:
        """Gives up the open objects, keeping what can be read of the innermost one."""
        text = "".join(self._inside[self._open[-1] :])
        self._open, self._inside, self._quoted, self._escaped = [], [], False, False
        if (end := closing_mark(text)) is not None:
            self._forget(lone=True)
            text = text[end:]
        drafts = self._mended(text)
        if not drafts:
            self._outside.append(text)
        return drafts

    def _read(self, text: str) -> list[Draft]:
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError):
            return self._mended(text)
        self.declined = self.declined or fields.get("none") is True
        return self._drafted(fields)

    def _mended(self, text: str) -> list[Draft]:
        """What can be saved of an object that is not JSON, such as one with bare quotation marks in a string."""
        match = _BROKEN_TEXT.search(text)
        if match is None:
            return []
        fields: dict[str, Any] = dict(_BROKEN_FIELD.findall(text))
        keys = _BROKEN_KEYS.search(text)
        return self._drafted(fields | {"text": match[1].replace('\\"', '"'), "keys": keys[1] if keys else ""})

    def _drafted(self, fields: dict[str, Any]) -> list[Draft]:
        written = fields.get("text")
        if not isinstance(written, str):
            return []
        text, marks = unmarked(written, self._keys)
        text = tidy(text)
        if not text:
            return []
        self._found = True
        speaker, quotation = _words(fields.get("speaker")), _words(fields.get("quotation")).strip(_QUOTES)
        keys = dict.fromkeys([*_names(fields.get("keys", fields.get("key"))), *marks])
        return [
            Draft(
                text, tuple(keys), _kind(fields.get("kind"), speaker, quotation), speaker or None, quotation or None
            )
        ]


def _kind(given: object, speaker: str, quotation: str) -> Kind:
    if given in get_args(Kind):
        return cast(Kind, given)
    return "quote" if quotation else "attributed" if speaker else "fact"


def _words(value: object) -> str:
    words = tidy(value) if isinstance(value, str) else ""
    return "" if words.casefold() in {"null", "none", "n/a"} else words


def _names(value: object) -> Iterator[str]:
    """The keys in a list, or in a text such as "a, b"."""
    parts = re.split(r"[\s,;]+", value) if isinstance(value, str) else value if isinstance(value, list) else []
    for part in parts:
        name = str(part).strip(" \"'[]")
        if name:
            yield name
