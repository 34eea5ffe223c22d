"""`dateline config`: the settings, and where each of them comes from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ingest.layers import Layer

_MASK = "********"
_PLACES = {"given": "the command line", "environment": "the environment"}


@dataclass(frozen=True)
class Value:
    """A setting with its value as it may be shown, and the place that the value comes from."""

    name: str
    value: str | float | list[str] | None
    origin: str


@click.command(short_help="Show the settings and where they come from.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def config(context: click.Context, as_json: bool) -> None:
    """Show every setting with its value and where the value comes from. Secrets are masked.

    The command line overrides the environment, which overrides the settings file.
    """
    from assistant.settings import Settings
    from ingest.layers import config_file, layers

    data: Path | None = context.obj
    found = layers(Settings, {"data": data})
    settings = Settings.of(found)
    values = [_value(settings, name, found) for name in Settings.model_fields]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in values], indent=2))
        return
    _show(values)
    file = config_file()
    click.echo(f"settings file: {file}{'' if file.exists() else ' (there is none)'}", err=True)


def _value(settings: Settings, name: str, found: tuple[Layer, ...]) -> Value:
    from ingest.layers import layer_of

    layer = layer_of(name, found)
    origin = _PLACES.get(layer.kind, layer.place) if layer else "default"
    return Value(name, _shown(getattr(settings, name)), origin)


def _shown(value: Any) -> Any:
    from pydantic import SecretStr

    if isinstance(value, SecretStr):
        return _MASK if value.get_secret_value() else ""
    if isinstance(value, tuple):
        return list(value)
    return without_password(str(value)) if isinstance(value, str | Path) else value


def without_password(text: str) -> str:
    """An address without the name and password in it."""
    try:
        before, at, _ = urlsplit(text).netloc.rpartition("@")
    except ValueError:
        return text
    return text.replace(before + at, f"{_MASK}@", 1) if at else text


def _show(values: list[Value]) -> None:
    from assistant.cli.show import say

    texts = [_text(one.value) for one in values]
    names, widths = max(len(one.name) for one in values), max(map(len, texts))
    for one, text in zip(values, texts, strict=True):
        line = f"{one.name:{names}}  {text:{min(widths, 44)}}  {one.origin}"
        say(line, {"faint": ["default"]} if one.origin == "default" else {"mark": [one.origin]})


def _text(value: str | float | list[str] | None) -> str:
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return text if value not in (None, "", []) else "-"
