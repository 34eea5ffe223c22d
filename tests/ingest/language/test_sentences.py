import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.sentences import STOPS, is_whole, last_mark, sentences, writes_whole

NEWSLIKE = st.lists(
    st.sampled_from(
        ["Mr.", "U.S.", "5.4", "percent", "“We", "go”", "said", ".", "!", "…", "\n", "The", "p.m.", " ", '"']
    )
).map(" ".join)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. economy grew by 5.4 percent. Prices fell.", 2),
        ("Mr. Okafor met Dr. Lindqvist at 5 p.m. on Tuesday.", 1),
        ("The vote ended at 5 p.m. The count began at once.", 2),
        ("Then George T.W. Marlowe spoke. J.-P. Orrin did not.", 2),
        ("The V.M. Band met U.S. President Anna L. Holm.", 1),
        ("She moved to the U.S. The court let her. He stayed in L.A. His dog did, too.", 4),
        ("J. K. Marlowe wrote it. Nobody read it.", 2),
        ("It cost $1.2 million. Nobody paid…", 2),
        ("First line without a stop\nSecond line", 2),
        ("«Nous partons.» Il est parti.", 2),
    ],
)
def test_news_is_cut_where_a_reader_would(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_a_short_quotation_stays_with_its_speaker() -> None:
    text = "“We will not sail. Not today. Not tomorrow,” said Ilse Brandt. The port closed."
    assert split(text) == ["“We will not sail. Not today. Not tomorrow,” said Ilse Brandt.", "The port closed."]


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_article() -> None:
    assert len(split('He said "no. ' + "The port is closed. " * 30)) > 20


@given(NEWSLIKE)
def test_spans_are_in_order_trimmed_and_lose_only_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(text[start:end] == text[start:end].strip() and start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join(split(text)).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")


def seconds(text: str) -> float:
    """The least of three, so that what else the machine does counts little."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        sentences(text)
        spent.append(time.process_time() - start)
    return min(spent)


@pytest.mark.parametrize(
    ("unit", "end"), [(".", "x"), ("a. b ", ""), ("a. ", ""), ('a. "', ""), ("“a. ", ""), (".)", "x"), ("。", "")]
)
def test_four_times_the_text_takes_about_four_times_as_long(unit: str, end: str) -> None:
    assert seconds(unit * 80_000 + end) < 10 * seconds(unit * 20_000 + end) + 0.01


@pytest.mark.parametrize("sentence", ["He left.", "He left.”", "„Er geht.“", "「我們走。」", "(He left!)", "वह गया।"])
def test_the_mark_with_which_a_sentence_ends(sentence: str) -> None:
    assert last_mark(sentence) in STOPS


@pytest.mark.parametrize("line", ["Gold: Mira Stoll", "Another storm looms", "", "“"])
def test_a_heading_ends_without_a_stop(line: str) -> None:
    assert last_mark(line) not in STOPS


@pytest.mark.parametrize(
    "found",
    [
        ["館長は「行く。必ず行く！」と述べた。", "次の文。"],
        ["“我来。”他说。", "下一句？"],
        ["पुल खुला।", "गाड़ियाँ चलीं॥", "फिर"],
        ["ស្ពានបើក។", "ទីពីរ។"],
        ["کیا پل کھلا؟", "ہاں۔"],
        ["Die Mauer wird bis zum 9. November gebaut.", "Im 19. Jahrhundert stand hier keine."],
        ["¿Quién abrió el puente?", "¡Nadie!"],
    ],
)
def test_stops_of_other_scripts_end_sentences(found: list[str]) -> None:
    text = " ".join(found)
    assert [text[start:end] for start, end in sentences(text)] == found


def test_writing_without_stops_is_split_at_spaces_that_come_late() -> None:
    found = ["เมืองเปิดสะพานใหม่ข้ามแม่น้ำเมื่อวันจันทร์ที่ผ่านมา", "นายกเทศมนตรีสมชาย ใจดีใช้ 900 ล้านบาท"]
    text = " ".join(found)
    assert [text[start:end] for start, end in sentences(text)] == found


@pytest.mark.parametrize(
    "line",
    ["Mira Stoll", "Tarn Gazette Business —", "More:Dam leaks at Tarn.", "What to know:", "Another storm looms"],
)
def test_what_is_no_whole_sentence(line: str) -> None:
    assert not is_whole(line)


def test_a_text_without_stops_writes_no_whole_sentences() -> None:
    line = "The council of Tarn met on Tuesday evening and closed the lock for the rest of the year"
    assert writes_whole(f"{line}.\n\nMira Stoll\n\n{line}.")
    assert not writes_whole(f"{line}\n{line}")
