"""Links, bare domains, addresses and e-mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .model import Allowed, Span
from .normalise import View
from .tlds import PLAIN, PROPERTIES, STRONG, is_domain

_NAMESPACE = re.compile(
    r"http://www\.w3\.org/(?:2000/svg|1999/xlink|1999/xhtml|XML/1998/namespace|1998/Math/MathML|2005/Atom)(?![\w/.@-])"
    r"|https?://www\.sitemaps\.org/schemas/sitemap/0\.9(?![\w/.@-])"
    r"|https?://schema\.org(?![\w/.@:-])|https?://json-schema\.org/draft/[0-9-]{4,8}/schema(?![\w/.@-])"
)
"""Names that look like addresses; nothing fetches them."""

_PLAIN = re.compile(
    r"[a-z0-9-](?<![a-z0-9-].)(?:(?<=h)ttps?://[a-z0-9-])?[a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63})+((?:/[A-Za-z0-9._~-]*)*)",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = re.compile(
    r"[a-z](?<![a-z0-9].)[a-z0-9+-]{1,20}:[/\\]{1,4}(?=[\w\[%])([^\s<>\"'`()（）{}，。、；|]{0,200})"
)
_HTTP = re.compile(
    r"h(?<![a-z]h)\s{0,2}[tx*]\s{0,2}[tx*]\s{0,2}p\s{0,2}s?\s{0,2}:(?=[^\s])\s{0,2}([^\s<>\"'`()，。、；|]{2,200})"
)
_RELATIVE = re.compile(r"[(\"'=<,\s\]]([/\\][/\\\t]{1,3}[\w\[][^\s<>\"'`()]{0,200})")
_HOSTED = re.compile(r"[/\\\t]{2,4}[\w-]{1,63}\.[\w-]")
"""What follows two slashes in code, unless it is a regular expression or a comment."""
_BARE = re.compile(r"[a-z0-9-](?<![a-z0-9-].)[a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63})+(?![a-z0-9_-])")
_ODD = re.compile(
    r"([\w-])(?:\s{0,3}(?:[.。·、,，]|[\[(（{【<]\s?(?:[.。·]|dot|点)\s?[\])）}】>]|(?<![a-z])dot(?![a-z])|点儿?|丶)\s{0,3})"
    r"(" + "|".join(r"\s?".join(tld) for tld in STRONG) + r")(?![a-z0-9_])"
)
_HAN_TLD = re.compile(
    r"([\w-])\s?(?:\.|点|(?<=[a-z0-9-])。)\s?(中国|公司|网络|网址|集团|商城|我爱你|在线|网店|手机|移动)(?!\w)"
)
_SPELT = re.compile(
    r"[a-z0-9-](?:\s?(?:[。·]|点)\s?|[\[(]\s?(?:[.。·]|dot|点)\s?[\])])(?:"
    + "|".join(PLAIN)
    + r")(?![a-z0-9_-])"
)
_WWW = re.compile(r"w(?<![a-z0-9]w)\s?w\s?w\s?[.。·点]\s?[\w-]{1,63}")
_IP = re.compile(
    r"(?=[0-9]{1,3}\.)(?<![0-9.v])(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}(?![0-9.])"
)
_EMAIL = re.compile(
    r"[a-z0-9](?<![a-z0-9._+-].)[a-z0-9._+-]{0,63}\s{0,2}"
    r"(?:@|[\[({<]\s?(?:at|@|艾特)\s?[\])}>]|(?<=\s)at(?=\s)|艾特|#)\s{0,2}([a-z0-9-]{1,63}(?:\s?(?:\.|。|点|\sdot\s)\s?[a-z0-9-]{1,63})+)"
)
_DOTNET = re.compile(r"(?<=[\s、，。（(：])\.net(?=\s?(?:sdk|core|framework|接口|代码|版|程序|项目|平台|$))")


_QUERY = re.compile(r"(?:[?#][^\s<>\"'`()（）{}，。、；|]*)?")


@dataclass(frozen=True)
class Clear:
    """An allowed address in the original text, written without any trick."""

    start: int
    reviewed: int
    """Where host and reviewed path end; what follows may hide another address."""
    end: int

    def covers(self, start: int, end: int) -> bool:
        """Return whether a find is this address, or lies in its reviewed part."""
        return self.start <= start and (end <= self.reviewed or (start == self.start and end <= self.end))


def cleared(original: str, allowed: Allowed) -> list[Clear]:
    """Return the allowed addresses of a text, in order."""
    clear = [Clear(found.start(), found.end(), found.end()) for found in _NAMESPACE.finditer(original)]
    clear += (Clear(a, b, b) for address in allowed.emails for a, b in _emails(original, address))
    for found in _PLAIN.finditer(original):
        if reviewed := _end_of_allowed(found, original, allowed):
            query = _QUERY.match(original, found.end())
            clear.append(Clear(found.start(), reviewed, query.end() if query else found.end()))
    return clear


def _emails(original: str, address: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(
        rf"(?<![\w.+@%&-]){re.escape(address)}(?![\w@%&-]|\.\w|[。．｡]\w)", original, re.IGNORECASE
    ):
        yield found.span()


def _end_of_allowed(found: re.Match[str], original: str, allowed: Allowed) -> int:
    """Return where the reviewed part of an address ends, or 0 if it is not allowed.

    Bad: ``https://www.pbc.gov.cn@evil.com``, ``https://github.com/LawRefBook/Laws/../../evil``.
    """
    path = found[1]
    host = found[0].removesuffix(path).lower().removeprefix("https://").removeprefix("http://")
    before, after = (
        original[max(0, found.start() - 1) : found.start()],
        original[found.end() : found.end() + 2],
    )
    if re.match(r"[\w.@%:/\\&-]", before) and not (before == ":" and not found[0].startswith("//")):
        return 0
    if re.match(
        r"[@:\\%&_-]|[.。．｡][\w@]|\xad|[\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]", after, re.ASCII
    ):
        return 0
    if before and before in "(<\"'" and after[:1] not in (")", ">", '"', "'", "?", "#", " ", "\n", "\t", ""):
        return 0
    for known, reviewed in allowed.hosts:
        prefix = reviewed.rstrip("/")
        inside = not prefix or path == prefix or path.startswith(prefix + "/")
        if host == known and inside and ".." not in path and "//" not in path and "/./" not in path + "/":
            return found.start(1) + len(prefix)
    return 0


def links(view: View, prose: bool, ticks: bool = True) -> Iterator[Span]:
    """Yield whatever leads out of the site, in a folded text; the caller drops what is cleared.

    ``ticks`` tells that the text still has its back-ticks, by which ``card.id`` is known to be no address.

    Bad: ``//mifupos.com``, ``mifupos。com``, ``mifupos 点 com``, ``hxxps://1.2.3.4``, ``米付.com``.
    Good: ``../causes/credit-disabled.md#fix``, ``1.0.6``, ``ACQ.SYSTEM_ERROR``, ``官方 .NET SDK``.
    """
    text = view.text
    for pattern in (_SCHEME, _HTTP, _WWW, _HAN_TLD, _SPELT):
        for found in pattern.finditer(text):
            yield Span(*found.span(), "url", found[0])
    for found in _RELATIVE.finditer(text):
        if prose or (found[0][0] in "(\"'=" and _HOSTED.match(found[1])):
            yield Span(*found.span(1), "url", found[1])
    for found in _BARE.finditer(text):
        if is_domain(found[0], prose) and not (prose and _is_property(text, found, ticks)):
            yield Span(*found.span(), "url", found[0])
    for found in _ODD.finditer(text):
        net = _DOTNET.search(text, found.start(1), found.end() + 12)
        if not net and (found[0][1] in ".。·" or prose) and not _is_list(found):
            yield Span(
                _label(text, found.start(1)),
                found.end(),
                "url",
                text[_label(text, found.start(1)) : found.end()],
            )
    for found in _IP.finditer(text):
        if prose and not re.search(r"(?:版本|v)\s?$", text[max(0, found.start() - 4) : found.start()]):
            yield Span(*found.span(), "url", found[0])
    for found in _EMAIL.finditer(text):
        if is_domain(re.sub(r"\s?(?:。|点|dot)\s?", ".", found[1]).replace(" ", ""), prose):
            yield Span(*found.span(), "email", found[0])


def _is_list(found: re.Match[str]) -> bool:
    """Return whether a comma before ``cn`` is a comma; ``mifupos，com`` without a space is not."""
    return found[0][1] in "、,， " and re.match(r"\w\s*[、,，]\s|\w\s+[、,，]", found[0]) is not None


def _is_property(text: str, found: re.Match[str], ticks: bool) -> bool:
    """Return whether a find inside back-ticks is ``card.id`` rather than an address."""
    if found[0].rsplit(".", 1)[1] not in PROPERTIES:
        return False
    line = text[max(0, text.rfind("\n", 0, found.start()) + 1, found.start() - 200) : found.start()]
    return not ticks or line.count("`") % 2 == 1


def _label(text: str, end: int) -> int:
    """Return where the label begins whose last character stands at ``end``."""
    window = text[max(0, end - 62) : end + 1]
    tail = re.search(r"[a-z0-9-]+$|\w$", window)
    return end + 1 - len(tail[0]) if tail else end
