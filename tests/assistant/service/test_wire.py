"""What the service's clients read from the wire."""

from __future__ import annotations

import pytest

from assistant.service.wire import MAX_EVENT, EventData, EventTooLarge, article_path, problem_of


def read(stream: bytes, size: int) -> list[bytes]:
    data = EventData()
    return [event for start in range(0, len(stream), size) for event in data.feed(stream[start : start + size])]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100_000])
def test_events_survive_being_cut_anywhere(size: int) -> None:
    stream = b': ping\r\n\r\nevent: a\r\ndata: {"x":\r\ndata: 1}\r\n\r\nid: 3\ndata:{}\n\ndata: cut off'
    assert read(stream, size) == [b'{"x":\n1}', b"{}"]


def test_characters_that_only_look_like_line_ends_stay_inside_an_event() -> None:
    text = "data: \u2028\x85\x0b\x1c\r-\n\n".encode()
    assert read(text, 1) == ["\u2028\x85\x0b\x1c\r-".encode()]


def test_an_event_without_end_is_given_up() -> None:
    with pytest.raises(EventTooLarge):
        read(b"x" * (MAX_EVENT + 1), 10_000_000)


def test_a_refusal_is_read_in_the_services_words_and_what_a_newer_one_adds_is_left_out() -> None:
    body = b'{"error": {"code": "busy", "message": "Too busy.", "hint": "Wait.", "since": 3}}'
    problem = problem_of(429, body)
    assert (problem.code, problem.message, problem.hint) == ("busy", "Too busy.", "Wait.")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "x"}', b'{"error": null}', b"\xff"])
def test_a_refusal_without_words_says_its_status(body: bytes) -> None:
    assert "502" in problem_of(502, body).message


def test_an_article_id_cannot_leave_its_place_in_the_path() -> None:
    assert article_path("../reindex?x") == "/articles/..%2Freindex%3Fx"
