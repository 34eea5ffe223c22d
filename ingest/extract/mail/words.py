"""The words of mail programs: the fields above a message that was passed on, and what they put before a subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from ingest.language.text import squeeze

Field = Literal["sender", "sent", "subject", "other"]

# As Outlook, Gmail, Apple Mail, Thunderbird and Yahoo label the fields in their translations: English first, then
# German, French, Spanish, Portuguese, Italian, Dutch, Danish, Norwegian, Swedish, Finnish, Polish, Czech, Slovak,
# Hungarian, Romanian, Croatian, Estonian, Turkish, Russian, Ukrainian, Greek, Chinese, Japanese, Korean, Arabic,
# Hebrew.
FIELDS: Mapping[Field, str] = {
    "sender": """from, von, de, expéditeur, remitente, remetente, da, mittente, van, afzender, fra, från,
        avsändare, lähettäjä, od, nadawca, odesílatel, odosielateľ, feladó, de la, expeditorul, expeditor,
        šalje, saatja, kimden, gönderen, от, от кого, отправитель, від, від кого, από, 发件人, 寄件者, 寄件人,
        差出人, 送信者, 보낸 사람, من, מאת""",
    "sent": """date, sent, sent at, sent on, date sent, datum, gesendet, gesendet am, envoyé, envoyé le,
        date d'envoi, fecha, enviado, enviado el, data, enviado em, enviada, enviada em, data de envio,
        inviato, inviato il, data invio, verzonden, verzonden op, dato, sendt, sendt den, skickat, lähetetty,
        pvm, päiväys, päivämäärä, wysłano, wysłane, data wysłania, odesláno, odoslané, dátum, küldve, elküldve,
        trimis, poslano, kuupäev, saadetud, tarih, gönderildi, gönderilme tarihi, дата, отправлено,
        дата отправки, надіслано, ημερομηνία, στάλθηκε, 日期, 发送时间, 发送日期, 寄件日期, 傳送時間, 日付,
        日時, 送信日時, 날짜, 보낸 날짜, 보낸 시간, تاريخ, التاريخ, תאריך, נשלח""",
    "subject": """subject, betreff, objet, sujet, asunto, assunto, oggetto, onderwerp, emne, ämne, aihe, temat,
        předmět, predmet, tárgy, subiect, subiectul, naslov, teema, konu, тема, θέμα, 主题, 主題, 主旨, 件名,
        제목, الموضوع, נושא""",
    "other": """to, cc, bcc, reply-to, importance, attachments, resent-from, list-id, an, kopie, antwort an, à,
        pour, cci, répondre à, para, cco, responder a, responder para, a, ccn, rispondi a, aan, antwoord aan,
        til, kopi, till, kopia, vastaanottaja, kopio, do, dw, adresat, komu, kópia, címzett, másolatot kap,
        către, destinatarul, prima, saaja, kime, bilgi, кому, копия, копія, προς, κοιν., 收件人, 收件者, 抄送,
        副本, 宛先, 받는 사람, 참조, إلى, אל""",
}
# After Wikipedia's “List of email subject abbreviations”. “VS” is a reply in Finnish, but passed on in Danish and
# Norwegian.
REPLIES = frozenset(
    "re aw antw antwort sv res rif r odp ynt vá atb ha απ σχετ ответ відп 回复 回覆 答复 답장".split()
)
FORWARDS = frozenset(
    "fw fwd wg tr rv enc i vs doorst vb vl pd ilt i̇lt továbbítás redir videresend fs πρθ 转发 轉寄 전달".split()
)
_PREFIX = re.compile(r"\s{0,9}([^\W\d_]\S{0,14}?)\.?(?:[\[(]\d{1,2}[\])])?\s?[:：]\s{0,9}")
_MOST_PREFIXES = 10
_LONGEST_NAME, _LONGEST_VALUE = 40, 1000


def field(line: str) -> tuple[Field, str] | None:
    """The field that a line names, and its value; None where it names none."""
    name, colon, value = line.replace("：", ":", 1).partition(":")
    known = _fields().get(_folded(name)) if colon and len(name) <= _LONGEST_NAME else None
    return (known, squeeze(value[:_LONGEST_VALUE]).strip("* ")) if known else None


def without_prefixes(subject: str) -> str:
    """A subject without “Re:”, “Fwd:” and their like."""
    for _ in range(_MOST_PREFIXES):
        word, end = _prefix(subject)
        if word not in REPLIES and word not in FORWARDS:
            break
        subject = subject[end:]
    return subject


def is_reply(subject: str) -> bool:
    """Whether the mail program says that a message answers another one."""
    return _prefix(subject)[0] in REPLIES


def is_forward(subject: str, *, of: str) -> bool:
    """Whether a message with this subject passes on one with the subject `of`: by its prefix, or being the same."""
    same = without_prefixes(subject).casefold() == without_prefixes(of).casefold()
    return _prefix(subject)[0] in FORWARDS or (bool(of) and same)


def _prefix(subject: str) -> tuple[str, int]:
    match = _PREFIX.match(subject)
    return (match[1].casefold(), match.end()) if match else ("", 0)


def _folded(name: str) -> str:
    return squeeze(name).strip("* ").casefold().replace("’", "'")


@lru_cache(maxsize=1)
def _fields() -> Mapping[str, Field]:
    return {_folded(name): kind for kind, names in FIELDS.items() for name in names.split(",")}
