"""``atom.xml``: the cards that were verified last."""

from __future__ import annotations

from kb.content.cards import Card
from kb.content.schema import Head
from kb.exports.xml import escape, quoteattr
from kb.pages.site import Site

MOST_ENTRIES = 30
"""Cards in the feed."""


def atom(site: Site) -> str:
    """Return the feed of the cards verified last (RFC 4287), with what each is about."""
    cards = sorted(site.library.cards.values(), key=lambda c: (c.head.verified, c.order), reverse=True)
    entries = "".join(_entry(card, site) for card in cards[:MOST_ENTRIES])
    address, feed = quoteattr(site.site_url), quoteattr(f"{site.site_url}atom.xml")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh">\n'
        f"<title>{escape(site.name)}</title>\n<id>{escape(site.site_url)}</id>\n"
        f'<link href={address}/><link rel="self" href={feed}/>\n'
        f"<updated>{site.newest}T00:00:00Z</updated>\n<author><name>{escape(site.name)}</name></author>\n"
        f"{entries}</feed>\n"
    )


def _entry(card: Card[Head], site: Site) -> str:
    head = card.head
    return (
        f"<entry><title>{escape(head.title)}</title><id>{escape(site.address(card))}</id>"
        f"<link href={quoteattr(site.site_url + card.url)}/><updated>{head.verified}T00:00:00Z</updated>"
        f"<summary>{escape(head.changed)}。{escape(head.summary)}</summary></entry>\n"
    )
