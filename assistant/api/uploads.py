"""Files in the bodies of requests: written to disk as they come, a few at a time, and never held in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Query, Request

from assistant.api.errors import Invalid
from assistant.api.serving.lifespan import TheLifespan, TheService
from assistant.service.uploads import Upload, upload_name


async def _received(
    request: Request,
    lifespan: TheLifespan,
    service: TheService,
    name: Annotated[
        str, Query(max_length=500, description="The name of the file. Its suffix tells the format.")
    ] = "",
) -> AsyncIterator[Upload]:
    """The file in the body. Refused before it is read where too many wait already."""
    declared = request.headers.get("content-length", "")
    with lifespan.uploads.place(int(declared) if declared.isdecimal() else 0):
        if declared == "0":
            raise Invalid("the body is empty", "send the bytes of one file")
        async with lifespan.receiving:
            upload = Upload.begun(service.uploads, upload_name(name, request.headers.get("content-type", "")))
            try:
                await _write(request, upload)
            except BaseException:
                upload.discard()
                raise
        try:
            yield upload
        finally:
            if not upload.is_taken:
                upload.discard()


async def _write(request: Request, upload: Upload) -> None:
    size = 0
    with upload.path.open("wb") as file:
        async for chunk in request.stream():
            size += file.write(chunk)
    if not size:
        raise Invalid("the body is empty", "send the bytes of one file")


Received = Annotated[Upload, Depends(_received)]
