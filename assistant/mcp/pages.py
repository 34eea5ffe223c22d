"""The pages for agents: how Dateline is used, as a skill and as llms.txt."""

from __future__ import annotations

from importlib.resources import files


def page(name: str) -> str:
    """The text of SKILL.md, llms.txt or mcp.txt."""
    return (files("assistant.mcp") / name).read_text(encoding="utf-8")
