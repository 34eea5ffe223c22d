"""The headline of a page, out of what it prints and states. All outlets are invented."""

from __future__ import annotations

import pytest

from ingest.extract.site import site
from ingest.extract.titles import Heading, headline, without_site

KURIER = site(["Kurier Elbe"], "www.kurier-elbe.example")
LINE = "Der Elbtunnel bleibt gesperrt"


@pytest.mark.parametrize(
    ("parts", "stated", "title"),
    [
        (("Verkehr", LINE), [f"{LINE} - Kurier Elbe"], LINE),
        (("Verkehr", LINE), [f"Verkehr: {LINE}", f"Verkehr: {LINE} | Kurier Elbe"], f"Verkehr: {LINE}"),
        (("Plus", LINE), [LINE, f"{LINE} | Verkehr | Kurier Elbe"], LINE),
        ((LINE,), [f"Meinung | {LINE}", "Stau ohne Ende in Hamburg"], LINE),
        (("Sport",), [LINE, f"{LINE} | Kurier Elbe"], LINE),
        ((LINE,), ["Stau ohne Ende", "Der Elbtunnel und der Stau"], LINE),
        (
            ("県、橋の補修を来春まで延期へ",),
            ["県、橋の補修を来春まで延期へ：南新聞デジタル"],
            "県、橋の補修を来春まで延期へ",
        ),
    ],
)
def test_the_voices_of_a_page_agree_on_its_headline(parts: tuple[str, ...], stated: list[str], title: str) -> None:
    assert headline([Heading(parts)], stated, KURIER) == title


@pytest.mark.parametrize(
    ("title", "names", "left"),
    [
        ("LTE-Patent : Samsung soll zahlen", ["Silbem.de"], "LTE-Patent : Samsung soll zahlen"),
        ("Bridge shut – but for whom?", ["The Guard Post"], "Bridge shut – but for whom?"),
        ("Bridge shut - Mirror Online", ["The Mirror"], "Bridge shut"),
        ("Oper: Buhrufe - Kultur - Tagblatt.de", ["Tagblatt"], "Oper: Buhrufe - Kultur"),
        ("DW – Ein Hafen schließt", ["DW"], "Ein Hafen schließt"),
        ("大桥维修推迟_南方报", ["南方报"], "大桥维修推迟"),
        ("Tagblatt", ["Tagblatt"], "Tagblatt"),
    ],
)
def test_only_the_site_s_own_name_is_cut(title: str, names: list[str], left: str) -> None:
    assert without_site(title, site(names)) == left
