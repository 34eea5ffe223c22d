"""The dates that a text says, in any language and script: which parts of the calendar it names, and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.language.calendar import calendar, folded_word

# The last year before each era, as the Japanese calendar of CLDR has them, and that of the Republic of China.
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}
_ERA = "|".join(_ERAS)
_FIRST_YEAR = "元"
# Numbers; the units that Chinese, Japanese and Korean write behind them; eras; words; and single signs.
_TOKEN = re.compile(
    rf"\d+|(?:(?<=\d)|(?<=\d )|(?<={_FIRST_YEAR}))[年月日号號년월일]|{_ERA}|{_FIRST_YEAR}(?=年)"
    rf"|(?:(?!{_ERA})[^\x00-\x40\x5b-\x60\x7b-\xa9\xab-\xb9\xbb-\xbf\d\s\u060c\u061b\u06d4\u0964\u2000-\u200b\u200e-\u206f\u3000-\u303f])+|[^\s]"
)
_UNITS = {**dict.fromkeys("年년", "y"), **dict.fromkeys("月월", "m"), **dict.fromkeys("日号號일", "d")}
_KINDS = {**_UNITS, **dict.fromkeys(_ERAS, "E"), _FIRST_YEAR: "N"}
_ORDINAL = frozenset({"st", "nd", "rd", "th", "er", "re", "o", "º", "ª", "η"})
_BETWEEN = frozenset({"of", "the", "year", "ค", "ศ", "พ"})  # beside what CLDR has; Thai names the era
_NUMBERED_MONTH = frozenset({"thang", "thg"})  # "6 tháng 7": Vietnamese has no other names
_BUDDHIST = 543  # years by which the Thai calendar is ahead
_YEARS = ((1900, 2100), (1900 + _BUDDHIST, 2100 + _BUDDHIST))
_STAMPS = (8, 12, 14, 17)  # digits of a date without signs: 20260706, 202607060600, 20260706060000, …123
# The shape of a text has one letter for a token: Y four digits, N one or two, D a stamp, M the name of a month, f a
# word that may stand in a date, E an era, y, m and d the units; signs are themselves. Whole dates come first.
_SHAPES = tuple(
    map(
        re.compile,
        (
            r"(?P<stamp>D)",
            r"(?P<year>Y)(?P<mark>[-/.])(?P<month>N)(?P=mark)(?P<day>N)(?!:)",
            r"(?P<first>N)(?P<mark>[-/.])(?P<second>N)(?P=mark)(?P<year>Y)",
            r"(?P<year>Y)y(?P<month>N)m(?P<day>N)d?",
            r"(?P<era>E)(?P<count>[Nx])y(?P<month>N)m(?P<day>N)d?",
            r"(?P<day>N)[f,]*t(?P<month>N)[f,./]*(?P<year>Y)",
            r"(?:M,)?(?P<day>N)[f.,]*[-/]?(?P<month>M)[.,]?[-/]?[f.,]*(?P<year>Y)",  # "Mawrth, 18 Ionawr": a Tuesday
            r"(?P<day>N)-(?P<month>M)\.?-(?P<short>N)|(?P<day2>N)(?P<month2>M)(?P<short2>N)(?=N:N)",
            r"(?P<month>M)(?:[.,]?|f(?=Nf))(?P<day>N)[f.,]*(?P<year>Y)",
            r"(?P<year>Y)[f.,]*(?P<month>M)[.,]?(?P<day>N)(?!:)",
            r"(?P<year>Y)[f.,]*(?P<day>N)[f.]*(?P<month>M)",
            r"(?P<first>N)(?P<mark>[-/.])(?P<second>N)(?P=mark)(?P<short>N)(?![-/.:])",
            r"(?P<month>N)m(?P<day>N)d?",
            r"(?P<day>N)[f.]*-?(?P<month>M)",
            r"(?P<month>M)(?:\.?|f(?=Nf))(?P<day>N)(?![:%])f?",
            r"(?P<month>M)[.,]?[f,]*(?P<year>Y)",
            r"(?P<year>Y)y(?P<month>N)m|(?P<year2>Y)-(?P<month2>N)(?![-N])|(?P<year3>Y)[f.]*(?P<month3>M)",
            r"(?P<month>M)",
            r"(?P<year>Y)",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A date as far as a text says it, and where it stands.

    either  day and month may also be the other way round, as in 06/07/2026
    short   it is three numbers of two digits, read with the day first and the year last
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    either: bool = False
    short: bool = False

    @property
    def exact(self) -> date | None:
        """The day of the calendar, where all of it is said and there is such a day."""
        return day_of(self.year, self.month, self.day)

    @property
    def swapped(self) -> date | None:
        """The same with day and month the other way round."""
        return day_of(self.year, self.day, self.month)

    @property
    def reversed(self) -> date | None:
        """The same of a short one with the year first and the day last."""
        return day_of(_century(self.day), self.month, (self.year or 0) % 100) if self.short and self.day else None


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def even(text: str) -> str:
    """The text with digits and letters of every width and script as one; each sign stays in its place."""
    return text if text.isascii() else "".join(map(_even, text))


def _even(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if sign in "\u200e\u200f\u061c":
        return " "  # which way a text runs
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def dates_in(text: str, language: str = "", *, only: bool = False) -> Iterator[SaidDate]:
    """The dates of an even text in their order; years and months that stand alone are dates, too.

    `language` says what a name means that is another month elsewhere; with `only`, no other language is read.
    """
    tokens = _tokens(text)
    shape = "".join(_kind(token.text, language, only=only) for token in tokens)
    at = 0
    while at < len(shape):
        matches = (match for form in _SHAPES if (match := form.match(shape, at)))
        reading = ((match.end(), said) for match in matches if (said := _read(match, tokens, language)))
        at, said = next(reading, (at + 1, None))
        if said:
            yield said


def _tokens(text: str) -> list[_Token]:
    """The tokens of a text; a month of two words, as in Arabic, or of two letters with stops, as in Thai, is one."""
    found: list[_Token] = []
    for match in _TOKEN.finditer(text):
        dotted = len(found) > 1 and found[-1].text == "."
        before, joint = (found[-2], "") if dotted else (found[-1] if found else None, " ")
        name = f"{before.text}{joint}{match[0]}" if before else ""
        if before and before.text[0].isalpha() and match[0][0].isalpha() and calendar().month(name):
            del found[-1 - dotted :]
            found.append(_Token(name, before.start, match.end()))
        else:
            found.append(_Token(match[0], *match.span()))
    return found


def goes_beside(word: str) -> bool:
    """Whether a word may stand in or beside a date and says nothing that the date does not."""
    return calendar().goes_beside(word) or folded_word(word) in _BETWEEN | _ORDINAL


def day_of(year: int | None, month: int | None, day: int | None) -> date | None:
    """That day of the calendar, if there is one."""
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _kind(token: str, language: str, *, only: bool) -> str:
    if token.isdecimal():
        return _number(token)
    if not token[0].isalpha():
        return {"'": "f", "’": "f"}.get(token) or (token if token in set(",.:%/-") else "p")
    if kind := _KINDS.get(token):
        return kind
    if calendar().month(token, language, only=only):
        return "M"
    if folded_word(token) in _NUMBERED_MONTH:
        return "t"
    return "f" if goes_beside(token) else "x"


def _number(digits: str) -> str:
    if len(digits) == 4:
        return "Y" if any(first <= int(digits) <= last for first, last in _YEARS) else "x"
    return "N" if len(digits) < 3 else "D" if len(digits) in _STAMPS else "x"


def _read(match: re.Match[str], tokens: list[_Token], language: str) -> SaidDate | None:
    parts = {name.rstrip("23"): match.start(name) for name, found in match.groupdict().items() if found}
    said = {name: tokens[place].text for name, place in parts.items()}
    span = tokens[match.start()].start, tokens[match.end() - 1].end
    if stamp := said.get("stamp"):
        found = SaidDate(span[0], span[0] + 8, int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
        return found if found.exact and "1900" <= stamp[:4] <= "2100" else None
    year = _year(said)
    if "first" in said and "short" in said:
        found = SaidDate(*span, year, int(said["second"]), int(said["first"]), either=True, short=True)
        return found if found.exact or found.swapped or found.reversed else None
    if "first" in said:
        return _either(span, year, int(said["first"]), int(said["second"]), said["mark"])
    named = said.get("month", "")
    month = int(named) if named.isdecimal() else calendar().month(named, language) if named else None
    day = int(said["day"]) if "day" in said else None
    real = day_of(2000 if year is None else year, 1 if month is None else month, 1 if day is None else day)
    return SaidDate(*span, year, month, day) if real else None


def _either(span: tuple[int, int], year: int | None, first: int, second: int, mark: str) -> SaidDate | None:
    """23-04 and 23.04 name the day first; 04/23 can be told apart, 03/04 only by the habit of the place."""
    month_first = mark == "/" and second > 12
    month, day = (first, second) if month_first else (second, first)
    found = SaidDate(*span, year, month, day, mark == "/" and first <= 12 and second <= 12 and first != second)
    return found if found.exact else None


def _century(short: int) -> int:
    return short + (1900 if short > 69 else 2000)


def _year(said: dict[str, str]) -> int | None:
    if "era" in said:
        count = said["count"]
        return _ERAS[said["era"]] + (int(count) if count.isdecimal() else 1)
    if short := said.get("short"):
        return _century(int(short))
    year = int(said["year"]) if "year" in said else None
    return year - _BUDDHIST if year and year > _YEARS[0][1] else year
