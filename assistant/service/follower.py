"""Services that share a database: one writes to it, the others follow, and take over when it ends."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from ingest.errors import ArchiveBusy, ArchiveDamaged, DatelineError

if TYPE_CHECKING:
    from ingest.archive.archive import Archive
    from ingest.archive.catching_up import Turn

log = logging.getLogger("dateline")

SECONDS_BETWEEN_LOOKS = 1.0
_MOST_FAILURES = 3  # in a row, after which answers would be out of date


class Follower:
    """A thread that keeps the indexes up to what another process writes to a shared database.

    goes_on  told when this process writes again: where another one has ended, or the database is back
    """

    def __init__(self, archive: Archive, turn: Turn, goes_on: Callable[[], None]) -> None:
        self._archive, self._turn, self._goes_on = archive, turn, goes_on
        self._problem: DatelineError | None = None
        self._failures = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="following", daemon=True)
        self._thread.start()

    def require(self) -> None:
        """Raises why the archive cannot be followed, where that is so: answers from it would be out of date."""
        if self._problem is not None:
            raise self._problem

    def stop(self) -> None:
        self._stopped.set()

    def has_ended(self, within: float) -> bool:
        """Wait for its end; False where it goes on even so."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.wait(SECONDS_BETWEEN_LOOKS):
            writer, problem = self._archive.home.writer, self._problem
            try:
                with self._turn():
                    self._archive.follow()
                self._problem, self._failures = None, 0
            except ArchiveBusy:  # it is being rebuilt
                pass
            except DatelineError as exc:
                if str(exc) != str(self._problem):
                    log.error("%s", exc.message)
                self._problem = exc
            except BaseException:  # Chroma's panics are no Exception
                self._fail()
            if writer and not self._archive.home.writer:
                log.warning("%s has ended; this service ingests from now on", writer)
                self._goes_on()
            elif problem and not self._problem:
                self._goes_on()

    def _fail(self) -> None:
        """What nobody expected may be over with the next look, and is logged once."""
        if not self._failures:
            log.exception("following the database failed, and is tried again")
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            hint = "see the log of the service, and restart it"
            self._problem = ArchiveDamaged("the search indexes cannot follow the database", hint)
