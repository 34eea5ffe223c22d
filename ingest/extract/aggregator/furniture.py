"""What surrounds the text on an aggregator's page: buttons, image texts, donation pleas, newsletters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

# "GET THE APP", "Start today: install our free app": a line that asks for no more than that.
_APP = (
    r"(?:[^\n:.!?]{1,40}[:.!?] ?)?(?:download|get|install|open|try) (?:the|our)"
    r"(?: (?:free|mobile|new|news|(?-i:[A-Z])[\w'’-]{0,20})){0,3} app"
    r"(?: (?:now|today|here|(?:for|on|from) .{1,40}))?\W{0,5}"
)
# From such a line to the next article nothing is text.
_END = re.compile(
    rf"{_APP}|"
    r"(?:\d{1,6} )?comments?|no comments yet\W{0,5}|related"
    r"|(?:related|similar|recommended|more) (?:articles|stories|news|reads)|you may also like\W{0,5}|read next\W{0,5}"
    r"|load more\W{0,5}|hashtags\W{0,5}|get started now\b.{0,60}|ready to dive into .{0,200}"
    r"|(?:app|play)[- ]?store(?: ?(?:(?:app|play)[- ]?store|google play)){0,3}"
    r"|try our ai\b.{0,40}|explore what .{1,60}\bcan do for you\W{0,5}"
    r"|(?:black|blue|brown|dark|gradient|gray|green|grey|light|orange|pink|purple|red|white|yellow) background"
    r"|(?:©|copyright|\(c\)).{0,80}all rights reserved\W{0,5}|terms (?:of use|and conditions)\b.{0,60}"
    r"|privacy policy\b.{0,60}",
    re.IGNORECASE,
)
# "Download our app today from ...": asked of the reader at the start of a sentence, not told in one.
_OUR_APP = re.compile(
    r"(?:^|[.!?:] )(?:please |simply |just )?(?:download|get|install|try) our (?:(?:free|mobile|new) ){0,2}app\b",
    re.IGNORECASE,
)
_LONGEST_APP = 300
_CHANNEL = r"(?:telegram|youtube|whatsapp|viber|facebook|twitter|x|instagram|threads|tiktok|bluesky|google news)"
# Such a line stands inside a text and is left out.
_LINE = re.compile(
    r"logo|image|time|share(?: this(?: article)?)?|save|advertisement|ad|print|listen|play video|view comments"
    r"|read more\W{0,5}|story continues(?: below(?: advertisement)?)?|sign up(?: here)?\W{0,5}|log ?in|menu"
    r"|(?:read|see) also ?: ?.{1,200}|also read ?: ?.{1,200}|#\w{1,60}(?:[ ,;]{0,3}#\w{1,60})*"
    rf"|(?:subscribe to|follow|join) [^\n.!?]{{2,60}} on {_CHANNEL}\W{{0,5}}"
    r"|support [^\n.!?]{2,60} or become (?:our|a) (?:patron|supporter)\W{0,5}"
    r"|follow us\b.{0,40}|(?:photo|image|picture|video)s?(?: credit)?: ?.{1,80}|©.{1,60}",
    re.IGNORECASE,
)
# Donations, or reading without advertisements. A sentence of its own; inside another one it is news:
# "fans support him on Patreon".
_PLEA = re.compile(
    r"(?:^|(?<=[.!?\"”’'] ))(?:Please )?(?:(?:Support|Follow and support|Donate to) (?P<name>[^\n.!?]{2,60}?)"
    r" (?:on|via|through) (?:Patreon|Ko-?[Ff]i|PayPal|Buy Me a Coffee|Substack)"
    r"|Become an? (?:patron|supporter) of (?P<patron>[^\n.!?]{2,60}?)"
    r"|(?:Read|Enjoy|Browse|Get|Try|Go|See) [^\n.!?]{0,60}?"
    r"\b(?:(?:without|no) (?:any )?(?:ads|adverts|advertisements|advertising)|[Aa]d[- ]free)(?: [^\n.!?]{1,30})?)"
    r"(?: (?:today|now|here))?(?:[.!]{1,3}(?=\s|$)|$)"
)
# "This article originally appeared on The Sarn Times: Title".
_APPEARED = re.compile(
    r"This (?:article|story|column) (?:was )?(?:originally|first) (?:appeared|published) (?:on|in|at|by) "
    r"(?P<name>[A-Z0-9][^:.\n]{1,60})(?:: .{1,300}|\.)?"
)
_AGENCIES = r"(?:AP|AFP|EPA|PA|UPI|DPA|TASS|Reuters|Getty|Bloomberg|Xinhua|Shutterstock|Alamy|iStock|Anadolu)"
_PHOTO = rf"{_AGENCIES}(?: (?:Photo|Images|Pool|News))?"
_CREDIT = re.compile(
    rf"©[ ]?(?:{_PHOTO}|\S{{1,40}})(?: ?(?:/|via|,) ?{_PHOTO}){{0,3}}(?=[ \n]|$)[ ]?"
    rf"|\((?:AP Photo\b[^()\n]{{0,80}}|{_AGENCIES}/[^()\n]{{1,80}}|[^()\n]{{1,60}}(?:/| via ){_PHOTO})\)[ ]?"
)
# Heads under which newsletters print their main story.
_HEAD = re.compile(
    r"(?:(?:The|Today[’']s) (?:Big|Top|Main|Lead) (?:Story|Idea|News|Picture|Take)|(?:Top|Lead|Main) Story)"
    r"\W{0,3}\s{1,5}(?=[A-Z\"“'‘])"
)
_WELCOME = re.compile(r"Welcome to (?P<name>[^.!?\n]{3,80}?\bnewsletter)\b", re.IGNORECASE)
# Newsletters end a story in these ways; none is part of a report.
_TAIL = re.compile(
    r"Read the full (?:report|story|article|piece) (?:at|here|in)\b|Welcome to [^.!?\n]{3,80}?\bnewsletter\b"
    r"|Did someone forward you this (?:newsletter|email)|You[’']re all caught up|Thank you for signing up"
    r"|Subscribe to (?:more|our|the) (?:[\w&' ]{1,40} )?newsletters?|Subscribe here[.!]"
    r"|Sign up (?:here )?for (?:our|the) [^.!?\n]{0,60}newsletter|Want more\? Sign up|View this email in your browser"
    r"|Was this newsletter forwarded to you"
    r"|(?:(?m:^)|(?<=[.!?\"”’'] ))(?:This (?:story|article) (?:first|originally) appeared in|Get (?:our|the)"
    r"|Click here to (?:subscribe|sign up)) [^.!?\n]{0,80}\bnewsletter\b"
)
_SECTION = re.compile(
    r"(?<=[.!?…\"”’'] )(?:Essential Reads|Trending Today|On Our Radar|In Other News|Must Reads|Quick Hits"
    r"|On Tap (?:Tomorrow|Today|Next Week)|What (?:Else )?We[’']re Reading|Around the (?:World|Web|Nation))(?= [A-Z])"
)
_TEASER = re.compile(r"\s(?:…|\.\.\.)(?:\s|$)")
_CUT_END = re.compile(r"\s(?:…|\.\.\.)(?:\s{0,3}Read more\W{0,3})?$")
_SENTENCE_END = re.compile(r"[.!?][\"”’']?(?=\s)")


@dataclass(frozen=True, slots=True)
class Body:
    """The text that is left of an article, and who it says wrote it."""

    text: str
    origin: str | None = None


def ends(line: str) -> bool:
    """Whether a line shows that the article above it is over."""
    return _END.fullmatch(line) is not None or (len(line) < _LONGEST_APP and _OUR_APP.search(line) is not None)


def body(lines: list[str]) -> Body:
    """The text of an article without furniture: up to the first line that ends it, without the lines inside it."""
    kept: list[str] = []
    origin = None
    for line in takewhile(lambda line: not ends(line), lines):
        appeared = _APPEARED.fullmatch(line)
        text, named = ("", appeared["name"]) if appeared else _without_plea(line)
        origin = origin or named
        if not line or (text and not _LINE.fullmatch(text)):
            kept.append(text)
    story, newsletter = _letter("\n".join(kept).strip())
    return Body(_CREDIT.sub("", story).strip(), origin or newsletter)


def _without_plea(line: str) -> tuple[str, str | None]:
    """The line without pleas, and for whom the first of them asks donations where that is a name."""
    pleas = list(_PLEA.finditer(line))
    if not pleas:
        return line, None
    names = (plea["name"] or plea["patron"] or "" for plea in pleas)
    named = (name for name in names if name[:1].isupper() and name not in ("Us", "Our work"))
    return " ".join(_PLEA.sub("", line).split()), next(named, None)


def _letter(text: str) -> tuple[str, str | None]:
    """A newsletter's main story, and the newsletter's name."""
    named = _WELCOME.search(text)
    text = _after_welcome(text)
    head = _HEAD.match(text)
    text = text[head.end() :] if head else text
    starts = [match.start() for match in (_TAIL.search(text), _section(text)) if match]
    if starts:
        text = text[: min(starts)].rstrip()
    return _without_teaser(text), named["name"] if named else None


def _without_teaser(text: str) -> str:
    """The text without a last sentence that the page broke off, where enough is left."""
    sentences = list(_SENTENCE_END.finditer(text)) if _CUT_END.search(text[-40:]) else []
    return text[: sentences[-1].end()] if sentences and sentences[-1].end() > 200 else text


def _after_welcome(text: str) -> str:
    """A letter may open with its welcome instead of closing with it: its story begins below a head."""
    if not _WELCOME.match(text):
        return text
    head = _HEAD.search(text, 0, 1500)
    return text[head.start() :] if head else text.partition("\n")[2].lstrip()


def _section(text: str) -> re.Match[str] | None:
    """A head of another part of the letter, when what follows are cut-off teasers or more such heads."""
    match = _SECTION.search(text)
    if match and (_TEASER.search(text, match.end()) or _SECTION.search(text, match.end())):
        return match
    return None
