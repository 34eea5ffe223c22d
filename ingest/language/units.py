"""The words of amounts: scales, units and number words, each under one name."""

from __future__ import annotations

from decimal import Decimal


def _named(table: str) -> dict[str, str]:
    """`name: word word` between bars, as word → name; the name itself and its plural need not be listed."""
    pairs = [(name.strip(), words.split()) for name, _, words in (row.partition(":") for row in table.split("|"))]
    return {word.replace("_", " "): name for name, words in pairs for word in (name, f"{name}s", *words)}


SCALES = {
    "hundred": Decimal(100),
    "dozen": Decimal(12),
    **dict.fromkeys("thousand k tausend".split(), Decimal(10**3)),
    **dict.fromkeys("million millions m mn mln mio millionen".split(), Decimal(10**6)),
    **dict.fromkeys("billion billions b bn mrd milliarden".split(), Decimal(10**9)),
    **dict.fromkeys("trillion trillions tn".split(), Decimal(10**12)),
}

SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rouble", "%": "percent"}

# Units without which the number says something else, and the others.
_STRICT = _named(
    "percent: per_cent pct prozent | percentage point | basis point: bps | dollar: usd us_dollar us_dollars"
    "| euro: eur | pound: gbp | yen: jpy | yuan: renminbi cny rmb | zloty: pln | franc: chf franken | rupee: inr"
    "| crown: krona kronor krone kroner kronen nok sek dkk czk | rouble: ruble rubles | cent | penny: pence"
)
STRICT = frozenset(_STRICT.values())
UNITS = _STRICT | _named(
    "kilometre: km kilometer kilometers | metre: m meter meters | centimetre: cm centimeter centimeters"
    "| mile | foot: feet ft | inch: inches | kilogram: kg kilo kilos | tonne: t ton tons | gram: g | barrel"
    "| litre: liter liters | hectare: ha hektar | acre | degree: °c °f ° | megawatt: mw | gigawatt: gw"
    "| mile an hour: mph | second | minute: minuten | hour: stunden | day: tage tagen | week: wochen"
    "| month: monate monaten | year: yr yrs jahre jahren | decade | century: centuries | third | quarter"
)

# What is measured by units of several sizes, and how large each is: 14 days are two weeks.
SIZES: dict[str, tuple[str, Decimal]] = {
    unit: (what, Decimal(size))
    for what, row in {
        "time": "second:1 minute:60 hour:3600 day:86400 week:604800 month:2629800 year:31557600 decade:315576000",
        "length": "centimetre:0.01 metre:1 kilometre:1000 inch:0.0254 foot:0.3048 mile:1609.344",
        "weight": "gram:1 kilogram:1000 tonne:1000000",
        "area": "acre:4046.8564224 hectare:10000",
        "power": "megawatt:1 gigawatt:1000",
    }.items()
    for unit, size in (pair.split(":") for pair in row.split())
}

_ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
WORDS = {
    **{word: value for value, word in enumerate(_ONES + _TEENS)},
    **_TENS,
    **{f"{ten}-{one}": tens + value for ten, tens in _TENS.items() for value, one in enumerate(_ONES[:10]) if value},
}
