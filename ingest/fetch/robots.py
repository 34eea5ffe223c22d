"""What sites ask programs not to fetch, and how often (RFC 9309, and the older Crawl-delay)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from ingest.errors import AddressRefused, FetchError, RobotsRefused
from ingest.fetch.transfer import Answer

SIZE = 500_000  # RFC 9309 section 2.5: at least 500 kibibytes have to be understood
_MOST_SITES = 500
_SECONDS_GOOD = 24 * 3600.0
_SECONDS_BAD = 300.0  # a site that could not say what it wants is asked again after this
_LONGEST_DELAY = 30.0
_TOO_MANY = 429


@dataclass(frozen=True)
class _Rules:
    """What a site said; or why nothing of it is fetched for now."""

    until: float
    said: Protego | None = None
    problem: FetchError | None = None


class Robots:
    """The rules of sites, each read once.

    agent  the name by which robots.txt may call us
    read   fetches an address, whatever its answer is; raises FetchError
    """

    def __init__(self, agent: str, read: Callable[[httpx.URL], Answer], clock: Callable[[], float]) -> None:
        self._agent, self._read, self._clock = agent, read, clock
        self._sites: OrderedDict[str, _Rules] = OrderedDict()

    def require(self, url: httpx.URL) -> float:
        """Seconds that the site wants between visits. Raises RobotsRefused where it does not want the page fetched.

        Raises FetchError where the site cannot be reached to ask it.
        """
        rules = self._rules(url)
        if rules.problem:
            raise rules.problem.with_traceback(None)
        if rules.said is None:
            return 0.0
        if not rules.said.can_fetch(str(url), self._agent):
            raise RobotsRefused(
                f"the robots.txt of {url.host} disallows fetching this page",
                "save it in a browser and ingest the file",
            )
        return min(rules.said.crawl_delay(self._agent) or 0.0, _LONGEST_DELAY)

    def _rules(self, url: httpx.URL) -> _Rules:
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        known = self._sites.get(site)
        if known is None or known.until <= self._clock():
            self._sites[site] = known = self._asked(url)
            if len(self._sites) > _MOST_SITES:
                self._sites.popitem(last=False)
        return known

    def _asked(self, url: httpx.URL) -> _Rules:
        try:
            answer = self._read(url.join("/robots.txt"))
        except AddressRefused:
            raise
        except FetchError as exc:
            return _Rules(self._clock() + _SECONDS_BAD, problem=exc)
        if answer.status >= 500 or answer.status == _TOO_MANY:
            message = (
                f"the robots.txt of {url.host} answered {answer.status}: until it can be read, nothing is fetched"
            )
            return _Rules(self._clock() + _SECONDS_BAD, problem=RobotsRefused(message, "try again later"))
        if answer.status != 200:
            return _Rules(self._clock() + _SECONDS_GOOD)
        return _Rules(self._clock() + _SECONDS_GOOD, said=Protego.parse(answer.content.decode("utf-8", "replace")))
