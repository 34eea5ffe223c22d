"""Words that are exchanged for another of their own row: quantities, times, places, relations."""

from __future__ import annotations

import re
from functools import partial

from assistant.reading.training.altered.kinds import Case, Way
from assistant.reading.training.marked import Marked

# The rows of each kind: any word of a row may stand in place of any other of it, and none says the same as another.
_ROWS = {
    "quantity": """
        all some few none no|most few half|many few no|every hardly-any|several no countless|both neither either
        majority minority|more less fewer|most least|much little|always never sometimes rarely often|usually rarely
        everyone nobody someone|everything nothing|frequently rarely never|dozens hundreds thousands millions
        double half triple quarter|doubled halved tripled|twice half""",
    "bound": """
        at-least at-most exactly|more-than less-than exactly|up-to at-least|fewer-than more-than
        minimum maximum|no-more-than no-less-than|nearly more-than""",
    "time": """
        before after during|earlier later|previous next|until since after|recently long-ago|early late|soon never
        now formerly|today yesterday tomorrow|already not-yet|previously subsequently|beginning end|start end
        morning evening afternoon night|spring summer autumn winter|first last|past future|initially finally
        ancient modern|temporarily permanently""",
    "place": """
        north south east west|northern southern eastern western|northeast southwest northwest southeast
        northeastern southwestern northwestern southeastern|inside outside|near far-from|left right|upper lower
        above below|top bottom|front back|inner outer|urban rural|domestic foreign|home abroad|local national global
        national international regional|indoors outdoors|coast interior|onshore offshore""",
    "relation": """
        wife sister mother daughter|husband brother father son|son brother nephew uncle|daughter niece aunt sister
        parents children grandparents siblings|friend rival enemy|colleague rival|widow ex-wife|father grandfather son
        mother grandmother daughter|cousin brother sister|boyfriend husband brother|girlfriend wife sister
        men women children|man woman boy girl|male female|king queen prince|teacher student|employer employee
        buyer seller|owner tenant|lender borrower|doctor patient|victim suspect witness|prosecutor defendant judge
        plaintiff defendant|ally opponent|allies enemies|supporters opponents critics|winner loser|founder critic""",
    "he or she": "he she|his her|him her|himself herself|He She|His Her",
    "deed": """
        upheld overturned|struck-down upheld|ratified annulled|soared plunged|surged slumped|rose fell|climbed dropped
        praised condemned|hired fired|appointed dismissed|bought sold|acquired divested|borrowed lent|won lost
        convicted acquitted|arrested released|imposed lifted|expanded shrank|built demolished|opened closed
        accepted rejected|approved rejected|banned allowed|permitted prohibited|required forbidden|encouraged discouraged
        survived died|killed injured rescued|attacked defended|invaded liberated|joined left|supported opposed
        signed vetoed|confirmed denied|proved disproved|increased decreased|raised lowered|added removed|included excluded
        began ended|founded dissolved|launched cancelled|delayed hastened|won drew|led trailed|gained lost
        strengthened weakened|accelerated slowed|succeeded failed|resigned stayed|paid owed|gave received|sent received
        taught learned|employed dismissed|arrived departed|entered left|borrowed repaid|promoted demoted|freed jailed""",
    "matter": """
        deficit surplus|profit loss|victory defeat|success failure|war peace|rise fall|increase decrease|growth decline
        supply demand|import export|imports exports|income debt|assets liabilities|gains losses|benefit harm
        advantage disadvantage|strength weakness|majority minority|government opposition|attack defence|life death
        birth death|marriage divorce|wedding funeral|election referendum|draft final|cause result|drought flood
        heat cold|shortage glut|winner loser|strike lockout|merger split|arrest release|approval rejection
        support opposition|agreement dispute|conviction acquittal|private public|state federal|civil criminal
        murder manslaughter|bronze silver gold|urban rural|primary secondary|theft robbery arson|fraud bribery""",
    "frequency": "daily weekly monthly yearly|annual monthly weekly biennial|hourly daily|once twice|annually monthly weekly",
    "link": "because-of despite|due-to despite|with without|for against|as-a-result-of in-spite-of|including excluding|led-to prevented|caused prevented|resulted-in prevented|together-with instead-of|in-addition-to instead-of|thanks-to despite",
    "direction": "into out-of|up down|up-from down-from|toward away-from|towards away-from|onto off|increase-of decrease-of|by against|ahead-of behind",
    "may or must": "may must cannot|must may need-not|can cannot|should must may|will may|would might|could did|might will",
}  # fmt: skip


def _table(rows: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in re.split(r"\||\n", rows):
        words = [word.replace("-", " ") if word != "ex-wife" else word for word in row.split()]
        for word in words:
            found.setdefault(word, []).extend(other for other in words if other != word)
    return found


_TABLES = {kind: _table(rows) for kind, rows in _ROWS.items()}
_PATTERNS = {
    kind: re.compile(rf"\b(?:{'|'.join(sorted(table, key=len, reverse=True))})\b") for kind, table in _TABLES.items()
}


def _exchanged(kind: str, case: Case) -> Marked | None:
    if not (places := list(_PATTERNS[kind].finditer(case.text))):
        return None
    place = case.chance.choice(places)
    return case.claim.altered(*place.span(), case.chance.choice(_TABLES[kind][place[0]]))


WAYS: dict[str, Way] = {kind: partial(_exchanged, kind) for kind in _ROWS}
