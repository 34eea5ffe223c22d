"""The first clause of a statement, taken apart so that questions can be made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.training.wordnet import Read, WordNet

MOST_SUBJECT, MOST_REST = 8, 16  # words
_MARKS = ',;:()"“”—–'
_WORD = re.compile(rf"[^\s{_MARKS}]+(?:[,:](?=\d)[^\s{_MARKS}]+)*|[{_MARKS}]")
_AUXILIARY = frozenset("is are was were has have had will would can could may might must should did does do".split())
_DO_FOR_HAVE = {"has": "does", "have": "do", "had": "did"}
_START = frozenset("the a an this these those his her its their some many most several two three four five".split())
_INSIDE = frozenset("of and at in for from 's".split())
_ADVERBS = frozenset("also then later never still already recently soon now once".split())
_OBJECT = _START | frozenset("that him her them it us it's its our my your no any each every all both".split())
_REDUCED = frozenset("based located called named known titled dubbed considered set aged".split())
_ENDS = frozenset(_MARKS) | frozenset("which who but while although though whereas".split())
_OPEN = frozenset(
    "the a an of in on at by for from to with as and or that its his her their our this these those into about over "
    "under than between against during is are was were be been has have had not no like such including starting late "
    "early".split()
)
_NOT_FIRST = frozenset(
    "in on at by for from to with without as if when while where after before since until during although though "
    "because despite however but and or so yet not there here it he she they we you i that what who which how why "
    "according under over among between through throughout meanwhile instead today yesterday tomorrow like unlike "
    "both each every no nothing one once even just only still then now also perhaps maybe about around nearly almost "
    "more less much such other another all any either neither".split()
)


@dataclass(frozen=True)
class Clause:
    """`subject` `auxiliary` `rest`, of which the auxiliary is do, does or did where the sentence has none.

    rest        begins with the base form of the verb where there was no auxiliary
    first, end  of the predicate, in characters of the sentence
    verb        that of the sentence; the auxiliary itself where it has one
    """

    subject: str
    auxiliary: str
    rest: str
    first: int
    end: int
    verb: str

    @property
    def question(self) -> str:
        return f"{self.auxiliary[0].upper()}{self.auxiliary[1:]} {self.subject} {self.rest}?"


def clause(sentence: str, known: WordNet) -> Clause | None:
    """None where the sentence does not plainly begin with its subject and one finite verb."""
    words = list(_WORD.finditer(sentence.rstrip(" .!")))
    at = _verb(words, known)
    if at is None:
        return None
    end = next((row for row in range(at + 1, len(words)) if _ends(words, row, known)), len(words))
    if not 2 <= end - at <= MOST_REST or words[at + 1][0] == "not" or words[end - 1][0].lower() in _OPEN:
        return None
    first, last = words[at].start(), words[end - 1].end()
    subject = _lowered(sentence[: words[at - 1].end()], known)
    verb, after = words[at][0], sentence[words[at].end() : last]
    if _owns(verb, words[at + 1 : end], known):
        return Clause(subject, _DO_FOR_HAVE[verb], f"have{after}", first, last, verb)
    if verb in _AUXILIARY:
        return Clause(subject, verb, after.strip(), first, last, verb)
    read = _finite(verb, known)
    if read is None:
        return None
    auxiliary = "did" if read.form == "ed" else "does" if read.form == "s" else "do"
    return Clause(subject, auxiliary, read.lemma + after, first, last, verb)


def _verb(words: Sequence[re.Match[str]], known: WordNet) -> int | None:
    """The row of the verb that follows the subject."""
    if not words or not _begins(words[0][0], known):
        return None
    named = words[0][0].lower() not in _START and not _plural(words[0][0], known)
    for row in range(1, min(len(words) - 1, MOST_SUBJECT + 1)):
        word = words[row][0]
        if word in _AUXILIARY:
            return row
        if _is_past(word, words[row + 1][0], named and _names(words[:row]), known):
            return row
        if not _in_subject(word, words[row - 1][0], known):
            return None
    return None


def _begins(word: str, known: WordNet) -> bool:
    """Whether a subject can begin with it."""
    lower = word.lower()
    if lower in _START:
        return True
    read = known.read(lower)
    verbal = read is not None and read.part in "vr" and (read.form != "" or read.part == "r")
    return word[:1].isalnum() and lower not in _NOT_FIRST and not verbal and not lower.endswith(("ly", "ing"))


def _plural(word: str, known: WordNet) -> bool:
    read = known.read(word.lower())
    return read is not None and read.part == "n" and read.form == "s"


def _names(words: Sequence[re.Match[str]]) -> bool:
    return all(one[0][:1].isupper() or one[0] in _ADVERBS or one[0] in ("of", "and") for one in words)


def _in_subject(word: str, before: str, known: WordNet) -> bool:
    if word in _INSIDE or word in _ADVERBS or word[:1].isupper():
        return True
    if word in _START:
        return before in _INSIDE
    read = known.read(word)
    return read is not None and (read.part in "na" or word.endswith("ing")) and word.replace("-", "").isalpha()


def _is_past(word: str, following: str, named: bool, known: WordNet) -> bool:
    """Whether it is a finite verb here: an object follows it, it is no participle, or a name stands before it."""
    read = _finite(word, known)
    if read is None or word in _REDUCED:
        return False
    governs = following in _OBJECT or following[:1].isdigit() or following[:1] in "$£€"
    if read.form == "s":
        return governs
    return governs or (named and following != "by") or _only_past(read, word, known)


def _only_past(read: Read, word: str, known: WordNet) -> bool:
    return ("v", word) in known.irregular and known.inflected(Read(read.lemma, "v", "en")) != word


def _finite(word: str, known: WordNet) -> Read | None:
    """The verb in the past, or in the present with an s."""
    if not word.isalpha() or not word.islower():
        return None
    if ("v", word) in known.irregular and not word.endswith("ing"):
        past = Read(known.irregular["v", word], "v", "ed")
        return past if known.inflected(past) == word and past.lemma != "be" else None
    read = known.read(word)
    if read is None or read.part != "v" or read.form not in ("ed", "s"):
        return None
    return read


def _owns(verb: str, after: Sequence[re.Match[str]], known: WordNet) -> bool:
    """Whether it is "has a", which is asked with do."""
    if verb not in ("has", "have", "had"):
        return False
    first = next(
        (one[0] for one in after if one[0] not in _ADVERBS | {"not", "never"} and not one[0].endswith("ly")), ""
    )
    read = known.read(first)
    return first != "been" and ("v", first) not in known.irregular and not (read and read.part == "v")


def _ends(words: Sequence[re.Match[str]], row: int, known: WordNet) -> bool:
    """Whether the first clause ends before this word."""
    if words[row][0] in _ENDS:
        return True
    following = words[row + 1][0] if row + 1 < len(words) else ""
    return words[row][0] == "and" and (following in _AUXILIARY or _finite(following, known) is not None)


def _lowered(subject: str, known: WordNet) -> str:
    """Without the capital of a sentence's first word, unless it is a name."""
    first = subject.split(maxsplit=1)[0].lower()
    read = known.read(first)
    alone = not any(word[:1].isupper() for word in subject.split()[1:2])
    common = first in _START or (alone and read is not None and read.part == "n" and read.form == "s")
    return subject[0].lower() + subject[1:] if common else subject
