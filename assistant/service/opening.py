"""Opening an archive: by way of the service that owns it, else in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.build import open_archive
from assistant.service.blocking import wait_for
from assistant.service.owner import service_note
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.service.protocol import Service


@contextmanager
def open_service(settings: Settings, *, check: bool = True) -> Iterator[Service]:
    """The archive through the service that owns it, or opened in this process until the end of the `with`.

    With `check` off an archive that was made with another model opens too. Raises what `Archive.open` raises.
    """
    service = _running(settings)
    if service is None:
        from assistant.service.local import LocalService

        service = LocalService(settings, open_archive(settings, check=check))
    try:
        yield service
    finally:
        wait_for(service.close())


def unfollowed(service: Service, settings: Settings) -> Iterator[str]:
    """A note for each of model, reader and embedder in which a running service differs from this process."""
    from assistant.service.local import LocalService
    from ingest.archive.manifest import Manifest

    given = settings.model or settings.reader == "none" or settings.embedder != "bundled"
    if isinstance(service, LocalService) or not given:
        return
    used = wait_for(service.readiness())
    manifest = Manifest.load(settings.data)
    made_with = manifest.embedder if manifest else ""
    hint = "restart the running service with this setting to change that"
    if settings.model and settings.model != used.model:
        yield f"DATELINE_MODEL={settings.model} was not used, but {used.model}; {hint}"
    if settings.reader == "none" != used.reader:
        yield f"DATELINE_READER=none was not used, but {used.reader}; {hint}"
    if settings.embedder != "bundled" and not made_with.startswith(f"{settings.embedder}/"):
        yield f"DATELINE_EMBEDDER={settings.embedder} was not used, but {made_with}; {hint}"


def _running(settings: Settings) -> Service | None:
    if service_note(settings.data) is None:
        return None
    from assistant.service.client import find_service

    set_here = {"policy", "top_k"} & settings.model_fields_set
    return wait_for(find_service(settings.data, settings.model_dump(include=set_here)))
