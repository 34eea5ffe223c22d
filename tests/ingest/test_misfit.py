"""What does not fit is said in plain words, with the field and without the value."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from ingest.misfit import misfits, what, where
from ingest.types import Filter, Frozen


class Form(Frozen):
    question: str
    sources: tuple[str, ...] = ()
    filters: Filter = Filter()


def problems(given: object) -> list[Any]:
    with pytest.raises(ValidationError) as refused:
        Form.model_validate(given) if isinstance(given, dict) else Form.model_validate_json(str(given))
    return refused.value.errors()


def test_a_mistyped_field_and_the_one_that_is_missing_are_both_told() -> None:
    assert misfits(problems({"qestion": "Who?"})) == "question: it is missing; qestion: there is no such field"


def test_no_word_of_python_is_told() -> None:
    [problem] = problems({"question": "Who?", "filters": {"since": "2022-06-02", "until": "2022-06-01"}})
    assert where(problem) == "filters"
    assert not what(problem).startswith("Value error")
    assert misfits(problems("{")) == "this is not JSON"
    short = {"type": "too_short", "loc": ("body", "messages"), "ctx": {"min_length": 2}}
    wrong = {"type": "value_error", "loc": ("body", "messages", 0), "msg": "Value error, it has no content"}
    assert misfits([short]) == "messages: it needs at least 2 entries"
    assert misfits([wrong, short]) == "messages.0: it has no content"


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        (Annotated[str, Field(min_length=1)], "", "it is empty"),
        (Annotated[str, Field(min_length=3)], "ab", "it needs at least 3 characters"),
        (Annotated[str, Field(max_length=1000)], "a" * 1001, "it has more than 1,000 characters"),
        (Annotated[tuple[str, ...], Field(min_length=1)], [], "it is empty"),
        (Annotated[list[str], Field(min_length=2)], ["a"], "it needs at least 2 entries"),
        (Annotated[list[str], Field(max_length=1)], ["a", "b"], "it has more than 1 entry"),
        (Annotated[list[str], Field(max_length=2)], iter("abc"), "it has more than 2 entries"),
    ],
)
def test_what_is_too_short_or_too_long_is_told_in_what_it_is_counted_in(kind: Any, given: object, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(given)
    assert [what(problem) for problem in refused.value.errors()] == [told]
