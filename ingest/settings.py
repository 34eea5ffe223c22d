"""Settings for ingesting and keeping articles."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError
from ingest.fetch.public import Reach
from ingest.layers import PREFIX, Layer, layer_of, layers, merged, variable
from ingest.misfit import what

_ADDRESSES = {
    "database_url": (
        re.compile(r"postgres(?:ql(?:\+psycopg)?)?://"),
        "postgresql://user:password@host/database",
    ),
    "chroma_url": (
        re.compile(r"https?://(?:[^/?#\s@]*@)?(?:\[[\da-f:.]+\]|[^/?#\s@:\[\]]+)(?::\d{1,5})?/?$", re.IGNORECASE),
        "http://chroma.example:8000",
    ),
}


def _named(folder: object) -> object:
    if folder == "" or folder == Path():
        raise ValueError("it is empty; name a folder")
    return folder


class IngestSettings(BaseSettings):
    """Where the archive is, how its passages are embedded, and what may be fetched.

    data         the archive's folder
    database_url  a PostgreSQL database for the archive, such as "postgresql://user:password@host/news"; its search
                 indexes stay in the folder
    vectors      what keeps the vectors of passages: chroma, in the folder or at `chroma_url`; or pgvector, in the
                 PostgreSQL database
    chroma_url   a Chroma server for the vectors of an archive in PostgreSQL, such as "http://chroma.example:8000"
    embedder     "bundled" (all-MiniLM-L6-v2), or a sentence-transformers model on this machine, by folder or name
    threads      processor threads for the models; by default all
    fetch_delay  seconds between two requests to a site
    fetch_allow  private hosts, networks or other ports that may be fetched, such as
                 "intranet.example:8080, 10.1.0.0/16, [fd00::/8]"
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    data: Annotated[Path, BeforeValidator(_named)] = Field(default_factory=lambda: user_data_path("dateline"))
    database_url: SecretStr | None = None
    vectors: Literal["chroma", "pgvector"] = "chroma"
    chroma_url: SecretStr | None = None
    embedder: str = "bundled"
    threads: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=512)
    fetch_delay: float = Field(default=1.0, ge=0, le=300)
    fetch_allow: str = ""

    @field_validator("database_url", "chroma_url")
    @classmethod
    def _fits(cls, address: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        pattern, example = _ADDRESSES[info.field_name or ""]
        if address and not pattern.match(address.get_secret_value()):
            raise ValueError(f"write it as {example}")
        return address or None

    @field_validator("fetch_allow")
    @classmethod
    def _readable(cls, text: str) -> str:
        Reach.parse(text)
        return text

    @classmethod
    def load(cls, **given: Any) -> Self:
        """The settings from the environment and the settings file; what is given and not None goes first.

        Raises SettingsError for an unknown setting and for a value that does not fit.
        """
        return cls.of(layers(cls, given))

    @classmethod
    def of(cls, found: Sequence[Layer]) -> Self:
        """The settings of layers. Raises SettingsError, naming the place, for a value that does not fit."""
        try:
            return cls(**merged(found))
        except ValidationError as exc:
            problem = exc.errors()[0]
            setting = "_".join(str(part) for part in problem["loc"])
            layer = layer_of(setting, found)
            name = layer.name_of(setting) if layer else variable(setting)
            raise SettingsError(f"{name} is not usable: {what(problem)}", "change it or unset it") from exc
