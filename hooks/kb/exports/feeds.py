"""What machines read beside ``cards.json``: changed cards as Atom, ``llms.txt``, plain-text cards, robots."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from kb.content import labels
from kb.content.cards import Card
from kb.pages.site import Site

MOST_ENTRIES = 30


def plain_cards(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every card as plain text, beside its page."""
    for card in site.library.cards.values():
        yield f"{card.url}index.txt", site.full_text(card) + "\n"


def atom(site: Site, title: str) -> str:
    """Return the feed of the cards verified last (RFC 4287), with what each is about."""
    cards = sorted(site.library.cards.values(), key=lambda card: (card.head.verified, card.id), reverse=True)
    entries = "".join(map(lambda card: _entry(card, site), cards[:MOST_ENTRIES]))
    updated = max(card.head.verified for card in cards)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh">\n'
        f"<title>{escape(title)}</title>\n<id>{escape(site.site_url)}</id>\n"
        f'<link href="{escape(site.site_url)}"/><link rel="self" href="{escape(site.site_url)}atom.xml"/>\n'
        f"<updated>{updated}T00:00:00Z</updated>\n<author><name>{escape(title)}</name></author>\n"
        f"{entries}</feed>\n"
    )


def _entry(card: Card, site: Site) -> str:
    head = card.head
    return (
        f"<entry><title>{escape(head.title)}</title><id>{escape(site.address(card))}</id>"
        f'<link href="{escape(site.site_url + card.url)}"/><updated>{head.verified}T00:00:00Z</updated>'
        f"<summary>{escape(head.changed)}。{escape(head.summary)}</summary></entry>\n"
    )


def llms(site: Site, title: str, description: str) -> str:
    """Return ``llms.txt`` (llmstxt.org form): what the site is, and every card as plain text."""
    lines = [f"# {title}", "", f"> {description}", ""]
    lines += [
        "一张卡片一个答案；每张都有纯文本版。引用时请带上编号和核实日期，不要把“未见证据”的当成事实。",
        "",
    ]
    for topic in site.library.topics.entries:
        for kind, name in labels.KINDS.items():
            cards = site.library.of_kind(kind, topic.id)
            if cards:
                lines += [f"## {topic.name}：{name}", ""]
                lines += [f"- [{c.id} {c.head.title}]({c.url}index.txt): {c.head.summary}" for c in cards]
                lines.append("")
    return "\n".join(
        [
            *lines,
            "## 数据",
            "",
            "- [全部卡片](cards.json)，格式见 schema/cards.schema.json",
            "- [决策树](tree.json)，格式见 schema/tree.schema.json",
            "",
        ]
    )


def robots(site: Site) -> str:
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.site_url}sitemap.xml\n"


def opensearch(site: Site, title: str) -> str:
    """Return the OpenSearch description (1.1), so that browsers can search the site from the address bar."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(title[:16])}</ShortName><Description>{escape(title)}</Description>"
        "<InputEncoding>UTF-8</InputEncoding>"
        f'<Url type="text/html" template="{escape(site.site_url)}?q={{searchTerms}}"/>'
        "</OpenSearchDescription>\n"
    )
