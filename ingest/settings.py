"""Settings for ingesting and keeping articles, read from `DATELINE_*` environment variables."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Annotated, Any, Self

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError
from ingest.fetch.public import Reach

PREFIX = "DATELINE_"


def _named(folder: object) -> object:
    if folder == "" or folder == Path():
        raise ValueError("it is empty; name a folder")
    return folder


class IngestSettings(BaseSettings):
    """Where the archive is, how its passages are embedded, and what may be fetched.

    data         the archive's folder
    embedder     "bundled" (all-MiniLM-L6-v2), or a sentence-transformers model on this machine, by folder or name
    threads      processor threads for the models; by default all
    fetch_delay  seconds between two requests to a site
    fetch_allow  private hosts, networks or other ports that may be fetched, such as
                 "intranet.example:8080, 10.1.0.0/16, [fd00::/8]"
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data: Annotated[Path, BeforeValidator(_named)] = Field(default_factory=lambda: user_data_path("dateline"))
    embedder: str = "bundled"
    threads: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=512)
    fetch_delay: float = Field(default=1.0, ge=0, le=300)
    fetch_allow: str = ""

    @field_validator("fetch_allow")
    @classmethod
    def _readable(cls, text: str) -> str:
        Reach.parse(text)
        return text

    @classmethod
    def load(cls, **given: Any) -> Self:
        """The settings from the environment; what is given and not None goes first.

        Raises SettingsError for an unknown `DATELINE_*` variable and for a value that does not fit.
        """
        refuse_unknown(cls)
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})
        except ValidationError as exc:
            problem = exc.errors()[0]
            name = PREFIX + "_".join(str(part) for part in problem["loc"]).upper()
            raise SettingsError(f"{name} is not usable: {problem['msg']}", "change it or unset it") from exc


def refuse_unknown(settings: type[BaseSettings]) -> None:
    """A misspelt setting would be ignored in silence: refuse it, and say which one was meant."""
    known = {PREFIX + name.upper() for name in settings.model_fields}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            close = difflib.get_close_matches(name.upper(), known, n=1)
            meant = f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(known))}"
            raise SettingsError(f"unknown setting {name}", meant)
