"""The names under which data sets, programs and interfaces keep the parts of an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Literal, get_args

Role = Literal[
    "title",
    "text",
    "lead",
    "summary",
    "html",
    "url",
    "outlet",
    "published",
    "updated",
    "authors",
    "language",
    "origin",
    "guid",
]
TEXTS: tuple[Role, ...] = ("text", "lead", "summary", "html")  # of these a record needs one

# In order of trust. Names are compared without case, accents and the signs between their words, and their words in
# any order. Beside English, the words that people head columns with in other languages; two letters are the codes
# of Factiva.
NAMES: Mapping[Role, str] = {
    "title": """title, headline, heading, header, subject,
        titel, überschrift, schlagzeile, titre, título, titular, titolo, kop, koptekst, tytuł, nagłówek, manchete,
        rubrik, overskrift, tittel, otsikko, titulek, nadpis, başlık, cím, naslov, titlu, заголовок, название,
        标题, 標題, 題名, 見出し, タイトル, 제목, العنوان, hd, name""",
    "text": """text, body, content, article, article body, full text, main text, article text, body text, story,
        plain text, document, contents, transcript, self text, extracted text,
        inhalt, volltext, artikeltext, artikel, texte, corps, contenu, texto, contenido, cuerpo, testo, contenuto,
        corpo, articolo, tekst, inhoud, treść, conteúdo, brödtext, innehåll, brødtekst, indhold, innhold, teksti,
        sisältö, obsah, metin, içerik, szöveg, tartalom, conținut, текст, содержание, 正文, 内容, 內容, 本文, 본문,
        내용, النص, td""",
    "lead": """lead, lead paragraph, intro, standfirst, vorspann, chapô, entradilla, occhiello, ingress, lp""",
    "summary": """description, summary, abstract, snippet, content snippet, excerpt, teaser, highlights,
        beschreibung, zusammenfassung, kurzfassung, résumé, resumen, descripción, riassunto, sommario, descrizione,
        samenvatting, beschrijving, streszczenie, opis, resumo, descrição, sammanfattning, beskrivning, sammendrag,
        beskrivelse, tiivistelmä, souhrn, popis, özet, összefoglaló, rezumat, аннотация, описание, 摘要""",
    "html": "html, raw html, page html, source html, html content",
    "url": """url, link, canonical url, article url, web url, source url, permalink, uri, requested url, original url,
        external url, href, main entity of page, canonical, alternate, links,
        adresse, webadresse, lien, enlace, indirizzo, koppeling, adres, odnośnik, länk, lenke, linkki, odkaz,
        bağlantı, hivatkozás, ссылка, адрес, 链接, 網址, 网址, リンク, 링크, الرابط, source""",
    "outlet": """source, outlet, publisher, publication, newspaper, site name, publication name, publication title,
        pub title, source name, source title, media name, media outlet, outlet name, site, website, feed, provider,
        journal, paper, magazine, source hostname, hostname, domain, source domain, domain name, clean url,
        quelle, zeitung, medium, herausgeber, fuente, medio, periódico, fonte, testata, giornale, bron, krant,
        źródło, gazeta, jornal, veículo, tidning, källa, avis, kilde, lehti, lähde, zdroj, noviny, kaynak, gazete,
        forrás, újság, sursă, источник, издание, 来源, 來源, 媒体, 媒體, 新聞社, 출처, 언론사, المصدر, sn""",
    "published": """published at, published, date published, publication date, publish date, published date,
        published time, pub date, pub date time, date time pub, first published, date publish, iso date, story date,
        posted at, date posted, posted, published on, date, datetime, date time, timestamp, time,
        created at, created, date created, created time, ts,
        datum, erscheinungsdatum, veröffentlicht, veröffentlichungsdatum, veröffentlicht am, publié, publié le,
        fecha, fecha publicación, publicado, data, data pubblicazione, pubblicato, publicatiedatum, gepubliceerd,
        data publikacji, opublikowano, data publicação, publicerad, publiceringsdatum, dato, publisert, publiceret,
        päivämäärä, julkaistu, vydáno, tarih, yayın tarihi, dátum, megjelenés, dată, дата, дата публикации,
        опубликовано, 日期, 发布时间, 發布時間, 发布日期, 日付, 公開日, 날짜, التاريخ, pd, seen date""",
    "updated": """updated at, updated, date modified, date modify, modified, modified at, last modified,
        last updated, date updated, aktualisiert, aktualisiert am, mis à jour, actualizado, aggiornato, bijgewerkt,
        zaktualizowano, atualizado, uppdaterad, oppdatert, opdateret, обновлено, 更新时间""",
    "authors": """authors, author, byline, creator, writer, author name, author names, authors byline, reporter,
        journalist, published by, written by, contributors,
        autor, autoren, verfasser, auteur, auteurs, autora, autores, autore, autori, skribent, författare,
        forfatter, kirjoittaja, autoři, yazar, szerző, автор, авторы, 作者, 記者, 记者, 著者, 기자, 저자, الكاتب,
        by""",
    "language": """language, lang, in language, language code, sprache, langue, idioma, lingua, taal, język,
        språk, sprog, kieli, jazyk, dil, nyelv, язык, 语言, 語言, 言語, 언어, la""",
    "origin": "origin, agency, news agency, wire, agentur, agence, agencia, agenzia, persbureau",
    "guid": "guid",
}
# Words that go with any of the names without changing what it means, and words that only join others.
_QUALIFIERS = frozenset(
    "article story news web page post item doc document entry full original main clean cleaned raw plain short text"
    " html encoded string txt str s t dt utc gmt iso dc artikel noticia nouvelle nachricht notizia bericht"
    " artykuł integral completo".split()
)
_JOINING = frozenset("the of a an de la le du des del di della der die das do da".split())
_NEVER_QUALIFIED = frozenset({"name", "time", "media", "data"})
_WORD = re.compile(r"[^\W\d_]+?(?=(?<=[^\W\d_A-Z])[A-Z]|[\W\d_]|\Z)")
_DROPPED = str.maketrans("", "", "_- :.@/()")
_QUALIFIED = 1000  # such a name comes after all that are meant without a doubt
_LONGEST = 60


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A field name as it is compared."""
    plain = unicodedata.normalize("NFKD", name.strip(" \ufeff").casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_DROPPED)


@lru_cache(maxsize=4096)
def role(name: str) -> tuple[Role, int] | None:
    """What a field is by its name, and the place of the name in the order of trust; None where that says nothing.

    "source" is an outlet, and at some an address: its value tells.
    """
    if len(name) > _LONGEST or name.startswith("_"):  # "_source" of Elasticsearch is a wrapper
        return None
    known = _known()
    if found := known.get(key(name)):
        return found
    words = [word for part in _WORD.findall(name) if (word := key(part)) and word not in _JOINING]
    if found := known.get(" ".join(sorted(words))):
        return found
    found = next((found for part in _unqualified(words) if (found := known.get(part))), None)
    return (found[0], found[1] + _QUALIFIED) if found else None


def keys(*roles: Role) -> frozenset[str]:
    """The names of these roles as they are compared."""
    return frozenset(key(name) for role in roles for name in _listed(role))


def _unqualified(words: list[str]) -> list[str]:
    """The words without those at either end that only qualify, the most of them first."""
    spans = [(at, end) for at, end in product(range(len(words)), range(1, len(words) + 1)) if at < end]
    inner = [
        words[at:end]
        for at, end in sorted(spans, key=lambda span: span[0] - span[1])
        if end - at < len(words) and all(word in _QUALIFIERS for word in words[:at] + words[end:])
    ]
    return ["".join(part) for part in inner if "".join(part) not in _NEVER_QUALIFIED]


@lru_cache(maxsize=1)
def _known() -> Mapping[str, tuple[Role, int]]:
    """Names, and their words in alphabetical order, with their role and rank. The first role of a name counts."""
    found: dict[str, tuple[Role, int]] = {}
    for each in (role for role in get_args(Role) if role != "url"):
        _add(found, each)
    _add(found, "url")
    return found


def _add(found: dict[str, tuple[Role, int]], each: Role) -> None:
    for rank, name in enumerate(_listed(each)):
        found.setdefault(key(name), (each, rank))
        found.setdefault(" ".join(sorted(map(key, name.split()))), (each, rank))


def _listed(role: Role) -> list[str]:
    return [name for line in NAMES[role].split(",") if (name := " ".join(line.split()))]
