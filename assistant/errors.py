"""What can go wrong between the assistant and a chat model's provider, or with a question."""

from __future__ import annotations

from ingest.errors import EXIT_PROVIDER, EXIT_USAGE, DatelineError


class PromptError(DatelineError):
    """A prompt and the values for it do not fit together."""

    code = "prompt"


class ProviderError(DatelineError):
    """The chat model could not be reached, refused, or gave an answer that cannot be used."""

    code, exit_code, http_status = "provider", EXIT_PROVIDER, 502


class ProviderTimeout(ProviderError):
    """The chat model did not finish within the deadline."""

    code, http_status = "provider_timeout", 504


class PromptTooLong(ProviderError):
    """The evidence is longer than the chat model can read at once."""

    code = "provider_context"


class AnswerCut(ProviderError):
    """The chat model's answer began and did not come to its end."""

    code = "answer_incomplete"


class AnswerRejected(ProviderError):
    """What the chat model wrote is not what it was asked for."""

    code = "answer_rejected"


class QuestionError(DatelineError):
    """A question that cannot be asked."""

    code, exit_code, http_status = "question", EXIT_USAGE, 422
