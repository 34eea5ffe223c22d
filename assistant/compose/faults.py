"""From the many exceptions of providers' clients to one kind of error that says what to do."""

from __future__ import annotations

import re

from assistant.errors import PromptTooLong, ProviderError, ProviderTimeout

_CODE = re.compile(r"[a-z_]{3,40}")
_NEXT = {
    400: "check that DATELINE_MODEL names a chat model",
    401: "check the provider's key, or DATELINE_MODEL_API_KEY",
    403: "check what the key gives access to",
    404: "check the name in DATELINE_MODEL and the address in DATELINE_MODEL_BASE_URL",
    429: "wait a little, or check the quota of the account",
}
_WHAT = {
    401: "refused the key",
    403: "refused the key",
    404: "knows no such model",
    429: "accepts no more requests for now",
}


def explain(exc: Exception) -> ProviderError:
    """The error in our words: the provider's own text may hold the key or the prompt, and stays out."""
    status, code, name = _status(exc), _code(exc), type(exc).__name__
    if "ContextOverflow" in name or "context" in code or "context" in _kind(exc):
        return PromptTooLong("the evidence is too long for the chat model", "use a model with a larger context")
    if status is not None:
        return _refused(status, code)
    if isinstance(exc, TimeoutError) or "Timeout" in name:
        return ProviderTimeout("the chat model did not answer in time", "try again, or raise DATELINE_MODEL_DEADLINE")
    if isinstance(exc, ConnectionError) or "Connect" in name or "Protocol" in name:
        return ProviderError("the chat model cannot be reached", "check the network and DATELINE_MODEL_BASE_URL")
    return ProviderError(
        f"the chat model's reply cannot be understood ({name})",
        "check that DATELINE_MODEL_BASE_URL points to a chat model, and try again",
    )


def _refused(status: int, code: str) -> ProviderError:
    said = f"{status} {code}".rstrip()
    if status >= 500:
        return ProviderError(f"the chat model's provider failed ({said})", "try again in a while")
    what = _WHAT.get(status, "refused the request")
    return ProviderError(f"the chat model's provider {what} ({said})", _NEXT.get(status, _NEXT[400]))


def _status(exc: Exception) -> int | None:
    response = getattr(exc, "response", None)
    for value in (
        getattr(exc, "status_code", None),
        getattr(response, "status_code", None),
        getattr(exc, "code", None),
    ):
        if isinstance(value, int) and 300 <= value < 600:
            return value
    return None


def _code(exc: Exception) -> str:
    return _named(getattr(exc, "code", None))


def _kind(exc: Exception) -> str:
    """What llama.cpp calls the error: its code is a number."""
    return _named(getattr(exc, "type", None))


def _named(value: object) -> str:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else ""
