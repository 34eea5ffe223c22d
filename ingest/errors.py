"""What can go wrong while ingesting articles and keeping them."""

from __future__ import annotations

EXIT_PARTIAL, EXIT_USAGE, EXIT_BUSY, EXIT_DAMAGED, EXIT_DISK, EXIT_PROVIDER = 1, 2, 3, 4, 5, 6
EXIT_REFUSED, EXIT_NEAREST = 7, 8
EXIT_INTERRUPTED = 130

# Every exit code of a command, as its help and the README tell them.
EXIT_CODES = {
    0: "success",
    EXIT_PARTIAL: "it failed, in whole or in part",
    EXIT_USAGE: "a mistake in the command or a setting, or no such name",
    EXIT_BUSY: "another process owns the archive",
    EXIT_DAMAGED: "the archive is damaged",
    EXIT_DISK: "the disk is full",
    EXIT_PROVIDER: "the chat model failed",
    EXIT_REFUSED: "ask: the archive does not hold an answer",
    EXIT_NEAREST: "ask: no sentence answers; the nearest were shown",
    EXIT_INTERRUPTED: "stopped by a signal",
}


class DatelineError(Exception):
    """An error with what happened and what to do about it.

    Every front end shows the same two sentences; `code` names it over HTTP, `exit_code` on the command line.
    """

    code = "error"
    exit_code = EXIT_PARTIAL
    http_status = 500

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} - {self.hint}" if self.hint else self.message


class SettingsError(DatelineError):
    """A setting is unknown, malformed or missing."""

    code, exit_code, http_status = "settings", EXIT_USAGE, 500


class IngestError(DatelineError):
    """Something about ingesting articles."""

    code, http_status = "ingest", 422


class SourceError(IngestError):
    """A source cannot be read: missing, not a regular file, too large, of no known kind."""

    code, exit_code = "source", EXIT_USAGE


class FetchError(IngestError):
    """A link could not be fetched.

    code         what went wrong: "fetch_timeout", "fetch_status" and their kin, for programs
    status       the HTTP status of the answer, where there was one
    retry_after  seconds that the server asks to wait, where it does
    """

    code = "fetch"

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        code: str = "",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.code = code or type(self).code
        self.status, self.retry_after = status, retry_after


class AddressRefused(FetchError):
    """A link that is never followed: no web address, or one that leads off the public web."""

    code = "address_refused"


class RobotsRefused(FetchError):
    """The site asks programs not to fetch the page."""

    code = "robots_refused"


class ExtractError(IngestError):
    """A page should have held an article and none could be read from it."""

    code = "extract"


class NotAnArticle(IngestError):
    """A page that was read well and holds no article: it is skipped, with this reason."""

    code = "not_an_article"


class FeedError(IngestError):
    """A feed, a list of feeds or a sitemap that cannot be read, or must not be."""

    code = "feed"


class ArchiveError(DatelineError):
    """Something about the archive on disk."""

    code, exit_code, http_status = "archive", EXIT_DAMAGED, 503


class ArchiveBusy(ArchiveError):
    """Another process owns the archive."""

    code, exit_code, http_status = "archive_busy", EXIT_BUSY, 409


class ArchiveDamaged(ArchiveError):
    """The archive's files contradict each other or cannot be read."""

    code = "archive_damaged"


class DatabaseUnreachable(ArchiveError):
    """The server of the archive's database does not answer, or refuses to be used."""

    code, exit_code = "database_unreachable", EXIT_PARTIAL


class ArchiveMismatch(ArchiveError):
    """The archive was made by another embedding model or another schema."""

    code, exit_code = "archive_mismatch", EXIT_USAGE


class DiskFull(ArchiveError):
    """No room left where the archive lives."""

    code, exit_code, http_status = "disk_full", EXIT_DISK, 507


class DiskFailed(ArchiveError):
    """The disk where the archive lives cannot be read or written, and is not full."""

    code, exit_code = "disk_failed", EXIT_PARTIAL


class NotFound(DatelineError):
    """No article, source or conversation by that name."""

    code, exit_code, http_status = "not_found", EXIT_USAGE, 404
