"""Bylines into names. All people are invented."""

from __future__ import annotations

import pytest

from ingest.extract.byline.names import authors, credited, folded_name


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Moss, Money Reporter", ("Ada Moss",)),
        ("Ada Moss and Ben Roe, Sarn Times", ("Ada Moss", "Ben Roe")),
        ("Ada Moss, CNN", ("Ada Moss",)),
        ("Ada Moss | The Veltrin Journal", ("Ada Moss",)),
        ("Ada Moss MS, RDN, LD", ("Ada Moss",)),
        ("Ada Moss, Ph.D.", ("Ada Moss",)),
        ("Ada Moss, Chief Technology Officer and Head of Research", ("Ada Moss",)),
        ("By Ada Moss The Associated Press", ("Ada Moss",)),
        ("Ada Moss and The Associated Press", ("Ada Moss",)),
        ("By Ada Moss Feb 6, 2024 at 12:55 pm ET • 1 min read", ("Ada Moss",)),
        ("By Ada Moss Contributions from Ben Roe", ("Ada Moss",)),
        ("By Ada Moss | Reviewed by Ben Roe | Edited by Cy Lund", ("Ada Moss",)),
        ("View all posts Ada Moss", ("Ada Moss",)),
        ("Ben Roe as told to Ada Moss", ("Ada Moss",)),
        ("Ada Moss (she/her)", ("Ada Moss",)),
        ("Ada Moss, sarntimes.example", ("Ada Moss",)),
        ("James O&#039;Neil", ("James O'Neil",)),
        ("Abby Moss", ("Abby Moss",)),
        ("Ben Roe Jr.", ("Ben Roe Jr.",)),
        ("A. B. C.J.", ("A. B. C.J.",)),
        ("Ana Ruiz y Luis Gil", ("Ana Ruiz", "Luis Gil")),
        ("Ramón y Cajal", ("Ramón y Cajal",)),
        ("Solène Ångström", ("Solène Ångström",)),
        ("Ada Moss, ada@sarn.example @adamoss", ("Ada Moss",)),
        ("By Ada Moss 6 July 2026 08:00 Updated 3 hours ago", ("Ada Moss",)),
        ("Von Karla Roe und Jens Moss, Berlin", ("Karla Roe", "Jens Moss")),
        ("Par Yann Le Roe et Élodie Moss", ("Yann Le Roe", "Élodie Moss")),
        ("Door onze redacteur Sjoerd van der Moss", ("Sjoerd van der Moss",)),
        ("Eine Analyse von Łucja Żak", ("Łucja Żak",)),
        ("Ursula von der Roe", ("Ursula von der Roe",)),
        ("Von Roe", ("Von Roe",)),
        ("Автор: Жанна Ёлкина, Ян Щербак", ("Жанна Ёлкина", "Ян Щербак")),
        ("김하늘 기자", ("김하늘",)),
        ("بقلم: سلمى حداد", ("سلمى حداد",)),
    ],
)
def test_a_byline_names_its_writers_and_nothing_else(byline: str, names: tuple[str, ...]) -> None:
    assert authors(byline) == names


@pytest.mark.parametrize(
    "credit",
    ["AP", "The Associated Press", "Sarn Times Staff", "Staff reports", "Guardian staff reporter", "sarn.example",
     "July 6", "Por Redacción", "Haber Merkezi", "dpa/lsw", "Redaktion Sarn Times", "Foto: Ada Moss",
     "ada.moss.1232", "@adamoss", ", Sarn Times", "The Sarn Times", "https://sarn.example/ada"],
)  # fmt: skip
def test_agencies_staff_handles_and_the_outlet_itself_are_no_authors(credit: str) -> None:
    assert authors(credit, outlet="Sarn Times") == ()


def test_the_agency_of_a_byline_is_told() -> None:
    assert credited("Ada Moss and The Associated Press") == "AP"
    assert credited("Ada Moss Reuters", "Ben Roe") == "Reuters"
    assert credited("Ada Moss") is None


def test_names_are_compared_without_marks_and_dots() -> None:
    assert folded_name("Solène B. Ångström") == folded_name("SOLENE B Angstrom")


@pytest.mark.parametrize(
    "byline",
    [
        "By Dana Rook, Royal Institute of Soils and Waters",
        "Von Dana Rook, Universität Velm und Institut für Physik",
        "Dana Rook / Ministry of Roads and Bridges",
    ],
)
def test_an_organisation_is_no_person_whatever_its_name_joins(byline: str) -> None:
    assert authors(byline) == ("Dana Rook",)
