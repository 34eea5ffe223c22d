"""Where the free part of an article stops: an offer to subscribe or log in, and to read on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Any

from ingest.extract.body.hidden import drop
from ingest.extract.body.paragraphs import HEADS, line_of
from ingest.language.scripts import begins_unspaced
from ingest.language.text import squeeze

# By language: how words about subscribing and logging in begin, and how those about reading on do.
_WORDS = {
    "en": (
        "subscri|sign in|sign up|log in|login|register to|free account|members only|for members|for our members"
        "|articles left|articles remaining|article left|stories left|stories remaining",
        "read|continu|unlock|full story|full article|rest of|exclusive for|free article|free stor",
    ),
    "de": ("abo|abos|abonn|anmeld|einlog|registrier", "lesen|liest|lest|weiterles|gelesen|artikel|zugriff|inhalt"),
    "fr": ("abonn|identifi|connect|inscri|adhér", "lire|lecture|la suite|article|accéd|réserv"),
    "es": (
        "suscri|suscrí|inicia sesión|iniciar sesión|inicie sesión|regístr|socio",
        "leer|leyendo|lectura|nota|artículo|contenido",
    ),
    "ca": ("subscri", "llegi|article|contingut"),
    "pt": (
        "assin|subscr|cadastr|iniciar sessão|inicie sessão",
        "ler|lendo|leia|leitura|artigo|matéria|conteúdo|reportagem",
    ),
    "it": ("abbon|accedi|registra", "legg|lettura|articol|contenut"),
    "ro": ("abon|autentific|conect", "cit|articol|conținut"),
    "nl": ("abonn|inlog|log in|aanmeld|registreer|lid", "lees|lezen|artikel|verder"),
    "sv": ("prenumer|logga in|abonn", "läs|artikel"),
    "da": ("abonn|log ind|login", "læs|artikel"),
    "no": ("abonn|logg inn", "les|saken|artikkel"),
    "is": ("áskri|skráðu", "lesa|lestu|frétt"),
    "fi": ("tilaa|tilaus|kirjaudu", "lue|luke|jut|artikkel"),
    "et": ("tell|logi", "loe|luge|artik"),
    "lv": ("abon|pieslēdz|reģistr", "las|raks"),
    "lt": ("prenumer|prisijung", "skait|straips"),
    "pl": ("prenumer|subskry|zaloguj|abonam|wykup", "czyt|artyku|dalsz|całoś|treś|materia"),
    "cs": ("předplat|přihla|registr", "čtěte|čten|číst|člán|pokrač|obsah"),
    "sk": ("predplat|prihlás|registr", "číta|člán|pokrač|obsah"),
    "hu": ("előfizet|jelentkezz|regisztr", "olvas|cikk|tartal"),
    "hr": ("pretplat|prijavi|registr", "čita|člana|sadržaj"),
    "sl": ("naroč|prijavi", "bra|prebe|člane|vsebin"),
    "ru": ("подпис|войдите|зареги|авториз", "чита|дочит|прочит|стать|материал|текст"),
    "uk": ("підпис|передплат|увійд|зареєстр", "чита|прочит|статт|матеріал|текст"),
    "bg": ("абон|впишете|регистр", "чет|проче|стати|съдържан"),
    "sr": ("претплат|пријави", "чита|члан|садржај"),
    "el": ("συνδρομ|συνδεθ|εγγραφ", "διαβ|άρθρ|περιεχ"),
    "tr": ("abone|üye|giriş yap", "oku|haber|içeri|makale"),
    "id": ("langgan|berlangganan|masuk|daftar", "baca|membaca|artikel|berita"),
    "vi": ("đăng ký|đăng nhập", "đọc|bài"),
    "ar": ("اشترك|اشتراك|الاشتراك|للمشتركين|سجل", "قراءة|اقرأ|لقراءة|المقال|المحتوى"),
    "fa": ("اشتراک|مشترک|وارد شوید", "خواندن|مطالعه|مطلب|مقاله"),
    "he": ("מנוי|למנויים|המנויים|התחבר|להתחבר", "לקרוא|קריאה|להמשך|כתבה|הכתבה|המאמר"),
    "hi": ("सदस्य|सब्सक्राइब|लॉग", "पढ़|लेख|खबर"),
}
# In writing without spaces between words.
_UNPARTED = {
    "ja": ("会員|購読|ログイン|登録", "読|記事|続き|残り"),
    "zh": ("订阅|訂閱|会员|會員|登录|登入", "阅读|閱讀|全文|文章|内容|內容"),
    "ko": ("구독|로그인|회원", "읽|기사|콘텐츠"),
    "th": ("สมัคร|เข้าสู่ระบบ|สมาชิก", "อ่าน|บทความ"),
}
_OFFERS = tuple(
    (tuple(account.split("|")), tuple(reading.split("|")))
    for account, reading in (*_WORDS.values(), *_UNPARTED.values())
)
_WORD = re.compile(r"\w+")
_ACCOUNTS = tuple(stem for account, _ in _OFFERS for stem in account)
# What else one subscribes to.
_LETTER = re.compile(
    "news-?letter|e-?mail|inbox|podcast|you ?tube|whats ?app|telegram|notification|nieuwsbrief|nyhe[td]sbrev"
    "|infolettre|bolet[íi]n|hírlevél|zpravodaj|biuletyn|рассыл|розсил|uutiskirje|bülten|メール|ニュースレター|뉴스레터",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’'»)]{0,2}\s{0,3}")
# What programs and their users call the box that stops a reader, as a class or id.
_WALL = re.compile(
    r"(?:^|[\s_-])(?:pay|reg|registration|meter|metered|subscription|login)[_-]?wall(?![a-z])", re.IGNORECASE
)
_BOUNDS = ("main", "body", "header", "footer", "nav")
_PRESSED = "ancestor-or-self::a | ancestor-or-self::button | .//a[@href] | .//button | .//input"
_LONGEST, _LONGEST_LINE, _LONG, _MOST, _MOST_AFTER = 500, 80, 80, 8, 50


def is_offer(line: str) -> bool:
    """Whether a short text is about subscribing or logging in, and about reading; letters are none."""
    folded = line.casefold()
    words = _WORD.findall(folded)
    if not _has(_ACCOUNTS, words, folded):
        return False
    found = any(_has(account, words, folded) and _has(reading, words, folded) for account, reading in _OFFERS)
    return found and not _LETTER.search(line)


def _has(stems: tuple[str, ...], words: list[str], line: str) -> bool:
    """Whether a word begins so; of several words, and of those that are written together, whether they occur."""
    in_line = (stem in line for stem in stems if " " in stem or begins_unspaced(stem))
    return any(word.startswith(stems) for word in words) or any(in_line)


def drop_offer(holder: Any) -> bool:
    """Take the offer behind the text, with what follows it in its place, out of the page. Whether there was one.

    `holder` is the element among whose children the paragraphs are.
    """
    for box in _behind_text(holder):
        line = line_of(box)
        told_apart = len(line) <= _LONGEST_LINE or box.xpath(_PRESSED) or next(box.iter(*HEADS), None) is not None
        if told_apart and (is_offer(line) or _is_wall(box)) and not _goes_on(box):
            for one in [box, *box.itersiblings()]:
                drop(one)
            return True
    return False


def _is_wall(box: Any) -> bool:
    """Whether its class or id, or that of what is alone in it, calls a box a paywall."""
    names = (f"{one.get('class') or ''} {one.get('id') or ''}" for one in (box, *box[:1]))
    return any(_WALL.search(name) for name in names)


def _goes_on(box: Any) -> bool:
    """Whether paragraphs of the article stand behind it."""
    around = next(box.iterancestors("article", "main", "body"), None)
    after = box.xpath(f"following::p[string-length(normalize-space()) > {_LONG}]")
    return any(around in one.iterancestors() for one in after[:_MOST_AFTER])


def _behind_text(holder: Any) -> Iterator[Any]:
    """The short elements behind the last long paragraph, in what holds the paragraphs and around it."""
    inside = (one for one in reversed(holder) if _start(one))
    yield from reversed(list(takewhile(_is_short, islice(inside, _MOST))))
    around = takewhile(lambda step: step.tag not in _BOUNDS, (holder, *holder.iterancestors()))
    yield from filter(_is_short, islice((one for step in around for one in step.itersiblings()), _MOST))


def _is_short(element: Any) -> bool:
    line = _start(element)
    return 0 < len(line) <= _LONGEST and (element.tag != "p" or len(line) <= _LONG or is_offer(line))


def _start(element: Any) -> str:
    """Its text on one line, or more of it than an offer has."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > _LONGEST:
            break
    return squeeze("".join(parts))


def without_offer(text: str) -> str:
    """The text without an offer in the last sentence of its last line: "… To read the full story, subscribe"."""
    line = text.rpartition("\n")[2]
    ends = [match.end() for match in _SENTENCE_END.finditer(line)]
    starts = [end for end in (0, *ends) if len(line) - end <= _LONGEST_LINE]
    start = next((end for end in reversed(starts) if is_offer(line[end:])), None)
    return text if start is None else text[: len(text) - len(line) + start].rstrip()
