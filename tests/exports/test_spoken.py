"""The replies that the desk copies: short, with few addresses, certain of no more than the cards are."""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path

import pytest
from kb.exports.plain import plain
from kb.exports.spoken import MOST_LINKS

MOST = 200
"""Characters of a reply that somebody reads on a phone between two customers."""

WORDS = {
    "没有这一项（推论）。": "没有这一项（多半如此）。",
    "多半查不到（推论），请他转。": "多半查不到，请他转。",
    "一般是执照（推论，要问清）": "一般是执照（要问清）",
    "要执照（推论；要问清）": "要执照（要问清，多半如此）",
    "也是个人码，推论：一样不行。": "也是个人码，多半一样不行。",
    "推论是多数人很快": "多半是多数人很快",
    "据一篇网络文章，人工改不了。": "据说人工改不了。",
    "金额界线未核实。": "金额界线还说不准。",
    "退回多少（找 refund_charge_amount），哪天到？": "退回多少，哪天到？",
    "请他转技术。这一项叫 credit_group，会一起禁。": "请他转技术。",
    "机器上没有这一项": "机器上没有这一项",
}


@pytest.mark.parametrize(("marked", "said"), WORDS.items())
def test_marks_of_research_become_plain_words(marked: str, said: str) -> None:
    assert plain(marked) == said


def addresses(text: str) -> set[str]:
    return set(re.findall(r"https://[^ \n]+", text))


def test_replies(site: Path) -> None:
    cards = json.loads((site / "cards.json").read_text("utf-8"))
    lengths = []
    linked = 0
    for card in cards:
        texts = json.loads((site / f"replies/{card['id']}.json").read_text("utf-8"))
        short, reply = texts["short"], "\n".join(texts["parts"])
        assert len(short) <= MOST and addresses(short) == {texts["link"]}, card["id"]
        opening = reply.splitlines()[0]
        assert short.startswith(f"{opening}\n") and reply.splitlines()[-1] == short.splitlines()[-1]
        kind = "这像是" if card["kind"] == "cause" else "关于"
        title = re.sub("你(?!们)", "您", card["title"])
        assert opening.startswith(f"您好，{kind}“{title}”："), card["id"]
        assert not re.search("你(?!们)", reply + texts["full"]), (card["id"], "one form of address")
        assert reply.endswith(f"/c/{card['id']}/") and len(addresses(reply)) <= 1 + MOST_LINKS, card["id"]
        assert all(len(addresses(text)) <= MOST_LINKS for _, text in texts["further"]), card["id"]
        linked += bool(re.search("”（https://\\S+ ）", reply))
        assert not re.search("[我们]|本店|吗？|稍等|写明[^。话]{2,4}，", texts["say"]), (
            card["id"],
            "at the till",
        )
        assert texts["say"].count("的话") <= 1, (card["id"], "one condition after another")
        assert not re.search("(?<!请)(?<!是)(?<!给)店员", texts["say"]), (card["id"], "he is somebody else")
        items = [part for part in texts["parts"] if re.search(r"^(\d\. |· )", part, re.M)]
        assert len(items) <= 6, card["id"]
        assert not [item for item in items if item.endswith("：")], (card["id"], "announces nothing")
        lengths.append(len(re.sub(r"（https://\S+ ）", "", reply)))
        words = reply + "".join(text for _, text in texts["further"])
        assert not re.search("推论|未核实|据一篇|[a-z]_[a-z]", words), card["id"]
        assert not (texts["other"] and texts["say"])
    assert linked > 10
    assert statistics.median(lengths) <= 360 and max(lengths) <= 1120, "a letter is the longest"
