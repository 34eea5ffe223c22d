"""Settings of the assistant."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from ingest.settings import IngestSettings

_ORIGIN = re.compile(r"(?i)https?://[^/\s*@]+")


def _split(names: object) -> object:
    return tuple(filter(None, map(str.strip, names.split(",")))) if isinstance(names, str) else names


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class Settings(IngestSettings):
    """How questions are answered, and where the service listens; with the settings of the archive.

    model           "provider:name" for LangChain's init_chat_model, such as "openai:gpt-5"; without one, answers are
                    quoted sentences
    model_base_url  the address of a server that speaks the provider's protocol
    model_api_key   the key, if the provider's own variable (such as OPENAI_API_KEY) is not used
    model_deadline  seconds in which an answer must be finished
    model_prompt    normal; or small, for a small model: one passage, one sentence, its citation set by code
    policy          mark shows sentences that are supported in part, with a mark; strict leaves them out
    host, port      where the service listens
    token           bearer token for everything; this or a key is required where others reach the service
    mcp_write       whether /mcp offers the tools that change the archive, to those who hold a key for it
    hosts           further names that the service goes by, such as that of a proxy in front of it
    origins         sites whose pages may call the service, such as "https://app.example"
    proxies         addresses of proxies that are trusted to name the client
    requests_per_minute  how many requests a key may make in a minute; 0 for any number
    log             text, or json for a log of JSON lines, with one for each request
    otlp_endpoint   a collector for OpenTelemetry's traces of the requests, such as "http://127.0.0.1:4318"
    feeds_every     minutes between two checks of a feed by the service; 0 turns them off
    top_k           how many articles an answer may use
    reader          the trained reader and checker: the bundled ones, or none
    reranker        a sentence-transformers cross-encoder on this machine, by folder or name, that ranks the best
                    passages again
    """

    model: str | None = None
    model_base_url: str | None = None
    model_api_key: SecretStr | None = None
    model_deadline: float = Field(default=60.0, gt=0, le=3600)
    model_prompt: Literal["normal", "small"] = "normal"
    policy: Literal["mark", "strict"] = "mark"
    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=0, le=65535)
    token: SecretStr | None = None
    mcp_write: bool = False
    hosts: Names = ()
    origins: Names = ()
    proxies: str = ""
    requests_per_minute: int = Field(default=600, ge=0, le=1_000_000)
    log: Literal["text", "json"] = "text"
    otlp_endpoint: str | None = None
    feeds_every: int = Field(default=15, ge=0, le=10_080)
    top_k: int = Field(default=8, ge=1, le=50)
    reader: Literal["bundled", "none"] = "bundled"
    reranker: str | None = None

    @field_validator("origins")
    @classmethod
    def _sites(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError("a site is written as https://app.example, without a path")
        return tuple(origin.casefold() for origin in origins)

    @field_validator("model_base_url", "otlp_endpoint")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("it must begin with http:// or https://")
        return url
