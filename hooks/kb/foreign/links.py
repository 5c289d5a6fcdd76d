"""Where links lead: inside the site, or to exactly a registered address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Find, Known

NAMESPACES = frozenset(
    {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2005/Atom",
        "http://www.sitemaps.org/schemas/sitemap/0.9",
        "https://schema.org",
        "https://json-schema.org/draft/2020-12/schema",
    }
)
"""Names that look like addresses; nothing fetches them."""

_RELATIVE = re.compile(r"(?!\.*/*//)(?!/)[A-Za-z0-9_./-]*(?:\?[a-z]+=)?(?:#[\w:.-]*)?")
_URL = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:[/\\]+[A-Za-z0-9\[%_][!-;=?-~]*|(?<![\w:/])//[A-Za-z0-9][!-;=?-~]*"
)
_END = ".,;:!?)'\"`]}"
_GAP = r"[^\w\n]{0,2}"
_COM = f"[康慷糠扛抗亢坑吭肯啃扣口叩寇考烤卡咖]{_GAP}[姆母木牧慕幕募穆拇]"
_COM += f"|[西惜希吸喜]{_GAP}[恩摁]|[奈耐内乃]{_GAP}特"
"""The sounds of ``com``, ``cn`` and ``net``."""
_ALONE = "。 ?(?:公司|企业|信息|手机|商店)|[。·] ?(?:网站|网址|网店|商城|在线|集团|购物|香港)"
_ALONE += "|[。·点] ?(?:中国|中文网|我爱你)|点网"
"""Endings of hosts that no sentence consists of."""
_HAN_HOST = re.compile(
    rf"[一-鿿](?: ?[.] ?[一-鿿]{{2}}|{_GAP}(?:点|达特|多特){_GAP}(?:{_COM})"
    rf"| ?(?:{_ALONE})(?=\s*(?:$|[，。！？）)])))",
    re.MULTILINE,
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
_HOST = re.compile(
    r"(?<![\w./@-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|info|biz|vip|cc|xyz|shop|site|store|club|app|icu|wang|ltd)(?![\w(=\[-]|\.[\w])"
)
"""A net for what is pasted into code; what is written to hide there, a reviewer must find."""


def is_registered(address: str, known: Known) -> bool:
    """Return whether an address is exactly a registered one; a final slash does not matter."""
    return address in NAMESPACES or (
        address.startswith("https://") and address.removeprefix("https://").rstrip("/") in known.addresses
    )


def target(href: str, known: Known) -> Iterator[Find]:
    """Yield the target of a link unless it may be followed.

    Bad: ``//pos.help``, ``sms:10086``, ``javascript:…``, ``https://www.pbc.gov.cn@evil.com``.
    Good: ``../causes/x.md#fix``, a registered address, ``tel:95188``.
    """
    if _RELATIVE.fullmatch(href) or is_registered(href, known):
        return
    if href.startswith("tel:") and href.removeprefix("tel:") in known.phones:
        return
    yield Find("link", href)


def addresses(text: str, known: Known, finds: list[Find]) -> str:
    """Return the text with addresses and e-mails made blank; those not registered go to ``finds``."""

    def url(match: re.Match[str]) -> str:
        address = match[0].rstrip(_END)
        if not is_registered(address, known):
            finds.append(Find("link", address))
        return " " * len(address) + match[0][len(address) :]

    def email(match: re.Match[str]) -> str:
        if match[0] not in known.emails:
            finds.append(Find("email", match[0]))
        return " " * len(match[0])

    if "//" in text or ":/" in text or ":\\" in text:
        text = _URL.sub(url, text)
    finds += (Find("link", found[0]) for found in _HAN_HOST.finditer(text))
    return _EMAIL.sub(email, text) if "@" in text else text


def hosts(text: str, known: Known) -> Iterator[Find]:
    """Yield what looks like a host in the strings of code, where ``event.target`` is normal."""
    for found in _HOST.finditer(text):
        if found[0] not in known.addresses:
            yield Find("link", found[0])
