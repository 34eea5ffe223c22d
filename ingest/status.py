"""What may become of a page and of a job; apart, for the command line, which has to start in no time."""

from __future__ import annotations

from typing import Literal

Status = Literal["added", "updated", "unchanged", "copy", "dropped", "skipped", "failed"]
JobState = Literal["waiting", "running", "done", "failed", "cancelled"]
