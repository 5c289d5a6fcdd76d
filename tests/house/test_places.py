"""What it costs to add a topic, a kind, a field, a check, an export: each as the patch that adds it.

The patches are applied to the small handbook about printers and to its copy of the program, all at once.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.conftest import build, copy_of_the_printer


@dataclass(frozen=True)
class Change:
    """In ``file``, ``new`` in the place of ``old``; at the end, or as a new file, if there is no ``old``."""

    file: str
    new: str
    old: str = ""

    def apply(self, root: Path) -> None:
        path = root / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8") if path.exists() else ""
        assert text.count(self.old) == 1 or not self.old, f"{self.file}: {self.old}"
        path.write_text(text.replace(self.old, self.new) if self.old else text + self.new, "utf-8")


TOPIC = [
    Change(
        "docs/_data/topics.yml",
        """- id: scan
  name: 扫描不了
  summary: 放上去没有反应：先看盖子。
  start: 扫不了？一步步查
  door: 盖子、玻璃
  layers:
    - {id: lid, name: 盖子}
""",
    ),
    Change(
        "docs/topics/scan.md",
        """---
title: 扫描不了
description: 放上去没有反应，从哪里看起。
topic: scan
template: topic.html
---

## 从哪里开始 {#start}

先看盖子合上了没有，再看玻璃上有没有东西，最后才看电脑上选的是不是这一台。

## 查清了什么 {#known}

盖子翘着的时候机器不动，这一点登记本里记了好几次，压一下就好，不用叫人。

## 没查清什么 {#unknown}

厚书压不住盖子的时候会不会扫偏，没有人记过，也没有在说明书里找到一句话。
""",
    ),
    Change(
        "mkdocs.yml",
        "  - 扫描不了: topics/scan.md\n  - 面板代码: panel/index.md",
        old="  - 面板代码: panel/index.md",
    ),
]
CARD_OF_TOPIC = [
    Change(
        "docs/causes/open-lid.md",
        """---
id: C11
title: 盖子没有合上
topic: scan
summary: 盖子翘着一点，机器就不扫：压一下再按开始。
layer: lid
owner: user
retry: once
evidence: reported
frequency: common
basis: support
remedies: [R02]
sources: [helpdesk]
verified: 2026-11-02
review_by: 2027-05-02
---

## 你会看到什么 {#symptom}

按了开始没有一点声音，面板停在第一页，灯管也没有亮过一下，纸还是原样。

## 怎么确认 {#confirm}

用手压住盖子再按一次，亮了就是它；厚书放在下面也会翘起来，压住就行。

## 怎么办 {#fix}

取出夹在边上的东西再合上；合不拢的那台，先换别的机器扫，再报给管理员。

## 依据 {#evidence}

登记本里扫描的报修有一半是这样，压住以后就好了[^helpdesk]。剩下的一半是选错了纸的大小。
""",
    ),
    Change("docs/_data/asks/cards/C11.txt", "扫描没有声音\n盖子合不上\n厚书怎么扫\n灯管不亮\n放上去没反应\n"),
]

KIND = [
    Change(
        "hooks/kb/content/kinds.py",
        """    Kind(
        name="notice",
        folder="notices",
        letter="N",
        label="通知",
        head=schema.Notice,
        sections=(SectionKind("text", "内容"),),
        pasted=("text",),
    ),
)

KINDS =""",
        old=")\n\nKINDS =",
    ),
    Change(
        "hooks/kb/content/schema.py",
        '\n\nclass Notice(Head):\n    """Something to know from a day on."""\n\n    since: Day\n',
    ),
    Change(
        "overrides/kinds/notice.html",
        """{% set contents = "相近的卡片" %}
{% macro meta(card) %}{{ card.head.since }} 起{% endmacro %}
{% macro answer(card) %}<p>从哪天起：{{ card.head.since }}</p>{% endmacro %}
{% macro body(card, parts) %}{{ parts.text }}{% endmacro %}
{% macro unsolved(card) %}{% endmacro %}
{% macro more(card, parts) %}{% endmacro %}
{% macro desk(card) %}<span>{{ card.head.since }}</span>{% endmacro %}
""",
    ),
    Change(
        "docs/notices/index.md",
        "---\ntitle: 全部通知\ntemplate: listing.html\nkind: notice\n---\n\n新的在前。\n",
    ),
]
CARD_OF_KIND = [
    Change(
        "docs/notices/new-machine.md",
        """---
id: N01
title: 三楼换了新机器
topic: print
summary: 旧的那台撤走了，名字也变了，请重新选一次。
since: 2026-11-02
verified: 2026-11-02
review_by: 2027-05-02
---

## 内容 {#text}

新机器在茶水间旁边，名字贴在盖子上；照[在电脑上换一台打印机][R02]选它就行。
""",
    )
]

FIELD = [
    Change(
        "hooks/kb/content/schema.py",
        "    layer: Slug\n    season: Word | None = None\n    retry: Retry\n",
        old="    layer: Slug\n    retry: Retry\n",
    ),
    Change(
        "overrides/kinds/cause.html",
        "{% macro more(card, parts) %}{% if card.head.season %}多发：{{ card.head.season }}{% endif %}",
        old="{% macro more(card, parts) %}",
    ),
    Change(
        "hooks/kb/exports/cards_json.py",
        'FIELDS = {\n    "season": Field(MAYBE, of_head("season")),\n',
        old="FIELDS = {\n",
    ),
]
VALUE_OF_FIELD = [
    Change("docs/causes/damp-paper.md", "layer: storage\nseason: 梅雨\n", old="layer: storage\n"),
]

CHECK = [
    Change(
        "hooks/kb/checks/calm.py",
        '''"""No exclamation marks."""

from collections.abc import Iterator

from kb.checks.rules import rule
from kb.content.findings import Finding
from kb.content.library import Library
from kb.content.schema import Head


@rule("calm")
def check_titles(library: Library) -> Iterator[Finding]:
    """A title does not shout.

    Bad: ``title: 快看！``.
    Good: ``title: 看一看``.
    """
    for card in library.of(Head):
        if "！" in card.head.title:
            yield card.at("title").finding(card.head.title, "标题在喊", "改成平常的语气")
''',
    ),
    Change(
        "tests/golden/findings.yml",
        """- name: a title that shouts
  edit: [docs/causes/paper-jam.md, "title: 纸卡在机器里", "title: 纸卡住了！"]
  expect: ["docs/causes/paper-jam.md:3:1 calm “纸卡住了！” 标题在喊。改成平常的语气"]
""",
    ),
]

EXPORT = [
    Change(
        "hooks/kb/exports/titles.py",
        '''"""``titles.json``: the title of each card by id."""

import json

from kb.pages.site import Site


def titles(site: Site) -> str:
    return json.dumps({card.id: card.head.title for card in site.library.cards.values()}, ensure_ascii=False)
''',
    ),
    Change(
        "hooks/kb/exports/__init__.py",
        "from kb.exports.titles import titles\nfrom kb.pages.site",
        old="from kb.pages.site",
    ),
    Change(
        "hooks/kb/exports/__init__.py",
        '    yield "titles.json", titles(site)\n    yield "robots.txt"',
        old='    yield "robots.txt"',
    ),
    Change(
        "hooks/kb/exports/schema/titles.schema.json",
        '{"type": "object", "additionalProperties": {"type": "string"}}\n',
    ),
]

PLACES = {
    "topic": (TOPIC, 3),
    "kind": (KIND, 4),
    "field": (FIELD, 3),
    "check": (CHECK, 2),
    "export": (EXPORT, 3),
}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook with all five patches and with cards that use them, built into its ``site``."""
    root = copy_of_the_printer(tmp_path_factory.mktemp("workshop") / "printer")
    for patch, _ in PLACES.values():
        for change in patch:
            change.apply(root)
    for change in [*CARD_OF_TOPIC, *CARD_OF_KIND, *VALUE_OF_FIELD]:
        change.apply(root)
    register_words(root)
    assert check(root) == []
    build(root, root / "site")
    return root


def register_words(root: Path) -> None:
    """Add the letters that nobody has seen to the list, as the reviewer of such a change does."""
    said = "\n".join(check(root))
    unseen = set(re.findall(r"foreign “([^”（]+)[^”]*” 是没见过的", said))
    for name in re.findall(r"foreign “([^”（]+)[^”]*” 里有没见过的词", said):
        unseen |= set(re.split(r"[-.]", name)) - {"md"}
    path = root / "docs/_data/words.yml"
    text = path.read_text("utf-8")
    for key in ("words: [", "parts: ["):
        known = text.partition(key)[2].partition("]")[0].replace("\n", " ").split(",")
        new = sorted(unseen - {word.strip(' "') for word in known})
        text = text.replace(key, key + "".join(f"{word}, " for word in new))
    path.write_text(text, "utf-8")


def check(root: Path) -> list[str]:
    """Return the findings of the patched program, which needs a Python of its own."""
    command = [sys.executable, "hooks/cli.py", "check"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "Traceback" not in run.stderr, run.stderr
    return run.stdout.splitlines()


def export(root: Path, name: str) -> list | dict:
    """Return an export that matches its schema."""
    data = json.loads((root / f"site/{name}.json").read_text("utf-8"))
    jsonschema.validate(data, json.loads((root / f"site/schema/{name}.schema.json").read_text("utf-8")))
    return data


@pytest.mark.parametrize("what", PLACES)
def test_places(what: str) -> None:
    patch, places = PLACES[what]
    assert len({change.file for change in patch}) == places


def test_a_topic_has_its_tree_and_its_door(workshop: Path) -> None:
    assert (workshop / "site/ask/scan/index.html").is_file()
    assert "盖子、玻璃" in (workshop / "site/index.html").read_text("utf-8")
    assert "扫不了？一步步查" in (workshop / "site/ask/index.html").read_text("utf-8")
    assert "scan" in [topic["topic"] for topic in export(workshop, "tree")["topics"]]


def test_a_kind_has_its_pages_and_exports(workshop: Path) -> None:
    page = (workshop / "site/notices/new-machine/index.html").read_text("utf-8")
    assert "从哪天起" in page and "全部通知" in (workshop / "site/notices/index.html").read_text("utf-8")
    assert (workshop / "site/c/N01/index.html").is_file()
    assert {card["id"]: card["kind"] for card in export(workshop, "cards")}["N01"] == "notice"
    assert "：通知\n" in (workshop / "site/llms.txt").read_text("utf-8")
    index = b"".join(path.read_bytes() for path in (workshop / "site/search").glob("*/d*"))
    assert "三楼换了新机器".encode() in index


def test_a_field_is_read_shown_and_exported(workshop: Path) -> None:
    assert "多发：梅雨" in (workshop / "site/causes/damp-paper/index.html").read_text("utf-8")
    cards = {card["id"]: card for card in export(workshop, "cards")}
    assert cards["C08"]["season"] == "梅雨" and cards["C01"]["season"] is None


def test_a_check_finds_its_golden_case(workshop: Path) -> None:
    case = yaml.safe_load((workshop / "tests/golden/findings.yml").read_text("utf-8"))[0]
    file, old, new = case["edit"]
    Change(file, new, old).apply(workshop)
    try:
        assert check(workshop) == case["expect"]
    finally:
        Change(file, old, new).apply(workshop)


def test_an_export_is_written_and_matches_its_schema(workshop: Path) -> None:
    assert export(workshop, "titles")["C04"] == "纸卡在机器里"
