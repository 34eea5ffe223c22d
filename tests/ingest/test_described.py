"""A docstring's list of fields becomes the descriptions of a schema."""

from __future__ import annotations

from ingest.types import Frozen


class Place(Frozen):
    """Where something is.

    host, port   where it
                 listens
    unknown      is no field
    """

    host: str
    port: int
    path: str = "/"


class Named(Place):
    """A place with a name.

    port  its own words
    """

    name: str


class Bare(Place):
    pass


def test_each_field_has_what_is_said_of_it() -> None:
    schema = Place.model_json_schema()
    assert schema["description"] == "Where something is."
    said = {name: field.get("description") for name, field in schema["properties"].items()}
    assert said == {"host": "where it listens", "port": "where it listens", "path": None}


def test_a_derived_value_says_what_its_base_says_unless_it_says_it_anew() -> None:
    properties = Named.model_json_schema()["properties"]
    assert (properties["host"]["description"], properties["port"]["description"]) == (
        "where it listens",
        "its own words",
    )


def test_a_value_without_a_docstring_describes_its_fields_alone() -> None:
    schema = Bare.model_json_schema()
    assert "description" not in schema
    assert schema["properties"]["host"]["description"] == "where it listens"
