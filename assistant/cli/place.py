"""Where a command works: the running service of the archive, or the archive itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.remote import Remote
    from assistant.settings import Settings


def settings_of(context: click.Context, **given: Any) -> Settings:
    """The settings of the environment with what the command line says."""
    from assistant.settings import Settings

    data: Path | None = context.obj
    return Settings.load(data=data, **given)


@contextmanager
def desk_of(settings: Settings, *, check: bool = True) -> Iterator[Desk | Remote]:
    """The archive through the service that owns it, or opened here until the end of the `with`.

    With `check` off an archive that was made with another model opens too.
    """
    from assistant.remote import find_service

    service = find_service(settings.data)
    if service is not None:
        with service:
            yield service
            for ignored in _ignored(settings, service):
                click.echo(f"note: {ignored}; restart the running service with it to change that", err=True)
    else:
        with opened(settings, check=check) as desk:
            yield desk


def _ignored(settings: Settings, service: Remote) -> Iterator[str]:
    """The settings given here that the running service, which has its own, did not follow."""
    if settings.model and settings.model != (used := service.readiness().model):
        yield f"DATELINE_MODEL={settings.model} was not used, but {used}"
    if settings.embedder != "bundled":
        from ingest.manifest import NAME, Manifest

        made_with = Manifest.model_validate_json((settings.data / NAME).read_bytes()).embedder
        if not made_with.startswith(f"{settings.embedder}/"):
            yield f"DATELINE_EMBEDDER={settings.embedder} was not used, but {made_with}"


@contextmanager
def opened(settings: Settings, *, check: bool = True) -> Iterator[Desk]:
    """The archive opened in this process."""
    from assistant.build import open_archive
    from assistant.desk import Desk

    with open_archive(settings, check=check) as archive:
        yield Desk(settings, archive)
