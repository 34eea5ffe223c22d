"""What became of pages, listed and tried again."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.types import ArticleList, OutcomeList, Report
from tests.assistant.cli.shell import Shell


@pytest.fixture
def broken(newsroom: Path) -> Path:
    """A file in the newsroom with one record that cannot be read."""
    path = newsroom / "wire.jsonl"
    path.write_text('{"title": "Half a rec\n')
    return path


@pytest.fixture
def shell(tmp_path: Path, newsroom: Path, broken: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell on an archive that holds the newsroom."""
    opened = Shell(tmp_path / "archive", capsys)
    assert opened("ingest", newsroom).code == 1
    return opened


def mend(path: Path) -> None:
    path.write_text('{"title": "Half a record", "text": "The other half of the record was found on Monday."}\n')


def failures(shell: Shell) -> OutcomeList:
    return OutcomeList.model_validate_json(shell("outcomes", "--failed", "--json")[1])


def test_every_page_has_an_outcome_that_is_kept(shell: Shell) -> None:
    found = OutcomeList.model_validate_json(shell("outcomes", "--json")[1])
    assert sorted(outcome.status for outcome in found.outcomes) == ["added", "added", "added", "failed"]


def test_failures_are_listed_with_place_and_reason(shell: Shell, broken: Path) -> None:
    code, printed, _ = shell("outcomes", "--failed")
    assert code == 0
    assert f"failed: {broken} line 1: not valid JSON" in printed
    assert printed.count("\n") == 1


def test_outcomes_since_tomorrow_are_none(shell: Shell) -> None:
    found = OutcomeList.model_validate_json(shell("outcomes", "--since", "2999-01-01", "--json")[1])
    assert (found.total, found.outcomes) == (0, ())


def test_only_so_many_are_shown_and_all_are_counted(shell: Shell) -> None:
    found = OutcomeList.model_validate_json(shell("outcomes", "--limit", "1", "--json")[1])
    assert (found.total, len(found.outcomes)) == (4, 1)


def test_contradicting_filters_are_refused(shell: Shell) -> None:
    assert shell("outcomes", "--failed", "--status", "added")[0] == 2


def test_a_retry_reads_what_failed_and_nothing_else(shell: Shell, broken: Path) -> None:
    mend(broken)
    code, printed, _ = shell("retry", "--json")
    assert code == 0
    assert [outcome.title for outcome in Report.model_validate_json(printed).outcomes] == ["Half a record"]
    assert failures(shell).total == 0


def test_what_fails_again_stays_a_failure(shell: Shell) -> None:
    assert shell("retry").code == 1
    assert failures(shell).total == 1


def test_a_failure_that_was_mended_elsewhere_in_the_file_is_forgotten(shell: Shell, broken: Path) -> None:
    broken.write_text("\n")
    mend(broken)
    shell("reindex")
    assert failures(shell).total == 0


def test_a_file_that_has_gone_is_a_failure_until_it_is_back(shell: Shell, broken: Path) -> None:
    broken.unlink()
    assert shell("retry")[0] == 1
    assert "it no longer exists" in failures(shell).outcomes[0].reason
    mend(broken)
    assert shell("retry")[0] == 0
    assert failures(shell).total == 0


def test_nothing_to_try_again_is_no_error(shell: Shell, broken: Path) -> None:
    mend(broken)
    shell("retry")
    assert shell("retry")[:2] == (0, "nothing has failed\n")


def test_a_full_report_names_every_page(shell: Shell, newsroom: Path) -> None:
    _, printed, _ = shell("ingest", newsroom, "--report")
    assert printed.count("  unchanged: ") == 3
    assert f"  unchanged: {newsroom / 'strike.md'} “Ferry strike ends in Port Ellery”" in printed


def test_a_source_is_listed_and_forgotten_and_its_articles_stay(
    shell: Shell, newsroom: Path, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell("sources", "list")[:2] == (0, f"{newsroom}\n")
    shell("ingest", broken, "--captured-at", "2026-11-01T10:00Z")
    code, printed, _ = shell("sources", "list")
    assert (code, printed.split("\n")[1]) == (0, f"{broken} · captured 1 November 2026, 10:00 UTC")
    monkeypatch.chdir(newsroom.parent)
    assert shell("sources", "remove", newsroom.name)[0] == 0
    assert shell("sources", "remove", newsroom)[0] == 2
    assert shell("sources", "remove", broken)[0] == 0
    assert failures(shell).total == 0
    assert shell("sources", "list", "--json")[:2] == (0, "[]\n")
    assert ArticleList.model_validate_json(shell("articles", "list", "--json")[1]).total == 3
