"""What a client of the OpenAI protocol sends: messages, of which the last one of a person is the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.config import JsonDict

from assistant.api.errors import Invalid, Refused
from assistant.question.said import said
from assistant.types import AskRequest, Filter, Policy, Said, SearchOrder
from assistant.types.conversations import ConversationId
from ingest.language.text import squeeze
from ingest.misfit import misfits
from ingest.types import NUMBER, CollectionName, Flag, Frozen

MODEL = "dateline"
_ASKED: JsonDict = {"role": "user", "content": "Who won the by-election in Lisk North?"}
_QUESTION, _ANSWER, _TURNS = 2000, 50_000, 100  # what AskRequest takes


class Options(Frozen):
    """What the protocol has no field for; as in POST /ask."""

    filters: Filter = Filter()
    collection: CollectionName | None = None
    read_filters: Flag = True
    policy: Policy | None = None
    order: SearchOrder | None = None
    top_k: Annotated[int, Field(ge=1, le=50), NUMBER] | None = None


class Given(BaseModel):
    """A value of the protocol: it has many fields, and those that mean nothing here are passed over."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Part(Given):
    """A part of a message."""

    type: str
    text: str | None = None


class Message(Given):
    """A message of a chat, or an item of the input of a response."""

    role: str | None = None
    content: str | tuple[Part, ...] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.text)

    def require_text(self) -> None:
        """Raises Invalid for a question with an image, a file or sound."""
        if not isinstance(self.content, str) and any(part.text is None for part in self.content or ()):
            raise Invalid("a question is text; images, files and sound are not read", "send text alone")


class StreamOptions(Given):
    """How to stream.

    include_usage  send a last chunk with the usage
    """

    include_usage: Flag = False


class Format(Given):
    """How the answer is to be written: only as text."""

    type: Literal["text"] = "text"


class TextOptions(Given):
    """How the text of a response is to be written."""

    format: Format | None = None


class ChatRequest(Given):
    """A chat to be completed.

    messages  the last one of a person is the question, and those before it are the conversation; system and developer
              messages are accepted and change nothing
    n         one answer is given
    store     keep the answer in the archive
    metadata  `conversation_id` names the conversation in which it is kept
    dateline  filters and other options of POST /ask
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"model": MODEL, "messages": [_ASKED]}]})

    model: str
    messages: Annotated[tuple[Message, ...], Field(min_length=1)]
    stream: Flag | None = None
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    response_format: Format | None = None
    store: Flag | None = None
    metadata: dict[str, Any] | None = None
    dateline: Options = Options()

    def question(self) -> AskRequest:
        """Raises Invalid where there is no question in it."""
        named = (self.metadata or {}).get("conversation_id")
        return _asked(self.messages, self.dateline, remember=bool(self.store), conversation_id=named)


class ConversationParam(Given):
    """A conversation by its id."""

    id: ConversationId


class ResponseRequest(Given):
    """A response to be made.

    input                 the question, or messages as in a chat
    instructions          accepted, and changes nothing
    previous_response_id  the response that this one follows
    conversation          the conversation to continue, or a new name to start one
    store                 keep the answer in the archive, for follow-ups
    dateline              filters and other options of POST /ask
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"model": MODEL, "input": _ASKED["content"]}]})

    model: str
    input: str | Annotated[tuple[Message, ...], Field(min_length=1)]
    instructions: str | None = None
    previous_response_id: str | None = None
    conversation: ConversationId | ConversationParam | None = None
    stream: Flag | None = None
    text: TextOptions | None = None
    store: Flag | None = None
    metadata: dict[str, Any] | None = None
    dateline: Options = Options()

    @property
    def conversation_id(self) -> str | None:
        """Raises Invalid for an id of a response that this service has not given."""
        if self.previous_response_id is None:
            named = self.conversation
            return named.id if isinstance(named, ConversationParam) else named
        kind, _, rest = self.previous_response_id.partition("_")
        conversation_id, _, nonce = rest.rpartition("_")
        if kind != "resp" or not conversation_id or not nonce:
            raise Refused(404, "previous_response_not_found", "there is no such response", "leave it out")
        return conversation_id

    def question(self) -> AskRequest:
        """Raises Invalid where there is no question in it."""
        messages = (Message(role="user", content=self.input),) if isinstance(self.input, str) else self.input
        remember = self.store is not False
        return _asked(messages, self.dateline, remember=remember, conversation_id=self.conversation_id)


def require_model(model: str) -> None:
    """Raises Refused for a model that /v1/models does not list."""
    if model != MODEL:
        raise Refused(404, "model_not_found", "there is no such model", f"use the model {MODEL!r}")


def _asked(
    messages: Sequence[Message], options: Options, *, remember: bool, conversation_id: str | None
) -> AskRequest:
    asked = max((place for place, one in enumerate(messages) if one.role == "user"), default=None)
    if asked is None:
        raise Invalid("there is no message of the role user", "send the question as one")
    messages[asked].require_text()
    question = said(messages[asked].text)
    try:
        return AskRequest(
            question=question,
            conversation_id=conversation_id,
            remember=remember,
            history=tuple(_history(messages[:asked]))[-_TURNS:],
            **dict(options),
        )
    except ValidationError as exc:
        raise Invalid(misfits(exc.errors()), "/docs describes every request") from exc


def _history(messages: Sequence[Message]) -> Iterator[Said]:
    """What was asked and answered before; of several answers to one question the last."""
    question, answer = "", ""
    for message in messages:
        if message.role == "user":
            yield from _said(question, answer)
            question, answer = squeeze(message.text), ""
        elif message.role == "assistant":
            answer = message.text
    yield from _said(question, answer)


def _said(question: str, answer: str) -> Iterator[Said]:
    if question:
        yield Said(question=question[:_QUESTION], answer=answer[:_ANSWER])
