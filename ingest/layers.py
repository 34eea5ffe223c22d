"""Where the value of each setting comes from: what was given, the environment, a folder of secrets, a file."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_config_path
from pydantic_settings import BaseSettings, EnvSettingsSource

from ingest.errors import SettingsError

PREFIX = "DATELINE_"
CONFIG, SECRETS = PREFIX + "CONFIG", PREFIX + "SECRETS"  # they say where to look, and are not settings themselves
_FILE = "dateline.toml"


@dataclass(frozen=True)
class Layer:
    """The settings that one place has values for.

    place   the file or folder; "" for what was given in the program and for the environment
    """

    kind: Literal["given", "environment", "secrets", "file"]
    place: str
    values: Mapping[str, Any]

    def name_of(self, setting: str) -> str:
        """A setting as it is written there, for a message."""
        if self.kind == "file":
            return f"{setting} in {self.place}"
        if self.kind == "secrets":
            return str(Path(self.place) / _secret_file(setting))
        return variable(setting)


def variable(setting: str) -> str:
    return PREFIX + setting.upper()


def config_file() -> Path:
    """The file that `DATELINE_CONFIG` names, or the one of this user; it need not exist.

    A file in the working folder is not looked for: a folder of somebody else's could send questions to their model.
    """
    named = os.environ.get(CONFIG)
    return Path(named).expanduser().absolute() if named else user_config_path("dateline") / _FILE


def layers(settings: type[BaseSettings], given: Mapping[str, Any]) -> tuple[Layer, ...]:
    """Every place that has values, the one that counts most first.

    Raises SettingsError for a setting that is not known, and for a file that cannot be read.
    """
    refuse_unknown(settings)
    return (
        Layer("given", "", {name: value for name, value in given.items() if value is not None}),
        Layer("environment", "", EnvSettingsSource(settings)()),
        *_secrets(settings),
        *_file(settings),
    )


def merged(found: Sequence[Layer]) -> dict[str, Any]:
    return {name: value for layer in reversed(found) for name, value in layer.values.items()}


def layer_of(setting: str, found: Sequence[Layer]) -> Layer | None:
    """The layer whose value is used; None for a default."""
    return next((layer for layer in found if setting in layer.values), None)


def refuse_unknown(settings: type[BaseSettings]) -> None:
    """A misspelt setting would be ignored in silence: refuse it, and say which one was meant."""
    known = {variable(name) for name in settings.model_fields} | {CONFIG, SECRETS}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(f"unknown setting {name}", _meant(name.upper(), known))


def _meant(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(known))}"


def _file(settings: type[BaseSettings]) -> Iterator[Layer]:
    file = config_file()
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        if os.environ.get(CONFIG):
            raise SettingsError(f"there is no file {file}", f"create it, or unset {CONFIG}") from exc
        return
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"{file} cannot be read", "check its permissions; it is UTF-8 text") from exc
    except tomllib.TOMLDecodeError as exc:
        hint = 'a setting is written as port = 8765 or policy = "strict"'
        raise SettingsError(f"{file} is not TOML: {exc}", hint) from exc
    known = set(settings.model_fields)
    for name in values:
        if name not in known:
            raise SettingsError(f"unknown setting {name} in {file}", _meant(name, known))
    yield Layer("file", str(file), {name: _located(name, value, file.parent) for name, value in values.items()})


def _located(name: str, value: Any, folder: Path) -> Any:
    """A folder is meant from where the file lies, and may begin with the sign for home."""
    return folder / Path(value).expanduser() if name == "data" and isinstance(value, str) and value else value


def _secrets(settings: type[BaseSettings]) -> Iterator[Layer]:
    """A file for each secret, as systemd's credentials and the secrets of containers are: `dateline_token`."""
    if not (named := os.environ.get(SECRETS)):
        return
    folder = Path(named).expanduser().absolute()
    if not folder.is_dir():
        raise SettingsError(f"there is no folder {folder}", f"create it, or unset {SECRETS}")
    files = {name: folder / _secret_file(name) for name in settings.model_fields}
    try:
        values = {name: file.read_text(encoding="utf-8").strip() for name, file in files.items() if file.exists()}
    except (OSError, UnicodeDecodeError) as exc:
        raise SettingsError(f"a file in {folder} cannot be read", "check its permissions; it is UTF-8 text") from exc
    yield Layer("secrets", str(folder), values)


def _secret_file(setting: str) -> str:
    return variable(setting).lower()
