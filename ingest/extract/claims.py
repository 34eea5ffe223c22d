"""Whose page it is: the address of a fetch is known, all that a page says of itself is a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.address import canonical, host
from ingest.extract.draft import Draft
from ingest.extract.stated.meta import Meta
from ingest.types import Page

# A name such as "Reuters.com" is an address as well.
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}", re.IGNORECASE)


def claimed_address(meta: Meta, saved_from: str = "") -> str | None:
    """The address that a saved page says it has; None where its claims name different hosts.

    saved_from  the one that whoever saved it put at its head
    """
    said = [*meta.addresses, *filter(canonical, [saved_from])]
    hosts = [*map(host, said), _host_of_name(meta.site)]
    return said[0] if said and _agree(hosts[0], hosts[1:]) else None


def outlet(meta: Meta, fetched: str | None) -> str:
    """The name that the page gives its outlet; the host it was fetched from where its claims name another one."""
    known = host(fetched)
    claims = [*map(host, meta.addresses), host(meta.publisher_address), _host_of_name(meta.site)]
    return meta.site if not known or _agree(known, claims) else known


def fetched(draft: Draft, page: Page) -> Draft:
    """A text that was fetched is its host's, whatever it says of itself."""
    return replace(draft, url=page.url, outlet=host(page.url)) if page.url else draft


def other_host(meta: Meta, fetched: str | None) -> str | None:
    """The host that a page claims to belong to, where it was fetched from another one."""
    known = host(fetched)
    claims = [*map(host, meta.addresses), host(meta.publisher_address), _host_of_name(meta.site)]
    return next((claim for claim in claims if known and not _agree(known, [claim])), None)


def _agree(known: str, claims: Iterable[str]) -> bool:
    """Whether every host that is named is the known one, a part of it, or above it."""
    return all(f".{claim}".endswith(f".{known}") or f".{known}".endswith(f".{claim}") for claim in claims if claim)


def _host_of_name(name: str) -> str:
    return host(f"https://{name}") if _DOMAIN.fullmatch(name) else ""
