"""Imported in the process that others are forked from: it reads a page, and what that loads is in all of them."""

from __future__ import annotations

from contextlib import suppress

from ingest.errors import DatelineError
from ingest.extract.extract import extract
from ingest.types import Page

# Little text, so that every way to find more is tried.
_PAGE = b"<html><head><title>Ferry</title></head><body><article><p>The ferry sails again.</p></article></body></html>"

with suppress(DatelineError):
    extract(Page("ferry.html", _PAGE, "text/html"))
