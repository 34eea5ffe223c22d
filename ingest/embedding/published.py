"""Arrays that are published in a package, by name."""

from __future__ import annotations

import hashlib
from importlib.resources.abc import Traversable
from typing import Any

from numpy.typing import NDArray

from ingest.errors import ArchiveDamaged


def read_published(file: Traversable, sha256: str) -> dict[str, NDArray[Any]]:
    """The arrays of a file in the format of safetensors.

    Raises ArchiveDamaged where the file is not the one that was published.
    """
    from safetensors.numpy import load

    content = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ArchiveDamaged(f"{file} is not what was published", "install Dateline again")
    arrays: dict[str, NDArray[Any]] = load(content)
    return arrays
