"""What is in `deploy/` names settings and commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.cli.main import dateline
from assistant.settings import Settings
from ingest.layers import CONFIG, SECRETS, variable

DEPLOY = Path(__file__).parent.parent / "deploy"
KNOWN = {CONFIG, SECRETS, *map(variable, Settings.model_fields)}


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "dateline.service"])
def test_every_setting_and_command_is_known(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert set(re.findall(r"DATELINE_[A-Z_]+", text)) <= KNOWN
    commands = re.findall(r"^ExecStart=/opt/dateline/bin/dateline (\w+)$|^CMD \[\"(\w+)\"\]$", text, re.MULTILINE)
    assert {one or other for one, other in commands} <= dateline.commands.keys()


def test_the_image_runs_as_nobody_and_tells_whether_it_is_ready() -> None:
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (.*)$", image, re.MULTILINE) == ["65534:65534"]
    assert image.index("USER ") > image.rindex("RUN ")
    assert re.search(r"HEALTHCHECK [^\n]*\\\n.*127\.0\.0\.1:8765/ready", image)


def test_what_the_image_is_built_from_is_let_into_the_build() -> None:
    copied = re.findall(r"^COPY ([^-].*) \S+$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    let_in = re.findall(r"^!(.*)$", (DEPLOY.parent / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(" ".join(copied).split()) == sorted(let_in)


def test_the_image_has_the_extras_of_a_service() -> None:
    [extras] = re.findall(r'"\.\[(.*)\]"', (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    assert set(extras.split(",")) == {"otel", "postgres"}
