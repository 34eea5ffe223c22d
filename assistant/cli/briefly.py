"""A command that is over before memory matters."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def briefly() -> Iterator[None]:
    """Leave garbage alone, also what there is at the end: looking for it takes a tenth of the time of a question."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # it goes with the process
        gc.enable()
