"""The kinds of sources; in a file of its own, for the command line that has to name them in no time."""

from __future__ import annotations

from typing import Literal

SourceKind = Literal["auto", "page", "feed", "sitemap", "files"]
