"""Where a command works: the running service of the archive, or the archive itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.service.library import Library
    from assistant.service.protocol import Service
    from assistant.settings import Settings
    from ingest.archive.shelf import Shelf


def settings_of(context: click.Context, **given: Any) -> Settings:
    """The settings of the environment with what the command line says."""
    from assistant.settings import Settings

    data: Path | None = context.obj
    return Settings.load(data=data, **given)


def require_archive(settings: Settings) -> None:
    """Raises NotFound where there is no archive; opening it would make one."""
    from assistant.service.owner import service_note
    from ingest.archive.home import home_of
    from ingest.database.engines.disk import translated_errors

    home = home_of(settings)
    with translated_errors(settings.data):
        if service_note(settings.data) is None and home.manifest() is None:
            raise home.no_archive()


@contextmanager
def shelf_of(settings: Settings, *, tells: bool = True) -> Iterator[Shelf]:
    """The archive's database to read from, whoever owns the archive meanwhile.

    At the end it tells where there is no archive, unless `tells` is off.
    """
    from ingest.archive.home import home_of
    from ingest.archive.shelf import LooseShelf
    from ingest.database.engines.disk import translated_errors

    with translated_errors(settings.data), LooseShelf.to_read(home_of(settings)) as shelf:
        yield shelf
        if tells and not shelf.exists:
            click.echo(f"note: there is no archive in {settings.data} yet; dateline ingest creates one", err=True)


@contextmanager
def library_of(settings: Settings, *, tells: bool = True) -> Iterator[Library]:
    """What only reads; see `shelf_of`."""
    from assistant.service.library import Library

    with shelf_of(settings, tells=tells) as shelf:
        yield Library(shelf)


@contextmanager
def notes_of(settings: Settings) -> Iterator[Library | Service]:
    """What writes no article: through the service that owns the archive, or in its database, without the model."""
    from assistant.service.library import Library
    from assistant.service.owner import service_note
    from ingest.archive.home import home_of
    from ingest.archive.shelf import LooseShelf
    from ingest.database.engines.disk import translated_errors

    if service_note(settings.data) is None and (shelf := LooseShelf.to_write(home_of(settings))):
        with shelf, translated_errors(settings.data):
            yield Library(shelf)
    else:
        with service_of(settings) as service:
            yield service


@contextmanager
def service_of(settings: Settings, *, check: bool = True) -> Iterator[Service]:
    """The archive through the service that owns it, or opened here until the end of the `with`.

    With `check` off an archive that was made with another model opens too.
    """
    from assistant.service.opening import open_service, unfollowed

    with open_service(settings, check=check) as service:
        yield service
        for note in unfollowed(service, settings):
            click.echo(f"note: {note}", err=True)
