"""Lines in the text of a web page that are not of its article: advertisements, other stories, newsletters."""

from __future__ import annotations

import re

from ingest.extract.byline.origin import agency

_ALONE = re.compile(
    r"advertisement|(?:article|story) continues(?: below(?: this)?(?: ad| advertisement)?)?|_{2,20}|recommended"
    r"|share (?:this )?(?:article|story)|related (?:stories|articles|content|videos?)\W?|(?:photo|image) credits?\W?"
    r"|(?:install|download|get) the .{1,40} app\b.{0,20}|read (?:more|next|also)\W?|don[’']t miss\W?|comments?"
    r"|(?:\d\. )?how relevant is this ad to you\?|(?:\d\. )?(?:did you encounter|were there) any technical issues\?"
    r"|(?:click|tap) here\b.{0,200}"
    r"|video player was slow to load content.{0,300}",
    re.IGNORECASE,
)
# A label, and the headline of another story or what a newsletter promises behind it.
_OTHER = re.compile(
    r"(?:read (?:more|next|also)|also read|see also|related(?: (?:stories|articles|video))?|required reading"
    r"|don[’']t miss|more (?:on this|from)|more|read|story|watch|opinion|contributing)\s?[:|–-]\s?\S.{0,200}",
    re.IGNORECASE,
)
# “Strike at the port:Ferries stay in harbour until Monday”: links to other stories as a chain of outlets sets them.
_GLUED = re.compile(r"[A-Z][\w'’ ,.&-]{1,40}[a-zA-Z]:[^\s/\d'\"‘“„«].{9,200}(?<!\.)")
_LETTER = re.compile(
    r"(?:\*{0,3}please )?(?:sign up|subscribe) (?:now |here )?(?:for|to) [^.!?]{0,80}"
    r"\b(?:newsletters?|brief|updates)\b.{0,200}"
    r"|follow .{1,60} on (?:facebook|twitter|instagram|x\b|tiktok).{0,160}|get the latest (?:updates|news)\b.{0,80}"
    r"|(?:for|find|see) (?:[\w’']{1,12} ){0,3}(?:updates|coverage)(?:,? (?:visit|see|follow|click)\b.{0,80}| here\W?)"
    r"|(?:we|.{1,40}) may (?:earn|receive|get) (?:a |an )?(?:\w{1,12} )?(?:commission|revenue|compensation)\b.{0,300}"
    r"|all products featured on .{1,300}",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:photo|image|picture)s?(?: credit| by| courtesy(?: of)?)?: .{1,120}"
    r"|(?:copyright|©).{0,30}\b(?:19|20)\d\d\b.{0,200}",
    re.IGNORECASE,
)
_HEADS_LIST = re.compile(
    r"(?:related(?: \w{1,12})?|read (?:more|next|also)|don[’']t miss|more (?:stories|from .{1,40})):?", re.I
)
_GETTY = re.compile(r"getty images\b", re.IGNORECASE)
_LONGEST, _LONGEST_CREDIT, _LONGEST_NAME = 400, 100, 4


def without_asides(text: str) -> str:
    """The text without such lines; a list goes with the line that heads it."""
    kept: list[str] = []
    listed = False
    for line in text.split("\n"):
        listed = _HEADS_LIST.fullmatch(line[:60]) is not None or (listed and (not line or line.startswith("- ")))
        if not (listed and line) and not is_aside(line):
            kept.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def is_aside(line: str) -> bool:
    """Whether a whole line is none of the article's."""
    forms = (_ALONE, _OTHER, _GLUED, _LETTER, _CREDIT)
    if not 1 < len(line) <= _LONGEST:
        return False
    return any(form.fullmatch(line) for form in forms) or _is_caption(line)


def _is_caption(line: str) -> bool:
    """Whether it begins with who took a picture: "Ann Lee/AFP/Getty Images Flood water in Tarn."."""
    taker, *credited = line[:_LONGEST_CREDIT].split("/")
    named = 1 < len(taker.split()) <= _LONGEST_NAME and all(not word[0].islower() for word in taker.split())
    return named and any(_GETTY.match(one) or agency(one.split(" ")[0]) for one in credited)
