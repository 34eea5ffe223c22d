"""A feed of each kind, and parts of others."""

from __future__ import annotations

HEAD = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Post</title>'
    "<link>https://harbourpost.example/</link>"
)
SENTENCE = "The council of Lisk voted on the ferry budget, and nobody was surprised by it. "
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://gazette.example/news/">
  <title>Valley Gazette</title>
  <link rel="self" href="https://gazette.example/feed.atom"/><link href="https://gazette.example/"/>
  <entry>
    <id>tag:gazette.example,2026:7</id><title type="html">Dam &amp;amp; drains</title>
    <link rel="enclosure" href="sound.mp3"/><link rel="alternate" href="dam.html"/>
    <published>2026-10-08T07:30:15+02:00</published><updated>2026-10-08T09:00:01.250Z</updated>
    <author><name>Leonie Arkwell</name></author><author><name>Tom Ferris</name></author>
    <summary>Engineers found a crack in the dam.</summary>
    <content type="xhtml">
      <div xmlns="http://www.w3.org/1999/xhtml"><p>Engineers found a <b>crack</b>.</p></div>
    </content>
  </entry>
</feed>"""
RDF = """<?xml version="1.0" encoding="iso-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://skerrin.example/rdf"><title>Skerrin Funk</title><link>https://skerrin.example/</link>
    <items><rdf:Seq><rdf:li rdf:resource="https://skerrin.example/1"/></rdf:Seq></items></channel>
  <item rdf:about="https://skerrin.example/1"><title>Fähre fährt wieder</title>
    <link>https://skerrin.example/1</link><description>Die Fähre fährt ab Montag.</description>
    <dc:date>2026-10-23T05:06:07Z</dc:date><dc:creator>Jörg Höhn</dc:creator></item>
</rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Lisk Wire",
    "home_page_url": "https://wire.example/",
    "items": [
        {
            "id": 17,
            "url": "/a/17",
            "title": "Trams & trains",
            "content_text": "Trams < trains, the city said on Monday.",
            "date_published": "2026-10-01T10:20:30-04:00",
            "date_modified": "2026-10-02T00:00:00Z",
            "authors": [{"name": "Ada Lind"}],
        }
    ],
}
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc>https://wire.example/b/2</loc><image:image><image:loc>https://wire.example/p.jpg</image:loc>
    <image:title>A photo</image:title></image:image>
    <news:news><news:publication><news:name>Lisk Wire</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2026-10-03T08:09:10Z</news:publication_date><news:title>Bridge opens at last</news:title>
    </news:news></url></urlset>"""


def rss(*items: str, head: str = HEAD) -> bytes:
    return f"{head}{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>".encode()
