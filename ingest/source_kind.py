"""What a source is by the looks of it; apart, for the command line and the chat, which have to start in no time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

SourceKind = Literal["auto", "page", "feed", "sitemap", "files"]

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}://|https?:", re.IGNORECASE)
ANYWHERE = r"^(/|[Hh][Tt][Tt][Pp][Ss]?://)"  # an absolute path or a link: what means the same in every folder


def looks_like_link(text: str) -> bool:
    """Whether a text is meant as an address rather than a path, of whatever scheme."""
    return _SCHEME.match(text) is not None


def absolute(text: str) -> str:
    """The source as it is understood elsewhere: a link as it stands, a path from this working directory."""
    return text if looks_like_link(text) else str(Path(text).absolute())
