"""What a page holds and no reader sees: it may be written for machines only."""

from __future__ import annotations

import re
from typing import Any

from ingest.language.text import clean

_ZERO = r"0(?:\.0*)?(?:px|em|rem|pt|%)?(?:!important)?(?:;|$)"
_HIDING = re.compile(
    rf"display:none|visibility:(?:hidden|collapse)|(?:^|;)(?:font-size|opacity|max-height|max-width|zoom):{_ZERO}"
    r"|(?:^|;)(?:left|right|top|bottom|text-indent|margin-left|margin-top):-\d{3,}"
    rf"|(?:^|;)(?:width|height):{_ZERO}.{{0,200}}overflow:(?:hidden|clip)|overflow:(?:hidden|clip).{{0,200}}(?:^|;)(?:width|height):{_ZERO}"
    r"|clip:rect\(0(?:px)?,?0|clip-path:inset\((?:50|100)%|transform:scale\(0(?:\.0*)?\)"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]{1,60})")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]{1,60})")
_NAMED = {"white": "fff", "black": "000", "#ffffff": "fff", "#000000": "000", "#fff": "fff", "#000": "000",
          "rgb(255,255,255)": "fff", "rgb(0,0,0)": "000"}  # fmt: skip
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))
_UNSEEN = frozenset({"template", "noscript", "script", "style"})
_SUSPECTS = "//*[@hidden or @style or @aria-hidden = 'true'] | //template | //noscript | //script | //style"


def drop_hidden(tree: Any) -> None:
    """Take out of the tree what the page tells a browser not to show, and what is meant for other programs."""
    for element in hidden(tree):
        drop(element)


def hidden(tree: Any) -> list[Any]:
    """The elements that a browser does not show, in their order."""
    return [
        element for element in tree.xpath(_SUSPECTS) if element.tag not in ("html", "body") and _is_hidden(element)
    ]


def _is_hidden(element: Any) -> bool:
    if element.tag in _UNSEEN:
        return True
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    if element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return bool(style) and _hides(re.sub(r"\s+", "", style[:2000]).lower())


def _hides(style: str) -> bool:
    if _HIDING.search(style):
        return True
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    return bool(colour and ground) and _named(colour[1]) == _named(ground[1])  # type: ignore[index]


def _named(colour: str) -> str:
    return _NAMED.get(colour, colour)


def drop(element: Any) -> None:
    """Remove an element and keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = _storable((before.tail or "") + element.tail)
        else:
            parent.text = _storable((parent.text or "") + element.tail)
    parent.remove(element)


def _storable(text: str) -> str:
    """The text as lxml takes it back: its parser lets characters in that are none in XML."""
    return clean(text).translate(_NO_CHARACTERS)
