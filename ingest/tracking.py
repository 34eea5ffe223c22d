"""What in the query of an address says where a reader came from, and never which page it is.

After the lists that browsers and blockers strip by (Firefox's query stripping, AdGuard's TrackParamFilter, ClearURLs)
and the manuals of the services that the comments name. A name that selects content elsewhere, as `id`, `page`, `cid`
or `s` do, is left out: see `ingest.identity.identities` for pages that give one text at several of those.
"""

from __future__ import annotations

import re

# Wherever they occur: an address without them can be fetched in place of the one with them.
_EVERYWHERE = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hs\w+|cmpid|ocid|ref_src|smid"
    r"|ftag|at_\w+",
    re.IGNORECASE,
)
_PREFIXES = (
    "ga_", "gaa_", "hsa_", "guce_",  # Google Analytics, HubSpot, Yahoo
    "xtor", "xts", "pk_", "piwik_", "mtm_", "matomo_",  # Piano, Matomo
    "wt.", "wt_", "ns_",  # Webtrends and Mapp, Comscore
    "cmp", "itm_", "int_cmp", "intcmp", "intcid", "mkt_tok", "vero_", "oly_", "trk_",
    "__twitter_", "fb_action", "fb_source", "referrer", "referer", "ref_url", "s_cid", "s_kwcid", "sc_c",
)  # fmt: skip
_NAMES = frozenset(
    (
        # What one click is known by.
        "gclsrc", "ysclid", "ttclid", "igsh", "li_fat_id", "srsltid", "epik", "irclickid", "wickedid", "_ga", "_gl",
        "_openstat", "guccounter",
        # What a site notes of its own links: on the front page, in its letters, on social networks.
        "ref", "rref", "mtrref", "mod", "ito", "icid", "smtyp", "smprod", "hp", "hpt", "wpisrc", "wpmm", "tpcc",
        "traffic_source", "_r", "pgtype", "clicksource", "contentcollection", "contentplacement", "gwh", "gwt",
        "srnd", "sref", "taid", "feedtype", "feedname",
    )
)  # fmt: skip


def is_tracking_everywhere(name: str) -> bool:
    """Whether a name in a query only tracks, on whatever site."""
    return _EVERYWHERE.fullmatch(name) is not None


def is_tracking(name: str) -> bool:
    """Whether a name in the query of an article's address only tracks."""
    lower = name.lower()
    return is_tracking_everywhere(name) or lower in _NAMES or lower.startswith(_PREFIXES)
