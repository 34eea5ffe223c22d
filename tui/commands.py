"""What can be typed: a question, or a command in its place."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from assistant.service.errors import DatelineError
from assistant.service.protocol import Service
from assistant.types import AskRequest, Filter
from tui.plain import plain

NAMES = ("add", "all", "articles", "conversations", "copy", "help", "in", "new", "quit", "reindex", "strict")


@dataclass(frozen=True)
class Command:
    """A line that begins with a slash; `name` is one of `NAMES`, or what was typed instead."""

    name: str
    rest: str


def parse(text: str) -> Command | None:
    """The command in a line, or None where it is a question."""
    if not text.startswith("/"):
        return None
    name, _, rest = text[1:].partition(" ")
    return Command(name.strip().casefold(), rest.strip())


def sources(text: str) -> list[str]:
    """The paths and links in a line; one that names something as it stands is one path, spaces and all."""
    try:
        words = [text] if Path(text).expanduser().exists() else shlex.split(text)
    except (ValueError, OSError):
        words = [text]
    return [os.path.expanduser(word) for word in words]


async def collection_named(service: Service, name: str) -> str | None:
    """The name of a collection as it was given to it, None for no name. Raises DatelineError where there is none."""
    names = {one.name.casefold(): one.name for one in await service.collections()} if name else {}
    if name and name.casefold() not in names:
        known = f"the collections are {', '.join(names.values())}" if names else "dateline collections add makes one"
        raise DatelineError(f"there is no collection {name}", known)
    return names.get(name.casefold())


def ask_request(
    question: str,
    conversation_id: str | None,
    *,
    everything: bool = False,
    strict: bool = False,
    collection: str | None = None,
) -> AskRequest:
    """A question as the service takes it.

    everything  of all articles, also where it names outlets or times
    strict      leaves out what is only partly supported; else the service's own policy holds
    collection  of the articles of a collection alone

    Raises DatelineError for one that the service would not take.
    """
    try:
        return AskRequest(
            question=plain(question),
            conversation_id=conversation_id,
            filters=Filter(collection=collection),
            read_filters=not everything,
            policy="strict" if strict else None,
        )
    except ValidationError as exc:
        message = f"this question cannot be asked: {exc.errors()[0]['msg']}"
        raise DatelineError(message, "a question has between 1 and 2,000 characters") from exc
