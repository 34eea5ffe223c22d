"""Messages into articles: what the headers say, which part is read, what is not the letter."""

from __future__ import annotations

import base64
import re
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ExtractError, IngestError, NotAnArticle
from ingest.extract.extract import extract
from ingest.types import Article, Page
from tests.ingest.made import TEXT, a_message

LETTER = f"""<html><head><style>p {{ color: red }}</style></head><body>
<div style="display:none">Preview text that nobody sees &zwnj;&nbsp;&zwnj;</div>
<table><tr><td>
<a href="https://harbour.example/letters/ferry?utm_source=mail">View this email in your browser</a></td></tr>
<tr><td>Was this email forwarded to you? <a href="https://harbour.example/join">Sign up here</a></td></tr>
<tr><td><h1>Ferry sails again</h1></td></tr>
<tr><td><p>{TEXT}</p><p>The council meets on <b>Tuesday</b> about the fares.</p></td>
<td><p>Bridge closed on Sunday.</p></td></tr>
<tr><td>Related</td></tr><tr><td><p>The lantern festival moves to the old airfield of Skerrin this year.</p></td></tr>
<tr><td>You are receiving this email because you signed up at harbour.example.</td></tr>
<tr><td><a href="https://harbour.example/u">Unsubscribe</a> |
<a href="https://harbour.example/p">Manage your preferences</a></td></tr>
<tr><td>© 2026 Harbour Letter. All rights reserved. 1 Quay Road, Port Ellery</td></tr></table></body></html>"""

RULE = "---------- Forwarded message ---------"
FIELDS = {
    "Subject": "Crack in the dam",
    "Date": "Thu, 8 Oct 2026 09:14:22 +0200",
    "From": "Valley Gazette <news@valley.example>",
    "To": "friend@home.example",
}


def article_of(content: bytes) -> Article:
    [article] = extract(Page("letters.mbox", content, "message/rfc822", item="message 1"))
    return article


def test_the_headers_tell_title_outlet_and_time() -> None:
    article = article_of(a_message())
    assert (article.title, article.outlet, article.text) == ("Ferry sails again", "Harbour Letter", TEXT)
    assert article.published == datetime(2026, 10, 24, 6, 30, 15, tzinfo=UTC)
    assert article.published_precision == "second"
    assert article.url is None


def test_the_furniture_of_a_letter_does_not_stay_in_its_text() -> None:
    article = article_of(a_message(LETTER, kind="text/html; charset=utf-8"))
    assert article.text == (
        f"{TEXT}\n\nThe council meets on Tuesday about the fares.\n\nBridge closed on Sunday.\n\n"
        "The lantern festival moves to the old airfield of Skerrin this year."
    )
    assert article.url == "https://harbour.example/letters/ferry"


def test_a_plain_letter_is_unwrapped_and_loses_its_links_and_its_footer() -> None:
    body = (
        "View this email in your browser (https://harbour.example/letters/ferry)\n\n"
        "The ferry between Port Ellery and the islands sails again from Saturday\n"
        "morning, the harbour office said [https://harbour.example/x] in a state-\n"
        "ment. Crews accepted a raise of 6 percent after a strike of seventeen days,\n"
        "and the first boat leaves at seven, well before the market opens.\n\n"
        "- First boat: seven\n- Last boat: nine\n\n"
        "---------------------------------------\n"
        "To unsubscribe from this list click https://harbour.example/u\n"
    )
    assert article_of(a_message(body)).text == (
        "The ferry between Port Ellery and the islands sails again from Saturday morning, the harbour office said in "
        "a state-ment. Crews accepted a raise of 6 percent after a strike of seventeen days, and the first boat "
        "leaves at seven, well before the market opens.\n\n- First boat: seven\n- Last boat: nine"
    )


def test_html_is_read_before_plain_text_and_attachments_never() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Harbour Letter <letter@harbour.example>", "Ferry sails again"
    message.set_content("View this letter in your browser.")
    message.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    message.add_attachment("An attached text that is long enough to be one.", filename="a.txt")
    assert article_of(message.as_bytes()).text == TEXT


def test_the_plain_text_is_read_where_the_html_holds_next_to_nothing() -> None:
    message = EmailMessage()
    message["From"] = "letter@harbour.example"
    message.set_content(TEXT)
    message.add_alternative("<a href='https://harbour.example/1'>View online</a><img src='x.png'>", subtype="html")
    article = article_of(message.as_bytes())
    assert (article.text, article.outlet, article.url) == (TEXT, "harbour.example", "https://harbour.example/1")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: Ferry sails again", "Ferry sails again"),
        ("Re: FW: AW: Ferry sails again", "Ferry sails again"),
        ("=?utf-8?q?F=C3=A4hre_f=C3=A4hrt?= wieder", "Fähre fährt wieder"),
        ("=?x-unknown?q?F=E4hre?= again", "Fähre again"),
        ("=?utf-8?b?broken", "=?utf-8?b?broken"),
        ("Reuters: ferry sails", "Reuters: ferry sails"),
    ],
)
def test_a_subject_is_decoded_and_loses_what_mail_programs_put_before_it(subject: str, title: str) -> None:
    assert article_of(a_message(headers={"Subject": subject})).title == title


def test_a_letter_that_was_passed_on_is_the_one_who_wrote_it() -> None:
    body = (
        "Worth reading!\n\n---------- Forwarded message ---------\n"
        "From: Valley Gazette <news@valley.example>\nDate: Thu, Oct 8, 2026 at 9:14 AM\n"
        f"Subject: Crack in the dam\nTo: <friend@home.example>\n\n\n{TEXT}\n"
    )
    article = article_of(
        a_message(body, headers={"Subject": "Fwd: Crack in the dam", "From": "A Friend <f@x.example>"})
    )
    assert (article.outlet, article.title, article.text) == ("Valley Gazette", "Crack in the dam", TEXT)
    assert article.published == datetime(2026, 10, 8, tzinfo=UTC)
    assert article.published_precision == "day"


@pytest.mark.parametrize(
    ("above", "head"),
    [
        ("FYI\n________________________________", "De|Enviado|Para|Asunto: jueves, 8 de octubre de 2026 9:14"),
        ("Début du message transféré :", "De |Date |À |Objet : 8 octobre 2026 à 09:14:22 UTC+2"),
        ("Da leggere", "Da|Inviato|A|Oggetto: giovedì 8 ottobre 2026 09:14"),
        ("---------- Forwarded message ---------", "Van|Date|To|Subject: do 8 okt 2026 om 09:14"),
        ("Início da mensagem reencaminhada:", "De|Data|Para|Assunto: 8 de outubro de 2026 às 09:14:22 WEST"),
        ("-----Wiadomość oryginalna-----", "Od|Wysłano|Do|Temat: czwartek, 8 października 2026 09:14"),
        ("Kolla", "*Från|*Skickat|*Till|*Ämne:* den 8 oktober 2026 09:14"),
        ("Start på videresendt besked:", "Fra|Dato|Til|Emne: 8. oktober 2026 kl. 09.14.22 CEST"),
        ("Katso", "Lähettäjä|Lähetetty|Vastaanottaja|Aihe: torstai 8. lokakuuta 2026 9.14"),
        (
            "-- \nThe friend's own signature\n\n-------- Пересылаемое сообщение --------",
            "От|Дата|Кому|Тема: 8 окт. 2026 г. в 09:14",
        ),
        ("请看", "发件人|发送时间|收件人|主题： 2026年10月8日 9:14"),
    ],
)
def test_the_fields_of_a_letter_that_was_passed_on_are_known_in_many_languages(above: str, head: str) -> None:
    names, colon, sent = re.split("(：|:[*]?)", head, maxsplit=1)
    values = ("Valley Gazette <news@valley.example>", sent.strip(), "friend@home.example", "Crack in the dam")
    fields = "\n".join(f"{name}{colon} {value}" for name, value in zip(names.split("|"), values, strict=True))
    article = article_of(a_message(f"{above}\n\n{fields}\n\n{TEXT}\n", headers={"Subject": "TR: Crack in the dam"}))
    assert (article.outlet, article.title, article.text) == ("Valley Gazette", "Crack in the dam", TEXT)
    assert article.published is not None
    assert article.published.date() == date(2026, 10, 8)


def test_the_clock_of_a_letter_that_was_passed_on_counts_where_its_zone_is_told() -> None:
    fields = "".join(f"{name}: {value}\n" for name, value in FIELDS.items())
    article = article_of(a_message(f"{RULE}\n{fields}\n{TEXT}", headers={"Subject": "Fwd: Crack in the dam"}))
    assert article.published == datetime(2026, 10, 8, 7, 14, 22, tzinfo=UTC)
    assert article.published_precision == "second"


def test_the_fields_may_stand_in_a_table_or_be_quoted() -> None:
    rows = "".join(f"<tr><th>{name}: </th><td>{value}</td></tr>" for name, value in FIELDS.items())
    table = f"<p>Look</p>-------- Forwarded Message --------<table>{rows}</table><br><p>{TEXT}</p>"
    quoted = "".join(f"> {name}: {value}\n" for name, value in FIELDS.items()) + f">\n> {TEXT}\n"
    for body, kind in ((table, "text/html"), (f"Look\n\n{quoted}", "text/plain")):
        article = article_of(a_message(body, kind=kind, headers={"Subject": "Fwd: Crack in the dam"}))
        assert (article.outlet, article.title, article.text) == ("Valley Gazette", "Crack in the dam", TEXT)


def test_of_what_was_passed_on_twice_the_first_writer_counts() -> None:
    inner = "".join(f"{name}: {value}\n" for name, value in FIELDS.items())
    body = f"{RULE}\nFrom: Ann <a@x.example>\nSubject: Fwd: Crack in the dam\n\nLook\n\n{RULE}\n{inner}\n{TEXT}"
    assert article_of(a_message(body, headers={"Subject": "Fwd: Fwd: Crack in the dam"})).outlet == "Valley Gazette"


@pytest.mark.parametrize("subject", ["Re: Crack in the dam", "The council was warned"])
def test_a_message_that_a_reply_quotes_or_a_letter_prints_was_not_passed_on(subject: str) -> None:
    fields = "".join(f"{name}: {value}\n" for name, value in FIELDS.items())
    article = article_of(a_message(f"{TEXT}\n\n{fields}\nIt leaks.\n", headers={"Subject": subject}))
    assert article.outlet == "Harbour Letter"
    assert article.text.startswith(TEXT)


@pytest.mark.parametrize(("kind", "packed"), [("message/rfc822", False), ("message/rfc822", True), ("text/x", True)])
def test_of_a_message_with_another_one_attached_that_is_the_article(kind: str, *, packed: bool) -> None:
    encoding, content = ("base64", base64.encodebytes(a_message())) if packed else ("8bit", a_message())
    part = (
        f'Content-Type: {kind}; name="x.eml"\nContent-Disposition: attachment\nContent-Transfer-Encoding: {encoding}'
    )
    body = b"--b\n\nLook at this, it is worth it.\n--b\n" + part.encode() + b"\n\n" + content + b"\n--b--\n"
    head = b"From: Ann <a@x.example>\nSubject: Fwd: look\nContent-Type: multipart/mixed; boundary=b\n\n"
    article = article_of(head + body)
    assert (article.title, article.outlet, article.text) == ("Ferry sails again", "Harbour Letter", TEXT)
    assert article.id == article_of(a_message()).id


def test_every_message_of_a_digest_is_an_article() -> None:
    parts = b"".join(b"--b\n\n" + a_message(headers={"Message-ID": f"<{n}@x>"}) + b"\n" for n in range(3))
    head = b"From: l@x.example\nSubject: Digest\nContent-Type: multipart/digest; boundary=b\n\n"
    articles = extract(Page("a.eml", head + parts + b"--b--\n", "message/rfc822"))
    assert len({article.id for article in articles}) == 3


def test_a_charset_of_a_header_may_be_one_of_japan_or_named_wrong() -> None:
    assert article_of(a_message(headers={"Subject": "=?shift_jis?b?lmiSqpLn?="})).title == "防潮堤"


def test_the_address_of_the_message_itself_is_taken_and_that_of_the_list_is_not() -> None:
    headers = {
        "List-Archive": "<https://lists.example/harbour>",
        "Archived-At": "<https://lists.example/harbour/msg/17>",
    }
    assert article_of(a_message(headers=headers)).url == "https://lists.example/harbour/msg/17"
    assert article_of(a_message(headers={"List-Archive": headers["List-Archive"]})).url is None


@pytest.mark.parametrize(
    ("body", "kind", "url"),
    [
        (f"View this email in your browser: https://h.example/l/7\n\n{TEXT}", "text/plain", "https://h.example/l/7"),
        (f"Ver en el navegador\n<https://h.example/l/7>\n\n{TEXT}", "text/plain", "https://h.example/l/7"),
        (f"{TEXT}\n\nRead more: https://click.example/t/1", "text/plain", None),
        (f"<p>{TEXT}</p><a href='https://click.example/t/1'>Read more</a>", "text/html", None),
        (f"<head><meta property='og:url' content='https://h.example'></head><p>{TEXT}</p>", "text/html", None),
    ],
)
def test_a_link_is_the_address_only_where_it_says_so(body: str, kind: str, url: str | None) -> None:
    assert article_of(a_message(body, kind=kind)).url == url


def test_each_message_is_an_article_of_its_own_under_the_same_title_and_address() -> None:
    first = a_message(headers={"Archived-At": "<https://lists.example/a/latest>"})
    other = a_message(
        TEXT + " More.", headers={"Archived-At": "<https://lists.example/a/latest>", "Message-ID": "<2@x>"}
    )
    assert article_of(first).id != article_of(other).id
    assert article_of(first).id == article_of(first.replace(TEXT.encode(), b"It was corrected at noon on Monday.")).id


@pytest.mark.parametrize("said", ["", "yesterday", "Sat, 99 Oct 2026 08:30:15 +0200", "Sat, 24 Oct 0026 08:30 +9999"])
def test_a_message_without_a_usable_date_is_undated(said: str) -> None:
    assert article_of(a_message(headers={"Date": said})).published is None


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [
        ("windows-1252", "Fähre “fährt” wieder. ".encode("cp1252")),
        ("x-no-such-charset", "Fähre “fährt” wieder. ".encode()),
        ("us-ascii", "Fähre “fährt” wieder. ".encode()),
    ],
)
def test_a_charset_that_is_named_wrong_or_not_known_does_no_harm(charset: str, encoded: bytes) -> None:
    head, _, _ = a_message(kind=f"text/plain; charset={charset}").partition(b"\r\n\r\n")
    assert article_of(head + b"\r\n\r\n" + encoded * 3).text.startswith("Fähre “fährt” wieder.")


def test_base64_that_is_cut_off_gives_what_there_is() -> None:
    body = base64.b64encode((TEXT * 3).encode()).decode()[:-7]
    assert article_of(a_message(body, headers={"Content-Transfer-Encoding": "base64"})).text.startswith(TEXT)


@pytest.mark.parametrize(
    "content", [b"", b"no headers", b"From: x\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a"]
)
def test_a_message_without_text_is_no_article(content: bytes) -> None:
    with pytest.raises(NotAnArticle):
        article_of(content)


def test_parts_nested_without_end_are_refused() -> None:
    layers = [f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}" for n in range(2000)]
    with pytest.raises((ExtractError, NotAnArticle)):
        article_of("\r\n".join([*layers, "Content-Type: text/plain", "", TEXT]).encode())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 900))
def test_a_message_with_anything_in_it_is_an_article_or_a_stated_reason(noise: bytes, at: int) -> None:
    content = a_message(LETTER[:600], kind="text/html; charset=utf-8")
    try:
        found = article_of(content[:at] + noise + content[at:]).text
    except IngestError as error:
        found = error.message
    assert found
