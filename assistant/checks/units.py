"""The words of amounts: scales, units and number words, each under one name."""

from __future__ import annotations

from decimal import Decimal


def _named(table: str) -> dict[str, str]:
    """`name: word word` on each line, as word → name."""
    pairs = (line.split(":") for line in table.strip().splitlines())
    return {word.replace("_", " "): name.strip() for name, words in pairs for word in words.split()}


SCALES = {
    "hundred": Decimal(100),
    "dozen": Decimal(12),
    **dict.fromkeys("thousand k tausend".split(), Decimal(10**3)),
    **dict.fromkeys("million millions m mn mln mio millionen".split(), Decimal(10**6)),
    **dict.fromkeys("billion billions b bn mrd milliarden".split(), Decimal(10**9)),
    **dict.fromkeys("trillion trillions tn".split(), Decimal(10**12)),
}

SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rouble", "%": "percent"}

UNITS = _named("""
    percent: percent per_cent pct prozent
    percentage point: percentage_point percentage_points
    basis point: basis_point basis_points bps
    dollar: dollar dollars usd us_dollar us_dollars
    euro: euro euros eur
    pound: pound pounds gbp
    yen: yen jpy
    yuan: yuan renminbi cny rmb
    crown: crown crowns krona kronor krone kroner kronen nok sek dkk isk czk
    zloty: zloty zlotys pln
    franc: franc francs chf franken
    rupee: rupee rupees inr
    rouble: rouble roubles ruble rubles
    cent: cent cents
    penny: pence
    kilometre: km kilometre kilometres kilometer kilometers
    metre: m metre metres meter meters
    centimetre: cm centimetre centimetres centimeter centimeters
    mile: mile miles
    foot: foot feet ft
    inch: inch inches
    yard: yard yards
    kilogram: kg kilo kilos kilogram kilograms
    tonne: t tonne tonnes ton tons
    gram: g gram grams
    litre: litre litres liter liters
    barrel: barrel barrels
    hectare: ha hectare hectares hektar
    acre: acre acres
    degree: degree degrees °c °f °
    megawatt: mw megawatt megawatts
    gigawatt: gw gigawatt gigawatts
    mile an hour: mph
    second: second seconds
    minute: minute minutes minuten
    hour: hour hours stunden
    day: day days tage tagen
    week: week weeks wochen
    month: month months monate monaten
    year: year years yr yrs jahre jahren
    decade: decade decades
    century: century centuries
    third: third thirds
    quarter: quarters
""")

# What is measured by units of several sizes, and how large each is: 14 days are two weeks.
SIZES: dict[str, tuple[str, Decimal]] = {
    unit: (what, Decimal(size))
    for what, row in {
        "time": "second:1 minute:60 hour:3600 day:86400 week:604800 month:2629800 year:31557600 decade:315576000",
        "length": "centimetre:0.01 metre:1 kilometre:1000 inch:0.0254 foot:0.3048 yard:0.9144 mile:1609.344",
        "weight": "gram:1 kilogram:1000 tonne:1000000",
        "area": "acre:4046.8564224 hectare:10000",
        "power": "megawatt:1 gigawatt:1000",
    }.items()
    for unit, size in (pair.split(":") for pair in row.split())
}

# Units without which the number says something else.
STRICT = frozenset("percent dollar euro pound yen yuan crown zloty franc rupee rouble cent penny".split())
STRICT |= {"percentage point", "basis point"}

_ONES = "zero one two three four five six seven eight nine ten eleven twelve".split()
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TENTHS = {word: 20 + 10 * index for index, word in enumerate(_TENS)}
WORDS = {
    **{word: value for value, word in enumerate(_ONES + _TEENS)},
    **_TENTHS,
    **{
        f"{ten}-{one}": tens + value for ten, tens in _TENTHS.items() for value, one in enumerate(_ONES[:10]) if value
    },
}
