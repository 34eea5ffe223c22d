"""What may leave in an answer, whoever composed it: plain sentences, and no link but to an article in the archive.

Sentences that hold anything else are not offered as evidence, and are withheld where a composer writes them. A
headline is shown without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from importlib.resources import files

from assistant.safety.prose import tidy
from ingest.language.text import clean

RUN = 8  # words in a row that nobody but the prompt has

_ENDINGS = (
    "com|org|net|info|biz|edu|gov|mil|int|io|co|ai|app|dev|tv|cc|xyz|top|site|online|shop|club|link|click|invalid|example|"
    "test|local|onion|uk|de|fr|es|nl|ch|ru|cn|jp|br|au|ca|eu|pl|se|dk|fi|ie|nz|za|kr|tk|ly|gl"
)
_HOST = rf"[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}){{0,4}}\.(?:{_ENDINGS})"
_REST = r"[^\s\"“”<>]"
# With a scheme, "www.", a port, a path or an "@"; of bare hosts those in small letters: Amazon.com is the name of a
# firm.
_ADDRESS = re.compile(
    rf"(?i:\b[a-z][a-z0-9+.-]{{1,20}}:[/\\]{{1,2}}{_REST}+"
    rf"|\b(?:javascript|vbscript|mailto|data:[a-z]+/|(?:tel|file):[\d+/\\]):?(?=\S){_REST}+"
    rf"|\bwww\.{_REST}+"
    rf"|(?<![\w/\\])[/\\]{{2}}[\w.-]+\.[a-z]{{2,}}{_REST}*"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    rf"|(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.[^\W\d_][\w-]{{1,62}}(?::\d{{1,5}}\b|[/?#]\w){_REST}*"
    rf"|(?<![\w.-])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d{{1,5}}\b|[/?#]){_REST}*)"
    rf"|(?<![\w.@-]){_HOST}(?![\w-]|\.\w)",
)
# Each of the above holds one of these, which few sentences do; looked for first, it saves most of the time.
_OF_ADDRESSES = re.compile(r"[/\\@]|\.\w|www\.|javascript|vbscript|mailto|data:|tel:|file:", re.IGNORECASE)
_SITE = re.compile(rf"(?:www\.)?{_HOST}")
_MARKUP = re.compile(
    r"!\[|\]\s?\(|\]\[|^\s*\[[^\]]{1,40}\]:|<[a-zA-Z/!][^<>]{0,200}>|<[a-zA-Z]+\s[^<>]*$|\[/?\w*\]?\s*=|\[@|\[/\w*\]"
    r"|&(?:#x?[0-9a-fA-F]+;?|[a-zA-Z]{2,8};)|```|\[link\b",
    re.MULTILINE,
)
_MARK = re.compile(r"evidence-[0-9a-f]{8,}")
_WORD = re.compile(r"\w+")


class Gate:
    """For one answer.

    addresses  of the articles that may be linked to
    keys       that stand for evidence, which nobody should see
    """

    def __init__(self, addresses: Collection[str] = (), keys: Collection[str] = ()) -> None:
        self._addresses, self._keys = frozenset(addresses), frozenset(keys)

    def admits(self, text: str | None) -> str | None:
        """The text, where there is one and it may leave."""
        return text if text and not self.stops(text) else None

    def stops(self, text: str) -> bool:
        """Whether the text holds what may not leave."""
        return (
            clean(text) != text
            or has_links(text, self._addresses)
            or any(key in text for key in self._keys)
            or _MARK.search(text) is not None
            or _of_the_prompt(text)
        )


def has_links(text: str, addresses: Collection[str] = ()) -> bool:
    """Whether there is markup in a text, or an address that is none of these."""
    text = unicodedata.normalize("NFKC", text)
    marked = any(sign in text for sign in "[]<&`") and _MARKUP.search(text) is not None
    return marked or any(one not in addresses for one in addresses_in(text))


def addresses_in(text: str) -> Iterator[str]:
    if not _OF_ADDRESSES.search(text):
        return iter(())
    return (match[0].rstrip(".,;:!?)'’") for match in _ADDRESS.finditer(text))


def without_links(text: str) -> str:
    """A headline, or the name of an outlet or a person, as plain words; the host of a site may be its name."""
    if not has_links(text) or _SITE.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKC", tidy(text))
    return " ".join(_MARKUP.sub(" ", _ADDRESS.sub("…", plain)).split())


def _of_the_prompt(text: str) -> bool:
    return bool(_runs(text) & _prompt_runs())


@lru_cache(maxsize=1)
def _prompt_runs() -> frozenset[str]:
    texts = (file.read_text(encoding="utf-8") for file in files("prompts").iterdir() if file.name.endswith(".txt"))
    return frozenset(run for text in texts for run in _runs(text))


def _runs(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
