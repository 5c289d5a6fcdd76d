"""What language models and crawlers read: ``llms.txt``, every card as plain text, ``robots.txt``."""

from __future__ import annotations

from collections.abc import Iterator

from kb.pages.site import Site


def plain_cards(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every card as plain text, beside its page."""
    for card in site.library.cards.values():
        yield f"{card.url}index.txt", site.full_text(card) + "\n"


def llms(site: Site) -> str:
    """Return ``llms.txt`` (llmstxt.org form): what the site is, and every card as plain text."""
    lines = [f"# {site.name}", "", f"> {site.description}", ""]
    lines += [
        "一张卡片一个答案；每张都有纯文本版。引用时请带上编号和核实日期，不要把“未见证据”的当成事实。",
        "",
    ]
    for topic in site.library.topics.entries:
        for kind in site.kinds:
            cards = site.of_kind(kind.name, topic.id)
            if cards:
                lines += [f"## {topic.name}：{kind.label}", ""]
                lines += [f"- [{c.id} {c.head.title}]({c.url}index.txt): {c.head.summary}" for c in cards]
                lines.append("")
    lines += [
        "## 数据",
        "",
        "- [全部卡片](cards.json)，格式见 schema/cards.schema.json",
        "- [决策树](tree.json)，格式见 schema/tree.schema.json",
        "",
    ]
    return "\n".join(lines)


def robots(site: Site) -> str:
    """Return ``robots.txt``: everything may be read, and where the list of pages is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.site_url}sitemap.xml\n"
