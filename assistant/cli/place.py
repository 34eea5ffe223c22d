"""Where a command works: the running service of the archive, or the archive itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.library import Library
    from assistant.remote import Remote
    from assistant.settings import Settings


def settings_of(context: click.Context, **given: Any) -> Settings:
    """The settings of the environment with what the command line says."""
    from assistant.settings import Settings

    data: Path | None = context.obj
    return Settings.load(data=data, **given)


@contextmanager
def library_of(settings: Settings, *, tells: bool = True) -> Iterator[Library]:
    """What only reads: from the archive's database, whoever owns the archive meanwhile.

    At the end it tells where there is no archive, unless `tells` is off.
    """
    from assistant.library import Library
    from ingest.archive.shelf import LooseShelf
    from ingest.database.disk import translated_errors

    with translated_errors(settings.data), LooseShelf.to_read(settings.data) as shelf:
        yield Library(shelf)
        if tells and not shelf.exists:
            click.echo(f"note: there is no archive in {settings.data} yet; dateline ingest creates one", err=True)


@contextmanager
def notes_of(settings: Settings) -> Iterator[Library | Remote]:
    """What writes no article: through the service that owns the archive, or in its database, without the model."""
    from assistant.library import Library
    from assistant.served import service_note
    from ingest.archive.shelf import LooseShelf
    from ingest.database.disk import translated_errors

    if service_note(settings.data) is None and (shelf := LooseShelf.to_write(settings.data)):
        with shelf, translated_errors(settings.data):
            yield Library(shelf)
    else:
        with desk_of(settings) as desk:
            yield desk


@contextmanager
def desk_of(settings: Settings, *, check: bool = True) -> Iterator[Desk | Remote]:
    """The archive through the service that owns it, or opened here until the end of the `with`.

    With `check` off an archive that was made with another model opens too.
    """
    from assistant.build import open_desk

    with open_desk(settings, check=check) as desk:
        yield desk
        for ignored in desk.ignored(settings):
            click.echo(f"note: {ignored}; restart the running service with this setting to change that", err=True)
