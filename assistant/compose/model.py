"""From the setting "provider:name" to a LangChain chat model, with what is missing said before the first question."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.settings import Settings
from ingest.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Room for the reasoning that some models count as output; an answer itself needs a tenth of it.
MAX_TOKENS = 4000
RETRIES = 2

# Where each provider's own client looks for a key.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "openai": ("OPENAI_API_KEY",),
    "anthropic": ("ANTHROPIC_API_KEY",),
    "google_genai": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    "mistralai": ("MISTRAL_API_KEY",),
    "groq": ("GROQ_API_KEY",),
    "deepseek": ("DEEPSEEK_API_KEY",),
    "xai": ("XAI_API_KEY",),
    "openrouter": ("OPENROUTER_API_KEY",),
    "together": ("TOGETHER_API_KEY",),
    "fireworks": ("FIREWORKS_API_KEY",),
}
_ADDRESSES: Mapping[str, tuple[str, ...]] = {"openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE")}
_PACKAGE = re.compile(r"pip install ([\w-]+)")
_FORM = 'write "provider:name", for example openai:gpt-5-mini, anthropic:claude-sonnet-4-5 or ollama:llama3.1'


def load_model(settings: Settings) -> BaseChatModel:
    """The chat model that `settings.model` names, not yet spoken to.

    Any provider of LangChain's `init_chat_model`. Retries happen only before an answer has begun. No temperature is
    sent: several models refuse a request that has one.

    Raises SettingsError when the name has another form, or a package or a key is missing.
    """
    provider, name = _named(settings.model)
    options = _options(provider, settings)
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
    except ImportError as exc:
        raise SettingsError(f"the package for {provider} models is not installed", _install(provider, exc)) from exc
    except Exception as exc:
        reason = "unknown provider" if "Unsupported provider" in str(exc) else type(exc).__name__
        raise SettingsError(f"DATELINE_MODEL={provider}:{name} cannot be set up: {reason}", _FORM) from exc
    _stay(model)
    _wait(model, settings.model_deadline)
    return model


def _stay(model: BaseChatModel) -> None:
    """Articles and question go to the address that was set, or nowhere: no redirect is followed.

    The clients of OpenAI's and Anthropic's packages would; each holds the one of httpx that it uses.
    """
    for name in ("root_client", "root_async_client", "_client", "_async_client"):
        wire: Any = getattr(getattr(model, name, None), "_client", None)
        if hasattr(wire, "follow_redirects"):
            wire.follow_redirects = False


def _wait(model: BaseChatModel, deadline: float) -> None:
    """The deadline of an answer is the one that ends it: what a package waits for the next piece is no shorter.

    With no limit at all the packages leave a stream open that its reader has left.
    """
    if hasattr(model, "stream_chunk_timeout"):
        model.stream_chunk_timeout = _beyond(deadline)


def _beyond(deadline: float) -> int:
    """Whole seconds, since one provider's client takes nothing else, and more than the deadline."""
    return math.ceil(deadline) + 1


def _named(model: str | None) -> tuple[str, str]:
    provider, colon, name = (model or "").strip().partition(":")
    if not (provider and colon and name.strip()):
        raise SettingsError(f"DATELINE_MODEL={model or ''} names no provider", _FORM)
    return provider.strip().lower().replace("-", "_"), name.strip()


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if url := settings.model_base_url:
        bare = provider == "openai" and urlsplit(url).path in ("", "/")  # where all servers of its protocol have /v1
        options["base_url"] = f"{url.rstrip('/')}/v1" if bare else url
    if provider == "ollama":  # its client knows neither keys nor retries
        client = {"timeout": _beyond(settings.model_deadline), "follow_redirects": False}
        return options | {"num_predict": MAX_TOKENS, "client_kwargs": client}
    if (key := _key(provider, settings)) is not None:
        options["api_key"] = key
    return options | {
        "max_tokens": MAX_TOKENS,
        "max_retries": RETRIES,
        "timeout": _beyond(settings.model_deadline),
    }


def _key(provider: str, settings: Settings) -> SecretStr | None:
    """The key to pass, or None where the provider's client finds its own."""
    if settings.model_api_key is not None and settings.model_api_key.get_secret_value().strip():
        return settings.model_api_key
    names = _KEYS.get(provider, ())
    if not names or any(os.environ.get(name, "").strip() for name in names):
        return None
    if settings.model_base_url or any(os.environ.get(name) for name in _ADDRESSES.get(provider, ())):
        return SecretStr("none")  # a server of one's own that asks for no key; the client insists on some
    missing = " or ".join((*names, "DATELINE_MODEL_API_KEY"))
    raise SettingsError(f"there is no key for {provider} models", f"set {missing}, or unset DATELINE_MODEL")


def _install(provider: str, exc: ImportError) -> str:
    """How to install what the import missed: as LangChain says it, else a package with the name of the module."""
    said = _PACKAGE.search(str(exc))
    package = said[1] if said else (exc.name or f"langchain_{provider}").split(".")[0].replace("_", "-")
    return f"pip install {package}"
