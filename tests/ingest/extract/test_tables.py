"""Tables, lists of terms and preformatted lines of web pages. All of them are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.body.markup import parse
from ingest.extract.body.runs import runs
from ingest.extract.body.tables import spell_out
from tests.ingest.extract.web_pages import BODY, HEAD, PARAGRAPHS, TITLE, read

TABLE = (
    "<table><thead><tr><th>List</th><th>Votes</th><th>Share</th></tr></thead>"
    "<tbody><tr><td>Harbour List</td><td>12,410</td><td>41.2%</td></tr>"
    "<tr><td>Green List</td><td>8,022</td><td></td></tr></tbody></table>"
)
ROWS = ["List: Harbour List; Votes: 12,410; Share: 41.2%", "List: Green List; Votes: 8,022"]


def rows(table: str) -> list[str]:
    tree = parse(f"<body>{table}</body>")
    spell_out(tree)
    return [run.text for run in runs(tree)]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        (TABLE, ROWS),
        (
            "<table><tr><td>Club</td><td>Points</td></tr><tr><td>Velm</td><td>41</td></tr>"
            "<tr><td>Castell</td><td>38</td></tr></table>",
            ["Club: Velm; Points: 41", "Club: Castell; Points: 38"],
        ),
        (
            "<table><tr><td>Quay Road</td><td><ul><li>4 to 19 March</li><li>2 April</li></ul></td></tr>"
            "<tr><td>Mill Street:</td><td>open</td></tr></table>",
            ["Quay Road: 4 to 19 March; 2 April", "Mill Street: open"],
        ),
        (
            "<table><caption>Results</caption><tr><th></th><th>2025</th><th>2026</th></tr>"
            "<tr><th>Seats</th><td>31</td><td>19</td></tr></table>",
            ["Results", "Seats; 2025: 31; 2026: 19"],
        ),
        (
            "<table><tr><th rowspan=2>Ward</th><th colspan=2>Beds</th></tr><tr><th>2025</th><th>2026</th></tr>"
            "<tr><td colspan=3>Region 4</td></tr><tr><td>North</td><td>120</td><td>140</td></tr></table>",
            ["Region 4", "Ward: North; Beds 2025: 120; Beds 2026: 140"],
        ),
        (
            "<table><tr><th>Day</th><th>Street</th></tr><tr><td rowspan=2>Monday</td><td>Quay Road</td></tr>"
            "<tr><td>Ring Road</td></tr></table>",
            ["Day: Monday; Street: Quay Road", "Day: Monday; Street: Ring Road"],
        ),
        (
            "<div role='table'><p>Results</p><div role='rowgroup'><div role='row'><i role='columnheader'>List</i>"
            "<i role='columnheader'>Seats</i></div></div><div role='row'><b role='rowheader'>Green</b>"
            "<span role='cell'>4</span></div></div>",
            ["Results", "List: Green; Seats: 4"],
        ),
        (
            "<table><tr><th>Ward</th><th>Votes</th></tr><tr><td>North</td><td><table><tr><td>Yes</td><td>14</td></tr>"
            "<tr><td>No</td><td>9</td></tr></table></td></tr></table>",
            ["Ward: North; Votes: Yes: 14; No: 9"],
        ),
        (
            "<table><tr><th>Player</th><th>Club</th></tr><tr><td><a href='/a'>Ada Brenn</a></td>"
            "<td><a href='/b'>Velm</a></td></tr></table>",
            ["Player: Ada Brenn; Club: Velm"],
        ),
    ],
)
def test_a_row_says_what_its_figures_are(table: str, lines: list[str]) -> None:
    assert rows(table) == lines


@pytest.mark.parametrize(
    "page",
    [
        f"<article><h1>{TITLE}</h1>{BODY}{TABLE}</article>",
        f"<main><h1>{TITLE}</h1><div class='article-body'>{BODY}</div><div class='table-box'>{TABLE}</div></main>",
        f"<article><h1>{TITLE}</h1>{BODY}<figure>{TABLE}<figcaption>The count</figcaption></figure></article>",
        f"<table><tr><td><a href='/'>Home</a></td><td><h1>{TITLE}</h1>{BODY}{TABLE}</td></tr></table>",
    ],
)
def test_a_table_of_an_article_is_part_of_its_text(page: str) -> None:
    text = read(HEAD, page).text
    assert text.endswith("\n\n".join(ROWS))
    assert all(line in text for line in PARAGRAPHS)


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("<table><tr><td>Ferries</td><td>19</td></tr></table>", ["Ferries: 19"]),
        ("<table><tr><td>Mill Quay</td></tr><tr><td>Corn Wharf</td></tr></table>", ["Mill Quay", "Corn Wharf"]),
        (
            "<table><tr><td><a href='/1'>Ada Brenn</a></td><td><a href='/2'>Velm</a></td></tr></table>",
            ["Ada Brenn: Velm"],
        ),
    ],
)
def test_a_table_of_one_row_or_column_among_paragraphs_is_kept(table: str, lines: list[str]) -> None:
    page = f"<article><h1>{TITLE}</h1>{BODY}<div class='wide'>{table}</div><p>{PARAGRAPHS[0]} Again.</p></article>"
    assert "\n\n".join([PARAGRAPHS[2], *lines, PARAGRAPHS[0]]) in read(HEAD, page).text


def test_a_table_that_lays_out_the_page_gives_no_rows() -> None:
    menu = "<td><a href='/a'>Politics of the island</a><br><a href='/b'>Sport of the island</a></td>"
    page = f"<table role='presentation'><tr>{menu}<td><h1>{TITLE}</h1>{BODY}</td></tr></table>"
    assert read(HEAD, page).text == "\n\n".join(PARAGRAPHS)


def test_a_term_and_what_is_said_of_it_stand_in_one_line() -> None:
    terms = "<dl><dt>Begins</dt><dd>4 March 2027</dd><dt>Who pays?</dt><dd>The province.</dd><dd>The town.</dd></dl>"
    text = read(HEAD, f"<article>{BODY}{terms}</article>").text
    assert text.endswith("- Begins: 4 March 2027\n\n- Who pays? The province.\n\n- The town.")


def test_preformatted_lines_are_kept() -> None:
    text = read(
        HEAD, f"<article>{BODY}<pre>Velm 3 (Okoro 12)\n\nCastell 1</pre><p>{PARAGRAPHS[0]}</p></article>"
    ).text
    assert "Velm 3 (Okoro 12)\n\nCastell 1\n\n" in text


CELL = st.builds(
    "<{0} colspan={1} rowspan={2}>{3}</{0}>".format,
    st.sampled_from(["td", "th"]),
    st.integers(-1, 70_000),
    st.integers(-1, 70_000),
    st.text("ab1 ", max_size=6),
)


@given(st.lists(st.lists(CELL, max_size=4).map("".join), max_size=6))
def test_no_cell_is_lost_whatever_the_table_says_it_spans(cells: list[str]) -> None:
    table = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    tree = parse(f"<body>{table}</body>")
    said = [text for run in runs(tree) for text in run.text.split()]
    told = " ".join(rows(table))
    assert all(text in told for text in said)
