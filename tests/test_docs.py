"""The reference pages are complete: every setting, every route, every field, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.api.access import Access
from assistant.api.app import create_app
from assistant.settings import Settings
from assistant.types import Answer, AskRequest, Citation, Statement
from ingest.layers import PREFIX

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
API = (ROOT / "docs/api.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_settings_page_and_no_other() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(DATELINE_\w+)` \|", page, re.MULTILINE)
    assert sorted(listed) == sorted(PREFIX + name.upper() for name in Settings.model_fields)


def test_every_route_is_in_the_api_page_and_no_other() -> None:
    app = create_app(lambda: pytest.fail("not opened"), Access("127.0.0.1", "secret", chosen=False))
    routes = {f"{method.upper()} {path}" for path, item in app.openapi()["paths"].items() for method in item}
    rows = re.findall(r"^\| (`(?:GET|POST|PATCH|DELETE) .*?) \|", API, re.MULTILINE)
    assert {route for row in rows for route in re.findall("`(.*?)`", row)} == routes


@pytest.mark.parametrize("value", [AskRequest, Answer, Statement, Citation])
def test_every_field_of_a_question_and_its_answer_is_in_the_api_page(value: type[Answer]) -> None:
    assert {name for name in value.model_fields if f"`{name}`" not in API} == set()


@pytest.mark.parametrize("parent", ["assistant", "ingest", "ingest/extract", "tui"])
def test_every_folder_of_code_is_in_the_tree_of_the_design_page(parent: str) -> None:
    listed = set(re.findall(r"^ *(\w+)/ ", (ROOT / "docs/design.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert {file.parent.name for file in (ROOT / parent).glob("*/__init__.py")} <= listed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)(.*?)\)", page.read_text(encoding="utf-8")):
        address, _, heading = link.partition("#")
        target = (page.parent / address).resolve() if address else page
        assert target.exists(), link
        assert not heading or heading in headings(target), link


def headings(page: Path) -> set[str]:
    """The headings of a page, as GitHub names them in links."""
    found = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in found}
