"""Words of others in an article: posts that it embeds, and quotations that its layout repeats in large letters."""

from __future__ import annotations

import re
from typing import Any

from ingest.extract.body.hidden import drop
from ingest.extract.body.runs import BLOCKS, folded_letters, runs

# The classes that the networks give to what their oEmbed answers embed: twitter-tweet, instagram-media, tiktok-embed,
# bluesky-embed, mastodon-embed, text-post-media, reddit-embed-bq, fb-xfbml-parse-ignore.
_POST = re.compile(r"(?:^|[\s_-])(?:tweet|embed|media|xfbml)(?:$|[\s_-])", re.IGNORECASE)
_PULLED = "//blockquote | //*[contains(@class, 'quote') or contains(@class, 'Quote') or contains(@class, 'pull')]"
_NOTE = re.compile(r"note|correction|clarification", re.IGNORECASE)
_DASHES = "—–―-"
_SHORTEST, _MOST = 12, 200  # letters of a quotation that is looked for; quotations
_SAID = ".//text()[not(ancestor::cite or ancestor::footer or ancestor::figcaption)]"
_SPEAKER = "./cite | ./footer | ./figcaption | ./p/cite | ./footer/cite"
_WITHIN = "ancestor::article | ancestor::main | ancestor::body"


def set_apart(tree: Any) -> None:
    """Leave out embedded posts, and quotations that stand in the text as well; part the others from who said them.

    What the editors say of the article beside it becomes a part of it.
    """
    for element in tree.xpath("//blockquote"):
        if _POST.search(element.get("class") or ""):
            drop(element)
        else:
            _part_speaker(element)
    _drop_repeated(tree)
    for element in list(tree.iter("aside", "div")):
        if _NOTE.search(f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"):
            element.tag = "div" if any(part.tag in BLOCKS for part in element) else "p"


def _part_speaker(quotation: Any) -> None:
    """Who said it stands behind a dash instead of being glued to the last word."""
    for cite in quotation.xpath(_SPEAKER)[:1]:
        words = (cite.xpath("string()") or "").strip()
        if words and words[0] not in _DASHES:
            cite.text = f" — {(cite.text or '').lstrip()}"


def _drop_repeated(tree: Any) -> None:
    around: dict[Any, str] = {}
    for element in tree.xpath(_PULLED)[:_MOST]:
        holder = (element.xpath(_WITHIN) or [tree])[-1]
        words = folded_letters("".join(element.xpath(_SAID)))
        said = around.get(holder) or folded_letters("\n".join(run.text for run in runs(holder)))
        if len(words) >= _SHORTEST and said.count(words) > 1:
            drop(element)
            said = said.replace(words, "", 1)
        around[holder] = said
