"""Settings from a file, the environment and a folder of secrets: which one counts, and what is shown of them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cli.run import run
from assistant.settings import Settings
from ingest.errors import SettingsError

CANARY = "canary-3c1f77"


@pytest.fixture(autouse=True)
def _no_config_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`--config` sets the variable for the processes that a command starts."""
    monkeypatch.setenv("DATELINE_CONFIG", "")
    yield
    os.environ.pop("DATELINE_CONFIG", None)


def written(folder: Path, text: str) -> Path:
    file = folder / "dateline.toml"
    file.write_text(text)
    return file


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, tuple[object, str]]:
    assert run([*arguments, "config", "--json"]) == 0
    return {one["name"]: (one["value"], one["origin"]) for one in json.loads(capsys.readouterr().out)}


def test_the_command_line_goes_before_the_environment_before_secrets_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, 'data = "news"\nport = 1\ntop_k = 2\ntoken = "from the file"\npolicy = "strict"\n')
    (tmp_path / "dateline_token").write_text("from a secret\n")
    monkeypatch.setenv("DATELINE_SECRETS", str(tmp_path))
    monkeypatch.setenv("DATELINE_TOP_K", "3")
    values = shown(capsys, "--config", str(file), "--data", str(tmp_path / "given"))
    assert values["data"] == (str(tmp_path / "given"), "the command line")
    assert values["top_k"] == (3, "the environment")
    assert values["token"] == ("********", str(tmp_path))
    assert values["policy"] == ("strict", str(file))
    assert values["reader"] == ("bundled", "default")
    token = Settings.load().token
    assert token is not None
    assert token.get_secret_value() == "from a secret"


def test_the_file_of_the_user_is_read_and_its_folder_is_meant_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "dateline"
    folder.mkdir(parents=True)
    written(folder, 'data = "news"\n')
    assert Settings.load().data == folder / "news"


def test_a_file_in_the_working_folder_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 'model = "openai:gpt-5"\n')
    monkeypatch.chdir(tmp_path)
    assert Settings.load().model is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("modle = 1", r"unknown setting modle in .*dateline.toml - did you mean model\?"),
        ("[service]\nport = 1", "unknown setting service in .* - known are chroma_url, data"),
        ('port = "many"', "port in .*dateline.toml is not usable: .*valid integer"),
        ("port 1", "is not TOML: .*line 1"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    monkeypatch.setenv("DATELINE_CONFIG", str(written(tmp_path, text)))
    with pytest.raises(SettingsError, match=message):
        Settings.load()


def test_a_file_or_folder_that_was_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CONFIG", str(tmp_path / "no.toml"))
    with pytest.raises(SettingsError, match=r"there is no file .*no\.toml"):
        Settings.load()
    monkeypatch.setenv("DATELINE_CONFIG", "")
    monkeypatch.setenv("DATELINE_SECRETS", str(tmp_path / "nothing"))
    with pytest.raises(SettingsError, match="there is no folder"):
        Settings.load()


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_no_secret_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    monkeypatch.setenv("DATELINE_TOKEN", CANARY)
    monkeypatch.setenv("DATELINE_MODEL_API_KEY", CANARY)
    monkeypatch.setenv("DATELINE_MODEL_BASE_URL", f"https://user:{CANARY}@models.example/v1")
    assert run(["config", *options]) == 0
    printed = capsys.readouterr()
    assert "@models.example/v1" in printed.out
    assert CANARY not in printed.out + printed.err


def test_an_error_about_a_setting_does_not_show_its_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, f'model_base_url = "{CANARY}"\n')
    assert run(["--config", str(file), "--debug", "config"]) == 2
    assert CANARY not in capsys.readouterr().err
    monkeypatch.setenv("DATELINE_CONFIG", str(written(tmp_path, f"token = {CANARY}\n")))
    assert run(["config"]) == 2
    assert CANARY not in capsys.readouterr().err
