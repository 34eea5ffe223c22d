"""Settings of the assistant, read from `DATELINE_*` environment variables."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from ingest.settings import IngestSettings


class Settings(IngestSettings):
    """What the archive's settings do not say: which model writes, and where the service listens.

    model           "provider:name" for LangChain's init_chat_model, e.g. "openai:gpt-5"; none: verbatim sentences
    model_base_url  the address of any server that speaks the provider's protocol
    model_api_key   the key, where the provider's own variable (OPENAI_API_KEY …) is not used
    model_deadline  seconds in which a chat model must have finished an answer
    model_prompt    normal; or small, for a small model: one passage, one sentence, its citation set by code
    policy          mark: sentences supported in part are shown with a mark; strict: they are left out
    host, port      where the service listens
    token           the secret that writes over HTTP need; required to listen anywhere but on this machine
    feeds_every     minutes between two looks of the running service at a feed; 0 for none
    top_k           how many articles may answer a question
    reader          what reads the best passages for the answer: the one in the package, or none
    reranker        a sentence-transformers cross-encoder, by folder or name, that orders the best passages anew
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
    feeds_every: int = Field(default=15, ge=0, le=10_080)
    top_k: int = Field(default=8, ge=1, le=50)
    reader: Literal["bundled", "none"] = "bundled"
    reranker: str | None = None

    @field_validator("model_base_url")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("it begins with neither http:// nor https://")
        return url
