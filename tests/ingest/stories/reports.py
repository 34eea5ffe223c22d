"""Reports of a stranding by several papers, and two of tornadoes from one template; all of it is made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingest.types import Article, Precision
from tests.fakes import an_article

MORNING = datetime(2026, 10, 13, 6, 30, tzinfo=UTC)
LEAD = (
    "A container ship ran aground off Cape Marrow on Tuesday morning with nineteen sailors on board, the coast "
    "guard of Skerrin said. Nobody was hurt. The Calliope Star, 210 metres long, was on her way from Port Ellery "
    "to Castermond when she lost her rudder in heavy seas shortly after four. "
)
MIDDLE = (
    "Two tugs reached her before noon but could not hold her against the wind. Commander Ilse Brandvoort said "
    "that the hull was dry and that no oil had been seen on the water. “We wait for the evening tide,” "
    "she said. The ship carries timber, machine parts and about six hundred tonnes of fuel. "
)
BACKGROUND = (
    "The rocks off Cape Marrow, called the Teeth by the islanders, have taken eleven ships since 1950. "
    "After the loss of the ferry Anna Lisk in 1987 the light on the cape was doubled and a traffic lane "
    "was drawn three miles off. Pilots have asked for years for a tug that is stationed on Skerrin "
    "through the winter. The government in Marenth has put it off twice for want of money. "
)
WIRE = LEAD + MIDDLE + BACKGROUND


def printed(
    text: str,
    title: str,
    outlet: str,
    *,
    after: timedelta = timedelta(),
    origin: str | None = None,
    dated: bool = True,
    precision: Precision = "minute",
) -> Article:
    url = f"https://{outlet.lower().replace(' ', '')}.example/{title.lower().replace(' ', '-')}"
    article = an_article(text, title=title, outlet=outlet, url=url, published=MORNING + after if dated else None)
    return article.model_copy(update={"origin": origin, "published_precision": precision if dated else None})


AGENCY = printed(WIRE, "Container ship aground off Cape Marrow", "Meridian Press Agency")
PAPER = printed(
    LEAD + MIDDLE, "Stuck on the Teeth", "Evening Tide", after=timedelta(hours=5), origin="Meridian Press Agency"
)
OTHER_PAPER = printed(WIRE, "Freighter runs onto rocks", "Castermond Courier", after=timedelta(hours=2))
FOLLOW_UP = printed(
    "The container ship Calliope Star was towed free on Wednesday evening and brought to Castermond, where divers "
    "will look at her hull. All nineteen sailors walked ashore. Owner Anders Quill thanked the crews of "
    "had pulled for seven hours. An inquiry into the rudder begins on Friday. " + BACKGROUND,
    "the tugs, who Calliope Star towed free",
    "Castermond Courier",
    after=timedelta(days=1, hours=12),
)


def tornado(place: str, county: str, dead: int, houses: int, governor: str) -> str:
    return (
        f"A tornado that swept through {place} before dawn killed {dead} people and left {houses} houses in ruins, "
        f"officials said. Governor {governor} declared a state of emergency for {county} and called out the guard. "
        "Rescue crews with dogs searched the rubble through the morning, and schools stayed closed. It was the third "
        "deadly storm in the region this month. Forecasters said that warm air from the sea had met a cold "
        "front, and that more storms were possible until the end of the week. People were told to stay away "
        "from fallen lines."
    )


SIBLINGS = (
    printed(tornado("Lower Hallow", "Denmoor", 15, 240, "Maud Eskell"), "Tornado kills 15 in Denmoor", "Ledger"),
    printed(tornado("Port Wenlow", "Sandrey", 17, 310, "Piet Rook"), "Tornado kills 17 in Sandrey", "Ledger"),
)
