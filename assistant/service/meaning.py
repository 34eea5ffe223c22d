"""Passages get their vectors while a service runs, so that nobody waits for that after an ingest."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from ingest.archive.catching_up import Turn, catch_up, embed_for_writer
from ingest.embedding.reading import read_aside
from ingest.errors import DatelineError

if TYPE_CHECKING:
    from ingest.archive.archive import Archive

log = logging.getLogger("dateline")

_SECONDS_BETWEEN_LOOKS = 1.0  # for what another process lets wait, who does not wake this one
_SECONDS_AFTER_FAILURE = 60.0


class Meaning:
    """A thread that embeds what waits for it, and then sleeps until it is woken.

    Beside another process that writes to a shared database it embeds for that one, and looks for work by itself.
    """

    def __init__(self, archive: Archive, turn: Turn) -> None:
        self._archive, self._turn = archive, turn
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="meaning", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look for passages that wait: some may have come."""
        self._woken.set()

    def stop(self) -> None:
        """Ask it to end, within a second or two."""
        self._stopped.set()
        self._woken.set()

    def has_ended(self, within: float) -> bool:
        """Wait for its end; False where it goes on even so."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            wait = _SECONDS_BETWEEN_LOOKS if self._archive.home.is_shared else None
            try:
                self._embed()
            except DatelineError as exc:
                if self._stopped.is_set():
                    return
                log.error("embedding passages failed, and is tried again in a minute: %s", exc)
                wait = _SECONDS_AFTER_FAILURE
            except BaseException:  # Chroma's panics are no Exception
                log.exception("embedding passages failed, and is tried again in a minute")
                wait = _SECONDS_AFTER_FAILURE
            self._woken.wait(wait)

    def _embed(self) -> None:
        """All that waits; for another process that writes to a shared database, until none is left for this one."""
        with read_aside(self._archive.embedder) as read:
            if not self._archive.home.writer:
                for _ in catch_up(self._archive, read=read, turn=self._turn, stop=self._stopped.is_set):
                    pass
                return
            while self._archive.home.writer and not self._stopped.is_set():  # it may take over meanwhile
                if not embed_for_writer(self._archive, read):
                    return
