"""The messages sent to a chat model, one packaged text file each, with `$name` placeholders."""

from __future__ import annotations

from importlib.resources import files
from string import Template

from assistant.errors import PromptError
from ingest.types import sha


def render(name: str, **values: str) -> str:
    """The message `name` with its placeholders filled; the values are not looked into.

    Raises PromptError when there is no such message, or a value is missing or not asked for.
    """
    template = Template(_read(name))
    asked = set(template.get_identifiers())
    if missing := asked - values.keys():
        raise PromptError(f"prompt {name} lacks a value for {', '.join(sorted(missing))}", "pass it to render")
    if surplus := values.keys() - asked:
        raise PromptError(f"prompt {name} has no place for {', '.join(sorted(surplus))}", "leave it out")
    return template.substitute(values).strip()


def digest() -> str:
    """Identity of all prompts together: changes when any of them does."""
    texts = sorted(
        (file.name, file.read_bytes()) for file in files("prompts").iterdir() if file.name.endswith(".txt")
    )
    return sha(*(part for name, content in texts for part in (name, content)), length=12)


def _read(name: str) -> str:
    file = files("prompts").joinpath(f"{name}.txt")
    if not file.is_file():
        raise PromptError(f"there is no prompt {name}", "look into the folder prompts")
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")
