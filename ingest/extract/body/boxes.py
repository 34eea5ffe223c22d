"""Boxes on a web page that are not its article, though they stand in it: comments, newsletters, other stories."""

from __future__ import annotations

import re
from typing import Any

from ingest.extract.body.hidden import drop
from ingest.extract.body.runs import prose, runs

# As the names of such boxes begin, end or stand alone among the words of a class or id.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:comments?[_-]{1,2}(?:list|section|area|threads?|wrapper|widget|container|content|body|form)"
    r"|comments|disqus[_-]thread|newsletter[_-]{0,2}(?:form|sign-?up|box|widget|promo|inline|subscribe|cta|container)\w{0,20}"
    r"|related[_-]{1,2}(?:articles?|posts?|stor(?:y|ies)|content|links?|news|topics?|coverage)|read[_-]?next|more[_-]stories"
    r"|you[_-]may[_-](?:also[_-])?like|most[_-]?(?:read|popular|viewed)|outbrain|taboola|(?:social[_-])?share[_-]?(?:bar|tools"
    r"|buttons?|links?)|auth?or[_-]{0,2}(?:bio(?:graphy)?|box|card|profile)|about[_-](?:the[_-])?author|article[_-]{1,2}tags|photo[_-]credit|image[_-]credit)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_TAGS = ("div", "section", "aside", "ul", "ol", "form", "p", "span", "figcaption")
_HOLDS_ARTICLE = ".//h1 | .//article | .//main"


def drop_boxes(tree: Any, total: int) -> None:
    """Take out of the tree what its page names as something else than the article, unless most text is in it.

    total  characters of running text on the whole page
    """
    for element in list(tree.iter(*_TAGS)):
        if is_box(element) and not element.xpath(_HOLDS_ARTICLE) and 2 * prose(runs(element)) <= total:
            drop(element)


def is_box(element: Any) -> bool:
    """Whether its class or id is a name of such a box."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 4 and bool(_BOX.search(names[:300]))
