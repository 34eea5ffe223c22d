"""The service does what its description says, for requests that nobody thought of.

Schemathesis makes them from the description: valid ones, which are to be accepted, and invalid ones, which are to be
refused. EXAMPLES says how many for each route, beside those at the bounds of every value. It also makes
as many chains of requests: what one of them makes, the next ones look at, change and end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, get_args
from zlib import crc32

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis.errors import FlakyStrategyDefinition
from schemathesis import Case, Response
from schemathesis.checks import CheckFunction
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    ensure_resource_availability,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from assistant.api.access import Access
from assistant.api.admission.scopes import Scopes
from assistant.api.errors import Invalid, Refused
from assistant.api.openai.given import MODEL, ChatRequest, ResponseRequest
from assistant.api.serving.connections import Connection
from assistant.errors import QuestionError
from assistant.question.said import said
from ingest.errors import SourceError
from ingest.extract.record.mapping import field_map
from ingest.feeds.address import feed_address
from ingest.key import Scope
from ingest.source import source
from tests.assistant.conftest import TOKEN, WITH_TOKEN, an_app
from tests.assistant.served import served
from tests.conftest import write_newsroom
from tests.waiting import PATIENCE

pytestmark = pytest.mark.slow

AnyCase = Case[Any]

EXAMPLES = int(os.environ.get("EXAMPLES", "200"))
PUBLIC = Access("0.0.0.0", TOKEN, chosen=True)
SCOPES = Scopes()
CALLERS = count()
TOGETHER = 10  # chains that Hypothesis compares with each other
PROTOCOL: dict[str, type[ChatRequest | ResponseRequest]] = {
    "/v1/chat/completions": ChatRequest,
    "/v1/responses": ResponseRequest,
}


def described() -> dict[str, Any]:
    """The description."""
    return an_app(Path("unused"), access=PUBLIC).openapi()


def linked() -> dict[str, Any]:
    """The same, and which requests go on with a collection; for all else its names tell."""
    schema, name = described(), "$response.body#/name"
    schema["paths"]["/collections"]["post"]["responses"]["200"]["links"] = {
        "ask": {"operationId": "ask", "requestBody": {"question": "When did the strike end?", "collection": name}},
        "search": {"operationId": "search", "parameters": {"collection": name}},
        "list": {"operationId": "list_articles", "parameters": {"collection": name}},
        "keep": {"operationId": "set_retention", "requestBody": {"kind": "collection", "value": name, "days": 90}},
        "remove": {"operationId": "remove_collection", "parameters": {"name": name}},
    }
    return schema


DESCRIBED = schemathesis.openapi.from_dict(described())
LINKED = schemathesis.openapi.from_dict(linked()).exclude(path="/keys", method="GET")  # it would revoke its own
LINKED.config.generation.update(modes=[GenerationMode.POSITIVE])
for checks in (DESCRIBED.config.checks, LINKED.config.checks):
    for check in (checks.positive_data_acceptance, checks.negative_data_rejection):
        # A body within all bounds of its values may still be larger than any body may be.
        check.expected_statuses = [*check.expected_statuses, "413"]


@LINKED.auth(refresh_interval=None)
@DESCRIBED.auth(refresh_interval=None)
class Key:
    """A key of just the scope that a route needs: with more, a path would be read from this machine's disk."""

    def get(self, case: AnyCase, context: Any) -> str:
        needed = SCOPES.needed(case.method.upper(), case.operation.path)
        return "read" if needed == "nothing" else needed

    def set(self, case: AnyCase, data: str, context: Any) -> None:
        case.headers["Authorization"] = data  # the key itself comes with the service: there is none yet


@dataclass(frozen=True)
class Service:
    """A service that others reach.

    known  a key for each scope, and the ids of what it holds
    """

    address: str
    session: requests.Session
    known: Mapping[str, str]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("described")
    options = {"http": Connection, "forwarded_allow_ips": "127.0.0.1"}
    with (
        served(folder / "archive", write_newsroom(folder / "newsroom"), PUBLIC, **options) as address,
        requests.Session() as session,
    ):
        session.trust_env = False
        yield Service(address, session, _known(session, address))


def _known(session: requests.Session, address: str) -> dict[str, str]:
    def sent(path: str, body: dict[str, str]) -> Any:
        return session.post(address + path, json=body, headers=WITH_TOKEN).json()

    keys = [sent("/keys", {"name": scope, "scope": scope}) for scope in get_args(Scope)]
    articles = session.get(f"{address}/articles", headers=WITH_TOKEN).json()["articles"]
    return {
        "article_id": articles[0]["article_id"],
        "conversation_id": sent("/ask", {"question": "When did the ferry strike end?"})["conversation_id"],
        "job_id": sent("/jobs", {"does": "retry"})["id"],
        "model": MODEL,
        **{made["key"]["scope"]: made["secret"] for made in keys},
    }


CONDUCT = hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@DESCRIBED.parametrize()
@CONDUCT
def test_a_route_does_what_its_description_says(case: AnyCase, service: Service) -> None:
    validate(case, service)


def test_what_is_made_is_found_changed_and_ended(service: Service) -> None:
    wrong: list[FailureGroup] = []

    class Chain(LINKED.as_state_machine()):  # type: ignore[misc]
        def before_call(self, case: AnyCase) -> None:
            _sign(case, service)

        def get_call_kwargs(self, case: AnyCase) -> dict[str, Any]:
            place = {"base_url": service.address, "session": service.session}
            return {**place, "headers": _caller(), "timeout": PATIENCE}

        def validate_response(self, response: Response, case: AnyCase, **kwargs: Any) -> None:
            try:
                case.validate_response(
                    response, excluded_checks=_excluded(case), transport_kwargs=kwargs, recorder=self.recorder
                )
            except FailureGroup as exc:
                wrong.append(exc)

    settings = hypothesis.settings(CONDUCT, phases=[hypothesis.Phase.generate], max_examples=TOGETHER)
    for seed in range(0, EXAMPLES, TOGETHER):
        with suppress(FlakyStrategyDefinition):  # what there is in the archive differs between two runs of a chain
            hypothesis.seed(seed)(Chain).run(settings=settings)
    assert not wrong, wrong[0]


def validate(case: AnyCase, service: Service) -> Response:
    known = service.known
    _sign(case, service)
    if _is_valid(case) and case.method != "DELETE" and _chosen(case):  # of what there is, too
        case.path_parameters |= {name: known[name] for name in case.path_parameters}
        if isinstance(case.body, dict) and "model" in case.body:
            case.body["model"] = known["model"]
    response = case.call_and_validate(
        service.address, service.session, _caller(), excluded_checks=_excluded(case), timeout=PATIENCE
    )
    if response.status_code == 202:  # so that there are never too many jobs
        service.session.post(f"{service.address}/jobs/{response.json()['id']}/cancel", headers=WITH_TOKEN)
    return response


def _sign(case: AnyCase, service: Service) -> None:
    """Put the key in the place of its scope."""
    if secret := service.known.get(case.headers.get("Authorization", "")):
        case.headers["Authorization"] = f"Bearer {secret}"


def _caller() -> dict[str, str]:
    """Another address each time: of one, few wrong keys are answered."""
    return {"X-Forwarded-For": ".".join(map(str, (10, *next(CALLERS).to_bytes(3))))}


def _chosen(case: AnyCase) -> bool:
    """Whether it is one of two in three, the same ones in every run and in whatever process."""
    given = case.path_parameters, case.query, case.body if isinstance(case.body, dict) else None
    return crc32(repr(given).encode("utf-8", "replace")) % 3 > 0


def _is_valid(case: AnyCase) -> bool:
    return case.meta is not None and case.meta.generation.mode.is_positive


def _excluded(case: AnyCase) -> list[CheckFunction]:
    """What is not asked of a request, each for a reason."""
    excluded: list[CheckFunction] = []
    if case.operation.path in ("/articles", "/jobs/upload"):
        # The body is a file of any kind. What is wrong with one is told by its outcome.
        excluded.append(negative_data_rejection)
    if case.operation.path == "/jobs/upload":
        # It has the form of /jobs/{job_id}, whose methods are found there too.
        excluded += [unsupported_method, allow_header_conformance]
    if case.operation.path.startswith("/articles/{article_id}"):
        # What a report says of a page that failed names no article.
        excluded.append(ensure_resource_availability)
    if _is_valid(case) and _breaks_a_rule(case):
        excluded.append(positive_data_acceptance)
    return excluded


def _breaks_a_rule(case: AnyCase) -> bool:
    """Whether a request breaks one of the rules that JSON Schema cannot state. A status is documented for them all.

    A question has a letter or digit, of whatever script, and a chat has a question; a feed has a web address; a link
    has a host, and goes with nothing that is said of files; a field is mapped once; `since` is not after `until`.
    """
    given = {**case.query, **(case.body if isinstance(case.body, dict) else {})}
    narrowed = given.get("filters") or (given.get("dateline") or {}).get("filters") or given
    since, until = narrowed.get("since"), narrowed.get("until")
    if (since and until and since > until) or not all(map(feed_address, given.get("addresses", []))):
        return True
    try:
        _read(case.operation.path, given)
    except (Invalid, Refused, QuestionError, SourceError):
        return True
    return False


def _read(path: str, given: Mapping[str, Any]) -> None:
    if protocol := PROTOCOL.get(path):
        protocol.model_validate(given).question()
    if asked := {"/ask": "question", "/ask/stream": "question", "/search": "q"}.get(path):
        said(given[asked])
    mapping = given.get("map", [])
    field_map(mapping)
    for one in given.get("sources", []):
        source(one, kind=given.get("kind", "auto"), captured=given.get("captured_at"), mapping=mapping)
