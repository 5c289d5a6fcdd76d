"""Top-level domains, as far as a scanner of Chinese prose needs them (IANA Root Zone Database, 2024)."""

# ruff: noqa: E501  (tables and examples; a Han character counts twice)

from __future__ import annotations

PLAIN = ("top", "shop", "club", "icu", "ltd", "wang", "site", "online", "store", "tv", "hk", "ink", "pro")
"""Looked for behind a dot that no sentence ends with: ``mifupos。top``, ``mifupos 点 top``."""
STRONG = ("com", "c0m", "cn", "net", "org", "xyz", "vip", "cc")
"""Looked for also behind an odd dot: ``mifupos。com``, ``mifupos 点 com``."""


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


_COUNTRIES = _words(
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt "
    "bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er "
    "es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht "
    "hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr "
    "ls lt lu lv ly ma mc me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni "
    "nl no np nr nu nz om pa pe pf pg ph pk pm pn pr pt pw qa re ro ru rw sa sb sc sd se sg si sj sk "
    "sl sm sn sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy "
    "uz va vc ve vg vi vn vu wf ws ye yt za zm zw "
)
_GENERIC = _words(
    "com c0m net org edu gov mil int info biz name pro mobi tel asia xxx top xyz vip shop store "
    "online site website tech club ltd group fun icu win bid loan work wang ink red ren love live "
    "life world today news space press host app dev cloud link click pub art design market trade "
    "global company center city chat email games video wiki zone plus run cool team social digital "
    "network services solutions support money cash finance credit bank fund market beauty page kim "
    "gold cafe yoga law wtf lol one best ooo bar sbs cfd cyou bond rest monster buzz quest webcam "
    "date review stream download racing party science men gdn mom autos boats homes hair makeup skin "
    "tax business agency systems guru tips center directory land toys tattoo farm cards ink luxe "
    "citic baidu "
)
PROPERTIES = _words("name id is in to do so at it me as no my am be re st pm page date link host top run art")
"""Domains that are also names in programs: ``card.id``, ``window.top``."""
_IN_CODE = _words("com c0m cn net org xyz vip cc biz shop club ltd wang icu ren tw hk ru co io tk ink mobi")
_IN_PROSE = _COUNTRIES | _GENERIC
_ANYWHERE = frozenset(STRONG)


def is_domain(host: str, prose: bool) -> bool:
    """Return whether a dotted name is a domain. In code only the common endings count.

    Bad: ``mifupos.com``, ``a.xn--fiqs8s``, ``mifupos.com.zzz``. Good: ``cards.json``, ``1.0.6``, ``alipay.trade.pay``.
    """
    labels = host.rstrip("-").split(".")
    last = labels[-1]
    if not any(c.isalpha() for c in "".join(labels[:-1])) and (len(last) < 3 or len(labels) > 2):
        return last in _ANYWHERE
    return (
        last in (_IN_PROSE if prose else _IN_CODE)
        or last.startswith("xn--")
        or any(label in _ANYWHERE for label in labels[1:])
    )
