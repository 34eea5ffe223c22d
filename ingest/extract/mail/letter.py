"""What surrounds the text of a newsletter: links to its web version, offers to subscribe, the footer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.aggregator.furniture import body

_MAIL = r"(?:e-?mail|newsletter|message|mailing|issue|post|edition|version|page|story)"
# A link to the letter on the web, in the languages of the most newsletters.
_BROWSER = (
    r"(?:view|read|open|see|display)(?: (?:this|it|the|our|full))?"
    rf"(?: {_MAIL})? (?:(?:in|on|with|at)(?: (?:your|a|the|our|my))? (?:web ?)?(?:browser|web(?:site)?|site|app)"
    r"|online|as a web ?page)|(?:web|online|browser) version|view as web ?page"
    rf"|(?:diese[ns]? {_MAIL} )?im browser (?:ansehen|öffnen|lesen|anzeigen)|online ?(?:ansicht|lesen|version)"
    r"|(?:voir|lire|ouvrir|afficher) (?:.{1,30} )?(?:dans (?:le|votre) navigateur|en ligne)"
    r"|(?:bekijk|lees|open) (?:.{1,30} )?(?:in (?:je|uw|de) browser|online)"
    r"|(?:ver|leer|abrir) (?:.{1,30} )?(?:en (?:el|su|tu) navegador|en línea)"
    r"|(?:vedi|visualizza|apri|leggi) (?:.{1,30} )?(?:nel (?:tuo )?browser|online)"
)
_TROUBLE = (
    r"(?:(?:can[’']?t|cannot|trouble|problems?|difficulty|is this|not displaying|images not).{1,80}[?:.!]\s{0,3}"
    r"|if you .{1,80}, )?(?:please )?(?:click here to )?"
)
IN_BROWSER = re.compile(rf"\A\W{{0,5}}{_TROUBLE}(?:{_BROWSER})\b.{{0,40}}", re.IGNORECASE)
_LINE = re.compile(
    r"\A\W{0,3}(?:"
    r"(?:was this|did (?:someone|a friend|you get)|(?:someone )?forwarded this|get this|received this)"
    rf".{{0,30}}\b{_MAIL}\b.{{0,120}}"
    r"|subscribe(?: (?:now|here|today|for free|to .{1,60}))?|sign up(?: (?:here|now|today|for free|to .{1,60}))?"
    r"|upgrade(?: to paid)?|become a (?:paid )?(?:subscriber|member)|give a gift subscription|refer a friend"
    r"|share(?: this)?(?: (?:post|issue|email|story))?|like|comments?|restack|leave a comment|start writing"
    r"|(?:get|download|read in) the app|follow us\b.{0,60}|forward(?: to a friend)?|tweet|print"
    r"|add us to your (?:address book|contacts|safe senders).{0,80}"
    r"|.{0,40}\bis a reader-supported publication\..{0,160}"
    r")\W{0,5}",
    re.IGNORECASE,
)
_UNSUBSCRIBE = (
    r"(?:unsubscribe|opt[- ]out|abmelden|abbestellen|abbestellung|se désabonner|désabonner|désinscrire|désinscription"
    r"|afmelden|uitschrijven|darse de baja|cancelar (?:la )?suscripción|disiscriviti|cancella l[’']iscrizione)"
)
_LEAVING = (
    r"(?:(?:(?:click|tap) (?:here )?(?:to|if)|you (?:can|may)|no longer|don[’']t want|want to|tired of"
    r"|if you (?:no longer|do not|don[’']t|want|wish|would|prefer))\b.{0,120}?|to )?"
)
# From such a line on nothing is text, once the letter has begun.
_FOOTER = re.compile(
    r"\A\W{0,5}(?:"
    rf"{_LEAVING}\b{_UNSUBSCRIBE}\b.{{0,160}}|[^.]{{1,80}}[|·•] ?{_UNSUBSCRIBE}\b.{{0,80}}"
    r"|you(?: are|[’']re| have| were)? (?:receiv\w{1,5}|getting|got|sent|subscribed to) (?:this|these|our).{0,200}"
    r"|you (?:are|[’']re) (?:currently )?subscribed\b.{0,160}|you (?:signed up|subscribed|opted in)\b.{0,160}"
    rf"|this {_MAIL} (?:was|is|has been) (?:sent|delivered|intended)\b.{{0,200}}"
    r"|sent (?:to|by) \S{1,80}@\S{1,80}.{0,80}|to stop receiving .{1,160}"
    r"|(?:manage|update|change|edit) (?:your )?(?:e-?mail |newsletter |subscription |mailing |account )?"
    r"(?:preferences|settings|subscriptions?|profile)\b.{0,120}"
    r"|(?:©|\(c\)|copyright (?:©|\(c\))?)\s?(?:19|20)\d\d\b.{0,120}"
    r"|(?:©|\(c\)|copyright).{0,80}all rights reserved\W{0,3}"
    r"|our mailing address(?: is)?\b.{0,120}|privacy (?:policy|notice)(?: ?[|·•].{0,120})?"
    r")",
    re.IGNORECASE,
)
_LONGEST = 400
_BEGUN = 200  # characters


def story(lines: Sequence[str]) -> str:
    """The text of a letter without its furniture; empty where nothing else is in it."""
    kept: list[str] = []
    length = 0
    for line in lines:
        short = len(line) <= _LONGEST
        if short and line and _FOOTER.fullmatch(line):
            if length >= _BEGUN:
                break
        elif not (short and (_LINE.fullmatch(line) or IN_BROWSER.fullmatch(line))) and _says(line):
            # One line at a time: what ends a text on an aggregator's page stands between the parts of a letter.
            text = body([line]).text
            kept += [text] if text or not line else []
            length += len(text)
    return "\n".join(kept).strip()


def _says(line: str) -> bool:
    """Whether a line is blank or holds a letter or digit; rules and padding do not."""
    return not line or any(map(str.isalnum, line))
