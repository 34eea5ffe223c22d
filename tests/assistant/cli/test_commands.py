"""The commands in this process: what they print, and the exit code they end with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.build import open_archive
from assistant.settings import Settings
from assistant.types import Answer, Report
from tests.assistant.cli.shell import Shell


@pytest.fixture
def filled(newsroom_archive: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """On an archive that holds the newsroom."""
    return Shell(newsroom_archive, capsys)


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


def test_taking_in_tells_the_counts_and_a_second_time_changes_nothing(shell: Shell, newsroom: Path) -> None:
    code, printed, _ = shell("ingest", newsroom)
    assert (code, printed.split(" · ")[0]) == (0, "3 added, 0 updated, 0 unchanged, 0 copies, 0 skipped, 0 failed")
    code, printed, _ = shell("ingest", newsroom)
    assert printed.startswith("0 added, 0 updated, 3 unchanged, 0 copies, 0 skipped, 0 failed · 0 passages embedded")


def test_what_failed_is_listed_with_its_reason_and_the_rest_is_kept(shell: Shell, newsroom: Path) -> None:
    (newsroom / "bad.jsonl").write_text('{"title": "Half a rec\n')
    code, printed, _ = shell("ingest", newsroom)
    assert code == 1
    assert "3 added" in printed
    assert f"failed: {newsroom / 'bad.jsonl'} line 1" in printed


def test_verbose_prints_each_article_that_is_safe(shell: Shell, newsroom: Path) -> None:
    _, printed, _ = shell("ingest", newsroom, "--verbose")
    added = [line for line in printed.splitlines() if line.startswith("added ")]
    assert sorted(line.split(maxsplit=2)[2].split()[0] for line in added) == ["Crack", "Ferry", "Lantern"]


def test_json_is_the_report_and_nothing_else(shell: Shell, newsroom: Path) -> None:
    _, printed, _ = shell("ingest", newsroom, "--json", "--verbose")
    assert Report.model_validate_json(printed).counts["added"] == 3
    assert json.loads(printed)["counts"]["added"] == 3


def test_a_question_is_answered_with_its_passages(filled: Shell) -> None:
    code, printed, _ = filled("ask", "When did the ferry strike in Port Ellery end?")
    assert code == 0
    assert "[1] Harbour Post · Ferry strike ends in Port Ellery · 23 October 2026" in printed
    assert "https://news.example/strike" in printed
    assert "as of 23 October 2026" in printed


def test_a_question_that_names_an_outlet_is_asked_of_it_alone(filled: Shell) -> None:
    asked = "How long is the crack in the dam, according to the Harbour Post?"
    assert "only Harbour Post" in filled("ask", asked)[1]
    assert "[1] Valley Gazette" in filled("ask", "--all", asked)[1]


def test_a_time_of_which_there_is_nothing_narrows_nothing_and_that_is_said(filled: Shell) -> None:
    _, printed, _ = filled("ask", "When did the ferry strike in Port Ellery end, as of 1 January 2020?")
    assert "[1] Harbour Post" in printed
    assert "note: No article was published until 1 January 2020; articles of other dates were searched." in printed


def test_the_part_of_a_comparison_that_nothing_was_found_of_is_named(filled: Shell) -> None:
    _, printed, _ = filled("ask", "Which is longer, the crack in the Aldermoss dam or the tunnel under Mount Quorl?")
    assert "partly answered" in printed
    assert "note: Nothing was found on “the tunnel under Mount Quorl”." in printed


def test_questions_with_known_answers_are_measured(filled: Shell, tmp_path: Path) -> None:
    questions, floors, report = tmp_path / "q.jsonl", tmp_path / "floors.json", tmp_path / "report.html"
    questions.write_text(
        '{"question": "When did the ferry strike in Port Ellery end?", "articles": ["https://news.example/strike"]}\n'
        '{"question": "Who won the chess cup in Reykjavik?", "answerable": false}\n'
    )
    floors.write_text('{"hit_at_1": 1.0, "refusal_recall": 1.0}')
    code, printed, _ = filled("eval", questions, "--json", "--floors", floors, "--report", report)
    assert code == 0
    assert json.loads(printed)["hit_at_1"] == json.loads(printed)["refusal_recall"] == 1.0
    assert "refused, correctly" in report.read_text()
    floors.write_text('{"answer_contained": 0.5, "ask_p50_ms": 0.0}')
    code, printed, told = filled("eval", questions, "--floors", floors)
    assert (code, told.count("below the floor")) == (1, 2), told
    assert "hit_at_1             1.0" in printed


def test_floors_and_questions_that_cannot_be_used_are_refused_before_any_is_asked(
    filled: Shell, tmp_path: Path
) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "Who won?"}')
    (tmp_path / "floors.json").write_text('{"hit_at_3": 1.0}')
    code, _, told = filled("eval", tmp_path / "q.jsonl", "--floors", tmp_path / "floors.json")
    assert (code, "there is no figure hit_at_3" in told) == (2, True)
    (tmp_path / "q.jsonl").write_text('{"query": "Who won?"}')
    assert filled("eval", tmp_path / "q.jsonl")[0] == 2


def test_ask_json_is_the_answer_and_nothing_else(filled: Shell) -> None:
    _, printed, _ = filled("ask", "--json", "When did the ferry strike in Port Ellery end?")
    answer = Answer.model_validate_json(printed)
    assert answer.citations
    _, printed, _ = filled("ask", "--json", "--conversation", answer.conversation_id, "And the raise?")
    assert Answer.model_validate_json(printed).conversation_id == answer.conversation_id


def test_a_refusal_shows_its_receipt(filled: Shell) -> None:
    code, printed, _ = filled("ask", "Who painted the Zorblax mural?", "--since", "2026-10-01")
    assert code == 7
    assert "searched 3 articles, " in printed
    assert "only since 1 October 2026" in printed


def test_a_refusal_as_json_has_the_same_exit_code(filled: Shell) -> None:
    code, printed, told = filled("ask", "--json", "Who painted the Zorblax mural?")
    assert (code, Answer.model_validate_json(printed).outcome, told) == (7, "refused", "")


@pytest.mark.parametrize(
    ("name", "offered"), [("Harbor Post", "did you mean Harbour Post?"), ("gazette", "Valley Gazette"), ("Xyzzy", "")]
)
@pytest.mark.parametrize("command", [["ask", "Anything?"], ["search", "anything"], ["articles", "list"]])
def test_an_unknown_outlet_is_told_with_the_names_near_it(
    filled: Shell, command: list[str], name: str, offered: str
) -> None:
    code, printed, told = filled(*command, "--outlet", name)
    assert (code, printed) == (2, "")
    assert f"no article is from an outlet named {name}" in told
    assert offered in told
    assert "dateline outlets" in told


def test_outlets_are_listed_with_their_articles_and_newest_day(filled: Shell) -> None:
    code, printed, told = filled("outlets")
    assert (code, told) == (0, "2 outlets\n")
    assert printed.splitlines() == [
        "2  Valley Gazette · newest 15 October 2026",
        "1  Harbour Post · newest 23 October 2026",
    ]
    assert json.loads(filled("outlets", "--json", "--text", "harbour")[1])["total"] == 1


def test_an_empty_archive_says_what_to_do(shell: Shell) -> None:
    code, printed, told = shell("ask", "Anything new?")
    assert (code, printed) == (2, "")
    assert "dateline ingest" in told


def test_search_prints_ranked_passages(filled: Shell) -> None:
    _, printed, _ = filled("search", "crack", "dam", "--limit", "1")
    assert printed.startswith("1. Valley Gazette · Crack found in the Aldermoss dam")
    assert "words 1.00" not in printed
    _, printed, _ = filled("search", "crack", "dam", "--limit", "1", "--explain")
    assert "· words 1.00 · meaning" in printed
    assert "· title 1.00 · lead 1.00 · recent" in printed


def test_articles_are_listed_shown_and_removed(shell: Shell, newsroom: Path) -> None:
    shell("ingest", newsroom)
    listed = json.loads(shell("articles", "list", "--json", "--text", "ferry")[1])
    assert listed["total"] == 1
    article_id = listed["articles"][0]["article_id"]
    _, printed, _ = shell("articles", "show", article_id)
    assert "The ferry strike in Port Ellery ended on Friday" in printed
    assert shell("articles", "remove", "--yes", article_id)[0] == 0
    code, _, told = shell("articles", "show", article_id)
    assert code == 2
    assert one_line(told)
    assert shell("reindex")[0] == 0
    assert json.loads(shell("articles", "list", "--json")[1])["total"] == 2


def test_the_list_can_begin_with_what_was_taken_in_last(filled: Shell, tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text(
        "# A bridge\n\n*Old Post, 3 March 1998*\n\nThe bridge over the Wend is open at last."
    )
    filled("ingest", tmp_path / "old.md")
    titles = [
        [article["title"] for article in json.loads(filled("articles", "list", "--json", *order)[1])["articles"]]
        for order in ([], ["--recent"])
    ]
    assert titles[0][-1] == titles[1][0] == "A bridge"


def test_reindex_takes_in_what_is_new_and_in_full_keeps_everything(shell: Shell, newsroom: Path) -> None:
    shell("ingest", newsroom)
    (newsroom / "new.md").write_text(
        "---\ntitle: Night bus\noutlet: Tide\n---\n\nA night bus runs from December on.\n"
    )
    assert "1 added" in shell("reindex")[1]
    code, printed, _ = shell("reindex", "--full")
    assert (code, printed.split(" in ")[0]) == (0, "0 passages embedded")
    assert shell("doctor")[0] == 0


def test_what_goes_without_the_reader_says_so(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_READER", "none")
    assert "reader: DATELINE_READER=none" in filled("doctor")[1]
    assert "without the trained reader" in filled("ask", "How long is the crack in the Aldermoss dam?")[1]
    assert json.loads(filled("ask", "--json", "How long is the crack in the Aldermoss dam?")[1])["reader"] == "none"


def test_the_doctor_tells_what_is_wrong_with_its_own_exit_code(filled: Shell) -> None:
    code, printed, _ = filled("doctor")
    assert code == 0
    assert {line[0] for line in printed.splitlines()} == {"✓"}
    with open_archive(Settings(data=filled.data)) as archive:
        archive.stories.forget(next(archive.store.all_articles()).id)
    code, printed, _ = filled("doctor")
    assert (code, "✗ copies and stories: 1 not compared" in printed) == (1, True)
    manifest = filled.data / "manifest.json"
    manifest.write_text(manifest.read_text().replace("all-MiniLM-L6-v2", "another-model"))
    code, printed, _ = filled("doctor", "--json")
    assert code == 4
    assert next(finding["name"] for finding in json.loads(printed) if not finding["ok"]) == "model and schema"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["ask"],
        ["ask", "x", "--since", "yesterday"],
        ["ask", "x", "--top-k", "0"],
        ["ask", "\u200b"],
        ["ask", "x", "--conversation", "../x"],
        ["ask", "x" * 3000],
        ["ingest"],
        ["ingest", "/nowhere/at/all"],
        ["ingest", "/dev/null"],
        ["ingest", "x", "--captured-at", "noon"],
        ["search", "x", "--limit", "0"],
        ["articles", "show", "nobody"],
        ["articles", "remove", "anything"],
        ["serve", "--port", "70000"],
        ["serve", "--token-file", "/nowhere"],
        ["serve", "--host", "0.0.0.0"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(shell: Shell, arguments: list[str]) -> None:
    code, printed, told = shell(*arguments)
    assert (code, printed) == (2, "")
    assert told.startswith("error: ")
    assert one_line(told)


def test_nothing_is_removed_where_nobody_can_be_asked(filled: Shell) -> None:
    article_id = json.loads(filled("articles", "list", "--json")[1])["articles"][0]["article_id"]
    code, _, told = filled("articles", "remove", article_id)
    assert (code, "--yes" in told) == (2, True)
    assert filled("articles", "show", article_id)[0] == 0


def test_dateline_alone_shows_its_help(shell: Shell) -> None:
    code, printed, told = shell()
    assert (code, told) == (0, "")
    assert printed.startswith("Usage: dateline ")
    assert "\n  ingest " in printed


def test_a_group_without_a_command_shows_its_help_as_an_error(shell: Shell) -> None:
    code, printed, told = shell("articles")
    assert (code, printed) == (2, "")
    assert told.startswith("Usage: dateline articles ")
    assert "\n  remove " in told


def test_an_unknown_setting_is_named_and_the_right_one_offered(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MODLE", "openai:gpt-5")
    code, _, told = shell("ask", "x")
    assert code == 2
    assert "DATELINE_MODLE" in told
    assert "did you mean DATELINE_MODEL?" in told


def test_a_missing_model_key_is_told_and_taking_in_needs_none(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MODEL", "openai:gpt-5")
    code, _, told = filled("ask", "When did the ferry strike end?")
    assert code in (2, 6)
    assert one_line(told)


def test_what_nobody_expected_is_one_line_and_a_traceback_with_debug(
    filled: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    import assistant.service.opening

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of\ncheese \x1b[31m")

    monkeypatch.setattr(assistant.service.opening, "open_archive", broken)
    code, _, told = filled("doctor")
    assert (code, told) == (
        1,
        "error: RuntimeError: out of cheese ␛[31m - run it again with --debug for the details\n",
    )
    assert "Traceback" in filled("--debug", "doctor")[2]


def test_help_needs_click_alone() -> None:
    script = "import sys\nsys.argv = ['dateline', '--help']\nfrom assistant.__main__ import main\n"
    script += "try:\n    main()\nfinally:\n    print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    heavy = {"pydantic", "httpx", "rich", "numpy", "sqlalchemy", "chromadb", "fastapi", "langchain_core", "textual"}
    assert heavy & set(done.stderr.split()) == set()
