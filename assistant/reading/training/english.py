"""English words and names that more than one kind of example is made by."""

from __future__ import annotations

import re

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_TO_TWELVE = "two three four five six seven eight nine ten eleven twelve".split()
NUMBERS = {word: number for number, word in enumerate(_TO_TWELVE, 2)}
MONTH, DAY, NUMBER = (f"(?:{'|'.join(words)})" for words in (MONTHS, DAYS, NUMBERS))
NAME = r"[A-Z][\w’.-]+(?: (?:of |de |van |von )?[A-Z][\w’-]+)*"
QUOTE_MARK = re.compile(r"[“”\"]")
