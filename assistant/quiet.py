"""Nothing is sent anywhere unasked: switches of the libraries that would."""

from __future__ import annotations

import os

_SWITCHES = {
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "LANGSMITH_GATEWAY": "false",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def silence_telemetry() -> None:
    """Switch off tracing, telemetry and look-ups on model hubs; to be called before those libraries are imported."""
    os.environ.update(_SWITCHES)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
