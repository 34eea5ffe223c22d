"""Who wrote a piece, where its first words say so: "(Reuters) -", "KYIV, Ukraine (AP) —"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.language.english import MONTHS

# Members of the European Alliance of News Agencies and the Organization of Asia-Pacific News Agencies, and others.
_AGENCIES = {
    "reuters": "Reuters", "thomson reuters": "Reuters", "ap": "AP", "associated press": "AP",
    "the associated press": "AP", "afp": "AFP", "agence france-presse": "AFP", "dpa": "dpa", "efe": "EFE",
    "ansa": "ANSA", "tass": "TASS", "xinhua": "Xinhua", "pa": "PA Media", "pa media": "PA Media",
    "press association": "PA Media", "upi": "UPI", "kyodo": "Kyodo", "kyodo news": "Kyodo", "yonhap": "Yonhap",
    "interfax": "Interfax", "bloomberg": "Bloomberg", "cnn": "CNN", "pti": "PTI", "ani": "ANI", "ians": "IANS",
    "anadolu": "Anadolu", "aa": "Anadolu", "ritzau": "Ritzau", "ntb": "NTB", "cp": "The Canadian Press",
    "the canadian press": "The Canadian Press", "aap": "AAP", "ukrinform": "Ukrinform",
    "укрінформ": "Ukrinform", "apa": "APA", "epd": "epd", "kna": "KNA", "sid": "SID",
    "keystone-sda": "Keystone-SDA", "sda": "Keystone-SDA", "anp": "ANP", "belga": "Belga",
    "lusa": "Lusa", "agencia efe": "EFE", "europa press": "Europa Press",
    "adnkronos": "Adnkronos", "pap": "PAP", "čtk": "ČTK", "tasr": "TASR", "mti": "MTI",
    "stt": "STT", "tt": "TT", "bns": "BNS", "elta": "ELTA", "leta": "LETA",
    "hina": "HINA", "tanjug": "Tanjug", "bta": "BTA", "agerpres": "Agerpres",
    "ana-mpa": "ANA-MPA", "απε-μπε": "ANA-MPA", "тасс": "TASS",
    "риа новости": "RIA Novosti", "интерфакс": "Interfax", "i̇ha": "İHA", "dha": "DHA",
    "anadolu ajansı": "Anadolu", "irna": "IRNA", "antara": "Antara", "bernama": "Bernama",
    "ttxvn": "VNA", "時事通信": "Jiji Press", "共同通信": "Kyodo", "新华社": "Xinhua",
    "新華社": "Xinhua", "中新社": "CNS", "中央社": "CNA", "연합뉴스": "Yonhap", "뉴시스": "Newsis",
    "رويترز": "Reuters", "فرانس برس": "AFP",
}  # fmt: skip
# What papers put in brackets in front of a text and is no writer of it.
_NOT_NAMES = {
    "update", "updated", "photo", "photos", "video", "watch", "opinion", "analysis", "corrected", "corrects",
    "correction", "exclusive", "adds", "repeats", "recasts", "breaking", "live", "editorial", "file",
    "advertisement", "sponsored", "usa", "us", "uk", "eu", "un",
}  # fmt: skip
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_a-z][^()\n]{1,70}?)??\s?"
    r"(?:\((?P<name>[^\W\d_][\w.&' -]{1,40})\)|/(?P<slashed>[^\W\d_]{2,10})/(?=\s?[-–—.]))"
    r"\s?(?P<dash>[-–—]{1,2}|\.\s)?\s{0,9}"
)
_PLACE_ALONE = re.compile(r"(?P<place>[^\W\d_a-z][^()\n–—−]{1,70}?)\s[-–—−]{1,2}\s{1,9}(?=[\"“‘']?[^\W\d_a-z])")
_NAME = re.compile(r"[^\W\d_][\w.&'-]*(?: [^\W\d_][\w.&'-]*){0,3}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_JOINERS = frozenset({"de", "del", "la", "of", "the", "and", "am", "sur"})
_MONTH = rf"(?:{'|'.join(name[:3].capitalize() for name in MONTHS)})[a-z]{{0,6}}\.?"
_PLACE = re.compile(rf"[^\W\d_a-z][\w .,'/’-]{{1,50}}?(?:, (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}))?[.,]?")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The start of a text that names its writer: `text[:end]` is the dateline; `bare` when it names no place."""

    origin: str
    end: int
    bare: bool


def dateline(text: str) -> Dateline | None:
    """The dateline at the very start of a text, if there is one."""
    lead = len(text) - len(text.lstrip())
    match = _DATELINE.match(text[lead : lead + 160])
    if not match:
        return None
    place, name = match["place"] or "", match["name"] or match["slashed"]
    known = _AGENCIES.get(name.casefold())
    if place and not _is_place(place, loose=known is not None):
        return None
    if not known and not (match["dash"] and _is_written(name, slashed=match["slashed"] is not None)):
        return None
    return Dateline(known or name, lead + match.end(), not place)


def past_dateline(text: str) -> int:
    """Where a text goes on behind the dateline that it begins with: "(Reuters) -", "BOGOTA, Colombia —"; else 0."""
    if found := dateline(text):
        return found.end
    match = _PLACE_ALONE.match(text[:160])
    place = match["place"] if match else ""
    told = place and _is_place(place, loose=False) and all(word[0].isupper() for word in _WORD.findall(place))
    return match.end() if match and told else 0


def origin(text: str) -> str | None:
    """The agency or outlet that a text's dateline names."""
    found = dateline(text)
    return found.origin if found else None


def agency(name: str) -> str | None:
    """The usual spelling of a news agency's name, None for any other name."""
    return _AGENCIES.get(name.strip().casefold())


def _is_written(name: str, *, slashed: bool) -> bool:
    """Whether a name is written as an agency's: each word with a capital; between slashes all of it in capitals."""
    if not _NAME.fullmatch(name) or name.casefold() in _NOT_NAMES:
        return False
    return name.isupper() if slashed else all(word[0].isupper() for word in name.split())


def _is_place(place: str, *, loose: bool) -> bool:
    """Cities stand in capitals; only in front of a known agency may they be written like "Paris"."""
    if not _PLACE.fullmatch(place):
        return False
    words = [word for word in re.split(r"[\s,/]+", place) if word]
    capital = all(not word[0].islower() or word in _JOINERS for word in words)
    return words[0].isupper() or (loose and capital and len(words) <= 6)
