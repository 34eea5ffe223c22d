"""The flow from question to answer, over the bundled newsroom with the bundled model."""

from __future__ import annotations

import shutil
from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant import wording
from assistant.answer import Assistant
from assistant.compose.draft import Composer, Draft
from assistant.compose.extractive import ExtractiveComposer
from assistant.compose.generative import GenerativeComposer
from assistant.compose.model import load_model
from assistant.compose.small import OneSentenceComposer
from assistant.conversations.memory import Memory
from assistant.errors import ProviderError, QuestionError
from assistant.evidence.evidence import Evidence
from assistant.service.blocking import wait_for
from assistant.settings import Settings
from assistant.types import Answer, AskRequest, Done, Failed, Filter, Sources, Stated, Turn, Understood
from ingest.archive.archive import Archive
from ingest.embedding.embedder import BundledEmbedder
from ingest.errors import ArchiveDamaged
from tests.fakes import HashEmbedder, trained_reader
from tests.llm_server import ModelServer, Reply
from tests.shown import printed_words


@pytest.fixture(scope="module")
def archive(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = shutil.copytree(demo, tmp_path_factory.mktemp("newsroom") / "archive")
    with Archive.open(folder, BundledEmbedder(threads=2)) as opened:
        yield opened


class Scripted:
    """A composer that says what it was told to say of the best evidence, then fails if it was told to."""

    name = "scripted"
    strict = False

    def __init__(self, *texts: str, fails: bool = False) -> None:
        self.texts, self.fails = texts, fails

    async def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        for text in self.texts:
            yield Draft(text, (evidence[0].key,))
        if self.fails:
            raise ProviderError("the provider is down", "ask again")


def assistant_on(archive: Archive, writer: Composer | None = None) -> Assistant:
    return Assistant(
        archive, Memory(archive.store.engine), writer=writer or ExtractiveComposer(), reader=trained_reader()
    )


async def ask(archive: Archive, question: str, *, writer: Composer | None = None, **request: object) -> Answer:
    return await assistant_on(archive, writer).ask(AskRequest.model_validate({"question": question, **request}))


async def test_every_sentence_is_a_slice_of_the_article_it_cites(archive: Archive) -> None:
    answer = await ask(archive, "Who won the by-election in Lisk North?")
    assert answer.outcome == "answered"
    assert "Yara Tamsin" in answer.text
    for citation in answer.citations:
        article = archive.store.article(citation.article_id, citation.version)
        assert article is not None
        within = article.text if citation.part == "text" else article.title
        assert within[citation.start : citation.end] == citation.text
    for one in answer.statements:
        cited = [" ".join(answer.citations[number - 1].text.split()) for number in one.citations]
        assert all(piece in text for text in cited for piece in printed_words(one))


async def test_marks_in_the_text_are_the_numbers_of_the_citations(archive: Archive) -> None:
    answer = await ask(archive, "How many people were evacuated in Denmoor during Storm Ottoline?")
    assert len(answer.citations) > 1
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert answer.text == " ".join(f"{one.text} [{one.citations[0]}]" for one in answer.statements)


async def test_outlets_that_differ_are_both_shown(archive: Archive) -> None:
    answer = await ask(archive, "How many people were evacuated in Denmoor during Storm Ottoline?")
    assert "410 people" in answer.text
    assert "340 people" in answer.text
    assert answer.independent_sources == 2


async def test_a_wire_story_in_three_papers_is_one_source(archive: Archive) -> None:
    answer = await ask(archive, "Who said that the hull is holding and the tanks are dry?")
    [first, *_] = answer.citations
    assert {first.outlet, *(copy.outlet for copy in first.copies)} == {
        "Harbour Post", "Castermond Courier", "The Evening Tide",
    }  # fmt: skip
    assert first.origin == "Meridian Press Agency"


async def test_what_is_said_comes_with_its_speaker(archive: Archive) -> None:
    answer = await ask(archive, "What did Leonie Arkwell say about the drains of the Aldermoss Dam?")
    assert "These drains are its pores" in answer.text
    said = next(one for one in answer.statements if "These drains are its pores" in one.text)
    assert (said.kind, said.speaker) == ("quote", "Leonie Arkwell")


async def test_the_corrected_number_is_the_one_that_is_answered(archive: Archive) -> None:
    answer = await ask(archive, "How long is the crack in the Aldermoss Dam?")
    assert "14 metres" in answer.text
    assert "41 metres" not in answer.text


async def test_a_name_that_nobody_mentions_is_refused_with_a_receipt(archive: Archive) -> None:
    answer = await ask(archive, "What did Marguerite Oldcastle say about the ferry strike?")
    assert answer.outcome == "refused"
    assert answer.receipt is not None
    assert answer.receipt.reason == "no article in the archive mentions Marguerite or Oldcastle"
    assert answer.receipt.articles_searched == 47
    assert any("strike" in headline.title.lower() for headline in answer.receipt.nearest)
    assert not answer.statements
    assert not answer.citations


async def test_who_wrote_an_article_comes_from_its_record(archive: Archive) -> None:
    known = await ask(archive, "Who wrote the story about 340 people leaving their homes in Denmoor?")
    assert "is by Nell Ashgrove and Corin Halloway" in known.text
    unknown = await ask(archive, "Who wrote the piece on the keeper of the Orrin light?")
    assert unknown.outcome == "refused"
    assert "names no author" in unknown.text


async def test_which_agency_and_when_come_from_the_record(archive: Archive) -> None:
    agency = await ask(archive, "Which news agency is behind the story on the container ship aground off Cape Orrin?")
    assert "Meridian Press Agency" in agency.text
    when = await ask(archive, "When was the story on the container ship aground off Cape Orrin published?")
    assert "13 October 2026" in when.text


async def test_a_question_in_capitals_is_read_like_one_in_small_letters(archive: Archive) -> None:
    for question in (
        "What did the union say about the strike?",
        "Why was the festival moved?",
        "Who is Ruth Calloway?",
    ):
        shouted, typed = await ask(archive, question.upper()), await ask(archive, question.lower())
        assert shouted.question == question.upper()
        assert (shouted.outcome, shouted.text) == (typed.outcome, typed.text)


async def test_filters_hold(archive: Archive) -> None:
    only = Filter(outlets=("valley gazette",))
    answer = await ask(archive, "How many people were evacuated in Denmoor?", filters=only)
    assert {citation.outlet for citation in answer.citations} == {"Valley Gazette"}
    assert answer.filters == only
    none = await ask(archive, "How many people were evacuated in Denmoor?", filters=Filter(outlets=("Nobody",)))
    assert none.outcome == "refused"
    assert none.receipt is not None
    assert none.receipt.hint.startswith("ask without the filter")


@pytest.mark.parametrize("named", ["According to the Skerrin Beacon, ", "Since 25 October 2026, "])
async def test_what_only_others_report_comes_nearest_where_a_question_names_its_filter(
    archive: Archive, named: str
) -> None:
    answer = await ask(archive, f"{named}how many flights were diverted?")
    assert answer.outcome == "nearest"
    assert answer.filters
    assert "Nine flights were diverted" in answer.statements[0].text
    assert answer.citations[0].outlet == "Northline News"
    assert answer.notice == wording.BEYOND
    assert answer.receipt is not None
    assert answer.receipt.reason == "no sentence within the filter answers it"


async def test_a_source_that_was_named_is_no_subject_of_what_follows(archive: Archive) -> None:
    first = await ask(archive, "According to the Skerrin Beacon, how many flights were diverted?")
    second = await ask(archive, "And where were they diverted to?", conversation_id=first.conversation_id)
    assert "Beacon" not in second.standalone
    assert "Castermond" in second.text


async def test_a_filter_of_the_request_stays_whatever_the_question_names(archive: Archive) -> None:
    only = Filter(until=date(2026, 10, 12))
    answer = await ask(archive, "According to Northline News, how many flights were diverted?", filters=only)
    assert answer.outcome == "refused"
    assert answer.citations == ()


async def test_a_follow_up_is_understood_from_the_turn_before(archive: Archive) -> None:
    first = await ask(archive, "Who is the chief dam inspector Leonie Arkwell?")
    second = await ask(archive, "What did she say about the drains?", conversation_id=first.conversation_id)
    assert "Arkwell" in second.standalone
    assert "These drains are its pores" in second.text
    kept = assistant_on(archive).memory.turns(first.conversation_id)
    assert [turn.question for turn in kept] == [first.question, second.question]


async def test_a_follow_up_without_a_name_is_read_as_it_is_answered_best(archive: Archive) -> None:
    first = await ask(archive, "Who won the Marenth Cup final?")
    same = await ask(archive, "how many spectators were there?", conversation_id=first.conversation_id)
    assert "31,450" in same.text
    other = await ask(archive, "when did the ferry strike begin?", conversation_id=first.conversation_id)
    assert other.standalone == "when did the ferry strike begin?"
    assert "6 October" in other.text


async def test_a_reading_that_was_changed_is_told_again(archive: Archive) -> None:
    first = await ask(archive, "Who won the by-election in Lisk North?")
    request = AskRequest(question="How narrow was the lead?", conversation_id=first.conversation_id)
    readings = [one async for one in assistant_on(archive).events(request) if isinstance(one, Understood)]
    assert readings[0].standalone == "How narrow was the lead?"
    assert "Lisk North" in readings[-1].standalone


async def test_each_thing_that_is_described_is_answered_apart_and_what_is_missing_is_named(archive: Archive) -> None:
    question = (
        "Does the Touchline report say that Vale decided the cup final, while the Skerrin Beacon describes the "
        "opening of a casino in the lighthouse?"
    )
    answer = await ask(archive, question)
    assert answer.outcome == "partly"
    assert answer.citations[0].outlet == "Touchline"
    assert (
        "Nothing was found on “the Skerrin Beacon describes the opening of a casino in the lighthouse”."
        in answer.notice
    )


async def test_a_follow_up_of_one_word_stays_with_its_subject(archive: Archive) -> None:
    first = await ask(archive, "Who won the by-election in Lisk North?")
    second = await ask(archive, "By how many votes?", conversation_id=first.conversation_id)
    assert second.citations[0].title == "River Party takes Lisk North by 409 votes"


async def test_the_person_an_answer_names_is_who_a_pronoun_means(archive: Archive) -> None:
    first = await ask(archive, "Who won the by-election in Lisk North?")
    second = await ask(archive, "How old is she?", conversation_id=first.conversation_id)
    assert "Yara Tamsin" in second.standalone


async def test_a_new_topic_after_and_is_a_new_topic(archive: Archive) -> None:
    first = await ask(archive, "What caused the hospital outage in Castermond?")
    second = await ask(archive, "And the ferry strike?", conversation_id=first.conversation_id)
    assert "hospital" not in second.standalone
    assert any("strike" in citation.title.lower() for citation in second.citations)


async def test_words_are_not_put_into_another_mouth(archive: Archive) -> None:
    answer = await ask(archive, "What did Sabine Orchard say about the order?")
    assert not any("I gave no such order" in one.text and one.speaker for one in answer.statements)


async def test_a_name_in_another_article_than_the_nearest_is_found(archive: Archive) -> None:
    answer = await ask(archive, "How long will the Steinbrücke in Oberhallow be closed?")
    assert {citation.outlet for citation in answer.citations} == {"Lisktaler Bote"}


async def test_a_model_that_writes_only_nonsense_gives_the_sentences_themselves(archive: Archive) -> None:
    answer = await ask(
        archive, "Who won the by-election in Lisk North?", writer=Scripted("Elvis won by 9,999 votes.")
    )
    assert "Yara Tamsin" in answer.text
    assert answer.model == "extractive"
    assert answer.notice.startswith("What the chat model wrote did not pass the checks")


async def test_conversations_do_not_mix(archive: Archive) -> None:
    await ask(archive, "Who is the chief dam inspector Leonie Arkwell?", conversation_id="one")
    other = await ask(archive, "What did she say about it?", conversation_id="two")
    assert "Arkwell" not in other.standalone


async def test_events_come_in_order_and_end_once(archive: Archive) -> None:
    request = AskRequest(question="Who won the by-election in Lisk North?")
    events = [event async for event in assistant_on(archive).events(request)]
    kinds = [type(event) for event in events]
    assert (kinds[:3], kinds[-1], set(kinds[3:-1]) <= {Stated}) == ([Understood, Sources, Stated], Done, True)
    assert isinstance(events[-1], Done)
    assert events[-1].answer.statements == tuple(event.statement for event in events if isinstance(event, Stated))


async def test_a_sentence_that_no_article_supports_is_left_out_and_counted(archive: Archive) -> None:
    right = "Yara Tamsin of the River Party has won the by-election in Lisk North."
    wrong = "She won it by 40,900 votes."
    answer = await ask(archive, "Who won the by-election in Lisk North?", writer=Scripted(right, wrong))
    assert answer.outcome == "partly"
    assert [statement.text for statement in answer.statements] == [right]
    assert answer.notice == "1 sentence was left out: it did not pass the checks."
    assert answer.model == "scripted"


async def test_a_dead_model_gives_the_sentences_themselves_and_says_so(archive: Archive) -> None:
    answer = await ask(archive, "Who won the by-election in Lisk North?", writer=Scripted(fails=True))
    assert answer.outcome == "answered"
    assert answer.model == "extractive"
    assert "the provider is down" in answer.notice
    assert answer.statements


async def test_an_answer_that_was_cut_off_is_not_complete(archive: Archive) -> None:
    right = "Yara Tamsin of the River Party has won the by-election in Lisk North."
    answer = await ask(archive, "Who won the by-election in Lisk North?", writer=Scripted(right, fails=True))
    assert answer.outcome == "partly"
    assert answer.notice.startswith("The answer is not complete")


async def test_two_questions_with_names_of_their_own_are_each_answered_as_if_asked_alone(archive: Archive) -> None:
    answer = await ask(archive, "Who won the Marenth Cup and who won the by-election in Lisk North?")
    assert "Mariners 2, Castermond Athletic 1" in answer.statements[0].text
    assert "Yara Tamsin" in answer.statements[1].text


async def test_no_request_lifts_the_strictness_of_a_writer(archive: Archive) -> None:
    doubtful = "Yara Tamsin of the River Party has won the by-election in Port Ellery."
    marked = await ask(archive, "Who won the by-election in Lisk North?", writer=Scripted(doubtful), policy="mark")
    assert marked.statements[0].support == "partly"
    writer = Scripted(doubtful)
    writer.strict = True
    answer = await ask(archive, "Who won the by-election in Lisk North?", writer=writer, policy="mark")
    assert all(one.support == "supported" for one in answer.statements)
    assert answer.notice.startswith("What the chat model wrote did not pass the checks")


async def test_what_has_turned_out_to_be_reasoning_is_taken_back(archive: Archive) -> None:
    class Reasoning(Scripted):
        async def compose(
            self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
        ) -> AsyncGenerator[Draft, None]:
            for text in self.texts:
                yield Draft(text, (evidence[0].key,), anew=True)

    right = "Yara Tamsin of the River Party has won the by-election in Lisk North."
    writer = Reasoning("She won it by 40,900 votes.", right, right)
    answer = await ask(archive, "Who won the by-election in Lisk North?", writer=writer)
    assert (answer.outcome, answer.text, len(answer.citations)) == ("answered", f"{right} [1]", 1)


async def test_a_model_that_has_nothing_to_say_is_a_refusal(archive: Archive) -> None:
    answer = await ask(archive, "Who won the by-election in Lisk North?", writer=Scripted())
    assert answer.outcome == "refused"
    assert answer.receipt is not None


async def test_an_unexpected_failure_ends_the_stream_once(archive: Archive) -> None:
    class Broken(Scripted):
        async def compose(
            self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
        ) -> AsyncGenerator[Draft, None]:
            yield Draft("", ())
            raise KeyError("secret")

    request = AskRequest(question="Who won the by-election in Lisk North?")
    events = [event async for event in assistant_on(archive, Broken()).events(request)]
    assert isinstance(events[-1], Failed)
    assert "secret" not in events[-1].message
    assert sum(isinstance(event, Done | Failed) for event in events) == 1


async def test_a_question_of_invisible_characters_is_none(archive: Archive) -> None:
    with pytest.raises(QuestionError, match="empty"):
        await ask(archive, "\u200b \u2060")


async def test_the_instruction_hidden_in_an_article_is_not_followed(archive: Archive) -> None:
    for question in ("Which stops does the night bus N7 link?", "Is the night bus N7 free?"):
        answer = await ask(archive, question)
        assert answer.citations
        assert "ignore" not in answer.text.lower()
        assert "n7-freeride" not in answer.text


async def test_the_part_that_answers_is_told(archive: Archive) -> None:
    answer = await ask(archive, "Who won the by-election in Lisk North?")
    assert (answer.statements[0].answering or "").startswith("Yara Tamsin")


def test_one_assistant_answers_one_question_after_another_with_a_chat_model(archive: Archive) -> None:
    with ModelServer(Reply(["Yara Tamsin won the by-election in Lisk North."])) as server:
        model = load_model(Settings(model="openai:scripted", model_base_url=server.url))
        writer = assistant_on(archive, GenerativeComposer(model, name="openai:scripted"))
        request = AskRequest(question="Who won the by-election in Lisk North?")
        answers = [wait_for(writer.ask(request)) for _ in range(3)]
    assert [answer.notice for answer in answers] == ["", "", ""]
    assert [answer.model for answer in answers] == ["openai:scripted"] * 3


async def test_what_comes_near_without_answering_is_shown_as_that(archive: Archive) -> None:
    answer = await ask(archive, "Which boss has waived his bonus after the hospital failure?")
    assert answer.outcome == "nearest"
    assert answer.text.startswith("I found no sentence that answers this. The nearest say:")
    assert 1 <= len(answer.statements) <= 3
    assert all(one.nearest and one.citations and one.answering is None for one in answer.statements)
    assert answer.receipt is not None


async def test_a_small_model_that_adds_to_its_passage_gives_the_sentences_themselves(archive: Archive) -> None:
    with ModelServer(Reply(pieces=["Yara Tamsin won, and the river rejoiced."])) as server:
        model = load_model(Settings(model="openai:scripted", model_base_url=server.url))
        writer = OneSentenceComposer(model, name="openai:scripted")
        answer = await ask(archive, "Who won the by-election in Lisk North?", writer=writer)
    assert (answer.model, answer.outcome) == ("extractive", "answered")
    assert answer.notice.startswith("What the chat model wrote did not pass the checks")


async def test_a_database_that_fails_is_told_of_as_that(tmp_path: Path) -> None:
    with Archive.open(tmp_path, HashEmbedder()) as broken:
        with broken.store.engine.begin() as sql:
            sql.exec_driver_sql("DROP TABLE turns")
        [event] = [event async for event in assistant_on(broken).events(AskRequest(question="Who won?"))]
        with pytest.raises(ArchiveDamaged, match="cannot be used: no such table"):
            await ask(broken, "Who won?")
    assert isinstance(event, Failed)
    assert event.code == "archive_damaged"
