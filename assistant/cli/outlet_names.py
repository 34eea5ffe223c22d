"""Names of outlets as they are typed: completed by the shell, and refused where no article is from there."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from assistant.cli.place import library_of, settings_of
from assistant.service.blocking import wait_for

if TYPE_CHECKING:
    from assistant.settings import Settings

_ESCAPED = re.compile(r"[^\w.,:/@%+=-]")  # what bash would take for more than a letter
_NEAR = 3  # names offered for one that is not known


def require_outlets(settings: Settings, named: Sequence[str]) -> None:
    """Raises NotFound for an outlet that no article is from, with the names that are like it."""
    if not named:
        return
    from ingest.errors import NotFound
    from ingest.language.text import squeeze
    from ingest.types import folded_outlet

    with library_of(settings, tells=False) as library:
        known = {folded_outlet(one.outlet): one.outlet for one in wait_for(library.outlets()).outlets}
    for name in named:
        if known and folded_outlet(name) not in known:
            near = " or ".join(squeeze(one) for one in _near(name, known))
            hint = f"did you mean {near}? dateline outlets lists them all" if near else "dateline outlets lists them"
            raise NotFound(f"no article is from an outlet named {squeeze(name)}", hint)


def _near(name: str, known: dict[str, str]) -> list[str]:
    """Names that hold it or are spelled much like it, most alike first."""
    from ingest.types import folded_outlet

    folded = folded_outlet(name)
    alike = difflib.get_close_matches(folded, known, n=_NEAR, cutoff=0.6)
    holding = [one for one in known if folded and (folded in one or one in folded)]
    return [known[one] for one in dict.fromkeys([*alike, *holding])][:_NEAR]


def complete_outlet(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The outlets whose name begins so, for the shell; nothing where the archive cannot be read."""
    try:
        with library_of(settings_of(context.find_root()), tells=False) as library:
            found = wait_for(library.outlets()).outlets
    except Exception:  # a shell that completes a word has no place for an error
        return []
    names = [one.outlet for one in found if one.outlet.casefold().startswith(begun.casefold())]
    # Twice, as the script that click gives bash reads it once more.
    return [_ESCAPED.sub(r"\\\\\g<0>", name) for name in names] if _is_bash() else names


def _is_bash() -> bool:
    """Whether the word is for bash, which takes it as it would be typed; other shells quote it themselves."""
    return os.environ.get("_DATELINE_COMPLETE", "").startswith("bash")
