"""Passages get their vectors while a service runs, so that nobody waits for that after an ingest."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from ingest.archive.catching_up import Turn, catch_up
from ingest.errors import DatelineError

if TYPE_CHECKING:
    from ingest.archive.archive import Archive

log = logging.getLogger("dateline")


class Meaning:
    """A thread that embeds what waits for it, and then sleeps until it is woken."""

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
            try:
                if not self._archive.home.writer:  # then that one embeds them
                    for _ in catch_up(self._archive, turn=self._turn, stop=self._stopped.is_set):
                        pass
            except DatelineError as exc:
                log.error("embedding passages failed, and is tried again after the next ingest: %s", exc)
            except BaseException:  # Chroma's panics are no Exception
                log.exception("embedding passages failed, and is tried again after the next ingest")
            self._woken.wait()
