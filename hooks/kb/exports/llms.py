"""What language models and crawlers read: ``llms.txt``, every card as plain text, ``robots.txt``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.pages.site import Site


def plain_cards(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every card as plain text, beside its page."""
    for card in site.library.cards.values():
        yield f"{card.url}index.txt", site.full_text(card) + "\n"


def llms(site: Site, topic: str | None = None) -> str:
    """Return ``llms.txt`` (llmstxt.org form): what the site is, and every card as plain text."""
    up = "../" if topic else ""
    lines = []
    for entry in site.library.topics.entries:
        for kind in site.kinds if topic in (None, entry.id) else ():
            cards = site.of_kind(kind.name, entry.id)
            if cards:
                lines += [f"## {entry.name}：{kind.label}", ""]
                lines += [f"- [{c.id} {c.head.title}]({up}{c.url}index.txt): {c.head.summary}" for c in cards]
                lines.append("")
    return _framed(site, lines, up)


def llms_index(site: Site, parts: Mapping[str, str]) -> str:
    """Return ``llms.txt`` that leads to one of each topic: topic → address."""
    topics = site.library.topic_by_id
    lines = [f"- [{topics[name].name}]({path}): {topics[name].summary}" for name, path in parts.items()]
    return _framed(site, ["## 各个主题", "", *lines, ""])


def _framed(site: Site, lines: Iterable[str], up: str = "") -> str:
    return "\n".join(
        [
            f"# {site.name}",
            "",
            f"> {site.description}",
            "",
            "一张卡片一个答案；每张都有纯文本版。引用时请带上编号和核实日期，不要把“未见证据”的当成事实。",
            "",
            *lines,
            "## 数据",
            "",
            f"- [全部卡片]({up}cards.json)，格式见 schema/cards.schema.json",
            f"- [决策树]({up}tree.json)，格式见 schema/tree.schema.json",
            "",
        ]
    )


def robots(site: Site) -> str:
    """Return ``robots.txt``: everything may be read, and where the list of pages is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.site_url}sitemap.xml\n"
