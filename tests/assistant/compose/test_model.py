"""From settings to a chat model: what is missing is said at once, and the key is never shown."""

from __future__ import annotations

import importlib.util

import pytest
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.compose.model import load_model
from assistant.settings import Settings
from ingest.errors import EXIT_USAGE, SettingsError

CANARY = "sk-CANARY-0123456789"


def openai_model(settings: Settings) -> ChatOpenAI:
    model = load_model(settings)
    assert isinstance(model, ChatOpenAI)
    return model


def key_of(model: ChatOpenAI) -> str:
    assert isinstance(model.openai_api_key, SecretStr)
    return model.openai_api_key.get_secret_value()


def test_a_model_without_provider_is_refused_with_the_form() -> None:
    for name in ("gpt-5", "openai:", ":gpt-5", " "):
        with pytest.raises(SettingsError, match='write "provider:name"') as caught:
            load_model(Settings(model=name))
        assert caught.value.exit_code == EXIT_USAGE


def test_a_missing_key_is_refused_with_the_variables_that_help() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY or DATELINE_MODEL_API_KEY"):
        load_model(Settings(model="openai:gpt-5"))
    with pytest.raises(SettingsError, match="ANTHROPIC_API_KEY or DATELINE_MODEL_API_KEY"):
        load_model(Settings(model="anthropic:claude-sonnet-4-5"))


@pytest.mark.parametrize(
    ("provider", "module", "package"),
    [
        ("anthropic", "langchain_anthropic", "langchain-anthropic"),
        ("ollama", "langchain_ollama", "langchain-ollama"),
        ("bedrock", "langchain_aws", "langchain-aws"),
    ],
)
def test_a_missing_package_is_refused_with_its_own_name(provider: str, module: str, package: str) -> None:
    if importlib.util.find_spec(module):
        pytest.skip(f"{package} is installed")
    with pytest.raises(SettingsError, match=rf"pip install {package}$"):
        load_model(Settings(model=f"{provider}:model", model_api_key=SecretStr(CANARY)))


def test_an_unknown_provider_is_refused() -> None:
    with pytest.raises(SettingsError, match="unknown provider"):
        load_model(Settings(model="nobody:model"))


def test_a_server_of_one_s_own_needs_no_key() -> None:
    model = openai_model(Settings(model="openai:local", model_base_url="http://127.0.0.1:1/v1"))
    assert key_of(model) == "none"


def test_the_provider_s_own_variable_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    model = openai_model(Settings(model="openai:gpt-5"))
    assert key_of(model) == CANARY


def test_the_key_is_in_no_repr() -> None:
    settings = Settings(model="openai:gpt-5", model_api_key=SecretStr(CANARY))
    model = load_model(settings)
    for shown in (repr(settings), str(settings), repr(model), str(model), settings.model_dump_json()):
        assert CANARY not in shown


def test_the_length_of_an_answer_is_bounded_and_no_temperature_is_sent() -> None:
    model = openai_model(Settings(model="openai:gpt-5", model_api_key=SecretStr(CANARY)))
    assert model.max_tokens
    assert model.temperature is None


@pytest.mark.parametrize("deadline", [0.4, 60, 3600])
def test_no_wait_of_the_package_is_shorter_than_our_deadline(
    deadline: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGCHAIN_OPENAI_STREAM_CHUNK_TIMEOUT_S", "0.1")
    model = openai_model(
        Settings(model="openai:local", model_base_url="http://127.0.0.1:1/v1", model_deadline=deadline)
    )
    assert model.stream_chunk_timeout is not None
    assert model.stream_chunk_timeout > deadline
    assert isinstance(model.request_timeout, float)
    assert model.request_timeout > deadline


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1"),
        ("https://models.example/v1", "https://models.example/v1"),
        ("https://gateway.example/openai", "https://gateway.example/openai"),
    ],
)
def test_an_address_without_a_path_gets_that_of_the_protocol(given: str, used: str) -> None:
    model = openai_model(Settings(model="openai:local", model_base_url=given))
    assert model.openai_api_base == used


def test_an_address_without_a_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MODEL_BASE_URL", "localhost:8080")
    with pytest.raises(SettingsError, match="DATELINE_MODEL_BASE_URL is not usable"):
        Settings.load()
