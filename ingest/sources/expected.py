"""How many pages a run will bring."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Expected:
    """As many pages as are known of: a link or a feed is one until it has been read."""

    pages: int = 0

    def read(self, pages: int) -> None:
        """A link or a feed was read and holds so many."""
        self.pages += pages - 1
