"""Plain text whose lines a mail program broke so that they can be joined again: format=flowed, after RFC 3676."""

from __future__ import annotations

from collections.abc import Sequence

_SIGNATURE = "-- "


def flowed(lines: Sequence[str], *, delete_space: bool = False) -> list[str]:
    """The paragraphs of such lines. A line that ends in a space goes on in the next one of the same depth.

    With `delete_space` (delsp=yes) that space was added where there is none between the words.
    """
    found: list[list[str]] = []
    before = -1  # the depth of a line that goes on
    for line in lines:
        depth = len(line) - len(line.lstrip(">"))
        text = line[depth:].removeprefix(" ")
        goes_on = text.endswith(" ") and text != _SIGNATURE
        kept = text[:-1] if goes_on and delete_space else text
        if depth == before and text != _SIGNATURE:
            found[-1].append(kept)
        else:
            found.append([f"{'>' * depth} " if depth else "", kept])
        before = depth if goes_on else -1
    return ["".join(parts) for parts in found]
