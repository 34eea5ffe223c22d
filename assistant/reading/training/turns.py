"""What a way to say something otherwise is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from assistant.reading.training.lexicon import Lexicon
from assistant.reading.training.marked import Marked
from assistant.reading.training.passages import Source

Turn = Callable[[Marked, Source, Lexicon, Random], Marked | None]
