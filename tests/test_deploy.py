"""What is in `deploy/` names settings and commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from sqlalchemy import make_url

from assistant.cli.main import dateline
from assistant.settings import Settings
from ingest.layers import CONFIG, SECRETS, variable

DEPLOY = Path(__file__).parent.parent / "deploy"
KNOWN = {CONFIG, SECRETS, *map(variable, Settings.model_fields)}


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "compose.postgres.yaml", "dateline.service"])
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


def test_the_service_uses_the_database_that_compose_starts_and_waits_for_it() -> None:
    whole = yaml.safe_load((DEPLOY / "compose.postgres.yaml").read_text(encoding="utf-8"))
    service, database = whole["services"]["dateline"], whole["services"]["postgres"]
    given, made = service["environment"], database["environment"]
    url = make_url(given["DATELINE_DATABASE_URL"])
    assert whole["services"][url.host] is database
    assert url.username == url.database == made["POSTGRES_USER"]  # the image names the database after its user
    assert given["PGPASSWORD"] == made["POSTGRES_PASSWORD"]
    assert service["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert {volume.partition(":")[0] for volume in database["volumes"]} == whole["volumes"].keys()
    asked = database["healthcheck"]["test"]
    assert asked == ["CMD", "pg_isready", "--host=127.0.0.1", f"--username={url.username}"]
