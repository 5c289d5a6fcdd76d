"""Ready answers in other programs: each format against the rules of its importer."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from kb.exports.desks import FORMATS, chatwoot, django_helpdesk, espanso, zammad
from kb.exports.macros import macros_csv, macros_json
from kb.exports.replies import Reply
from kb.exports.tables import csv_file, safe_cell, xlsx_file
from kb.pages.links import told
from openpyxl import load_workbook

from tests.conftest import ROOT, TESTS

TOPICS = ("huabei", "fee")
REPLY = Reply("C20", '引号"', "组·原因", ("甲", "乙"), ("叫法", "05"), ("怎么办",), "一行\n二行，有,逗号")
MOST_BYTES = 2_000_000
"""The least that an importer takes at once (Dify)."""


def rows(data: bytes, encoding: str = "utf-8") -> list[list[str]]:
    assert not data.startswith(b"\xef\xbb\xbf"), "a mark becomes a part of the first header"
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def sheet(path: Path) -> list[tuple]:
    book = load_workbook(path)
    assert len(book.sheetnames) == 1
    cells = [cell for row in book.active for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}, "a formula, a number or an empty cell"
    return [tuple(cell.value for cell in row) for row in book.active]


def exported(site: Path, stem: str) -> list[Path]:
    return [next((site / "exports").glob(f"{stem}-{topic}.*")) for topic in TOPICS]


@pytest.fixture(scope="module")
def cards(site: Path) -> list[dict]:
    return json.loads((site / "cards.json").read_text("utf-8"))


# Cells


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert safe_cell(start + "1+1") == f"'{start}1+1"
    assert safe_cell("1" + start) == "1" + start
    assert safe_cell("") == ""
    formula = [(f"{start}1", "1")]
    assert rows(csv_file(formula)) == [[f"'{start}1", "1"]]
    cells = load_workbook(io.BytesIO(xlsx_file(formula))).active
    assert cells["A1"].data_type == "s" and cells["A1"].value.startswith("'")


def test_a_workbook_depends_on_its_rows_only() -> None:
    assert xlsx_file([("一", "二")]) == xlsx_file([("一", "二")])


# Our own form


def test_what_is_sent_has_no_furniture_of_pages(site: Path, cards: list[dict]) -> None:
    macros = json.loads((site / "macros.json").read_text("utf-8"))["macros"]
    texts = [macro["content"] for macro in macros] + [card["text"] for card in cards]
    for path in sorted((site / "replies").glob("*.json")):
        reply = json.loads(path.read_text("utf-8"))
        texts += [*reply["parts"], reply["ticket"], reply["full"]]
    pages = [(site / card["url"] / "index.html").read_text("utf-8") for card in cards]
    texts += [re.findall(r'<textarea id="copy-short"[^>]*>([^<]*)', page)[0] for page in pages]
    assert [text for text in texts if re.search("谁来[办做]：|｜|依据：", text)] == []


def test_macros_csv_is_rfc_4180_with_a_mark() -> None:
    data = macros_csv([REPLY])
    assert data == '\ufeffname,id,tags,content\r\n"C20 引号""",C20,"甲,乙","一行\n二行，有,逗号"\r\n'.encode()


def test_macros_json_is_the_same() -> None:
    macro = {"name": 'C20 引号"', "id": "C20", "tags": ["甲", "乙"], "content": REPLY.content}
    assert json.loads(macros_json([REPLY])) == {"version": 1, "macros": [macro]}


def test_the_macros_of_the_site(site: Path, cards: list[dict]) -> None:
    table = list(csv.DictReader(io.StringIO((site / "macros.csv").read_text("utf-8-sig"), newline="")))
    by_id = {row["id"]: row for row in table}
    assert len(by_id) == len(table) == 2 * len(cards)
    for card in cards:
        assert by_id[f"{card['id']}-full"]["content"] == card["text"]
        assert re.match(f"您好，(这像是|关于)“{card['title']}”：", by_id[card["id"]]["content"])
    exported = json.loads((site / "macros.json").read_text("utf-8"))["macros"]
    assert [macro["content"] for macro in exported] == [row["content"] for row in table]


def test_a_pasted_answer_stands_alone(site: Path, cards: list[dict]) -> None:
    """No reference leads to a place that the text has not, and every link has its address."""
    short = {m["id"]: m["content"] for m in json.loads((site / "macros.json").read_text("utf-8"))["macros"]}
    home = cards[0]["text"].splitlines()[-1].removesuffix(cards[0]["short_url"])
    for card in cards:
        assert not re.search(r"[上下]一节|[上下]面的?(依据|出处)", card["text"]), card["id"]
        assert not re.search(r"[上下](面|一节)的?(话|方法|步骤)", short[card["id"]]), card["id"]
        assert not re.search(r"[（ ]\.\./", card["text"]), card["id"]
    text = next(card["text"] for card in cards if card["id"] == "R17")
    assert f"先查单（{home}c/R13/ ）。" in text
    assert f"到错误码（{home}codes/ ）里查" in text


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("../../", "https://x/"),
        ("../../#more", "https://x/"),
        ("../../codes/#acq", "https://x/codes/"),
        ("../../cards.json", "https://x/cards.json"),
        ("../../remedies/b/", "https://x/c/R02/"),
    ],
)
def test_a_link_is_told_as_it_is_opened(href: str, address: str) -> None:
    assert told("causes/a/", "https://x/", {"remedies/b/": "c/R02/"}, "甲", href) == f"甲（{address} ）"


# Every format


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.stem)
def test_a_file_a_topic_of_bounded_size(form: tuple, site: Path) -> None:
    for path in exported(site, form.stem):
        assert 0 < path.stat().st_size <= MOST_BYTES
    page = (site / "agents/import/index.html").read_text("utf-8")
    assert all(f"exports/{path.name}" in page for path in exported(site, form.stem))
    part = (ROOT / "docs/agents/import.md").read_text("utf-8").split(f"{{#{form.stem}}}")[1].split("\n## ")[0]
    assert len(re.findall(r"^\d\. ", part, re.M)) == 8


@pytest.mark.parametrize("name", ["chatwoot", "django-helpdesk", "espanso"])
def test_formats_match_their_schemas(name: str, site: Path) -> None:
    schema = json.loads((site / f"schema/{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in exported(site, name):
        jsonschema.validate(yaml.safe_load(path.read_text("utf-8")), schema)


ZAMMAD = {"id", "name", "keywords", "content", "note", "active"}


def test_zammad(site: Path) -> None:
    """An unknown column rolls all back; a row is found again by name; ``#{…}`` is filled, ``<…>`` is HTML."""
    names = []
    for path in exported(site, "zammad"):
        header, *body = rows(path.read_bytes())
        assert set(header) <= ZAMMAD and {"name", "content"} <= set(header)
        for row in body:
            entry = dict(zip(header, row, strict=True))
            names.append(entry["name"])
            assert re.fullmatch(r"[CRQ]\d+(-full)?", entry["name"]) and entry["active"] == "true"
            assert not re.search(r"#\{|<[^>]+>|~~~", entry["content"])
    assert len(set(names)) == len(names)
    assert rows(zammad([REPLY]))[1] == ["C20", '引号" 叫法 05', REPLY.content, 'C20 引号"', "true"]


def test_chatwoot(site: Path) -> None:
    codes = [e["short_code"] for p in exported(site, "chatwoot") for e in json.loads(p.read_text("utf-8"))]
    assert len(set(codes)) == len(codes)
    assert json.loads(chatwoot([REPLY])) == [{"short_code": "c20", "content": REPLY.content}]


def test_bytedesk(site: Path) -> None:
    for path in exported(site, "bytedesk"):
        header, *body = sheet(path)
        assert header == ("分类", "类型(TEXT)", "标题", "内容")
        assert body and all(len(row) == 4 and row[1] == "TEXT" for row in body)


def test_qianniu(site: Path) -> None:
    for path in exported(site, "qianniu"):
        data = path.read_bytes()
        assert data.decode("gbk").startswith("快捷短语编码,快捷短语,快捷短语分组\r\n")
        _, *body = rows(data, "gbk")
        assert body and all(len(row) == 3 and all(row) for row in body)


def test_fastgpt(site: Path) -> None:
    """A question is never empty; more indexes go into more columns."""
    for path in exported(site, "fastgpt"):
        header, *body = rows(path.read_bytes())
        assert header == ["q", "a", "indexes"]
        assert body and all(len(row) >= 3 and all(row[:2]) for row in body)
        assert len({row[0] for row in body}) == len(body)


def test_dify(site: Path) -> None:
    for path in exported(site, "dify"):
        header, *body = rows(path.read_bytes())
        assert header == ["question", "answer"] and 0 < len(body) <= 10_000
        assert all(0 < len(question) <= 2000 and 0 < len(answer) <= 10_000 for question, answer in body)
        assert not {question.lower() for question, _ in body} & {"nan", "na", "null", "none"}


def test_ragflow(site: Path) -> None:
    for path in exported(site, "ragflow"):
        body = sheet(path)
        assert body and all(len(row) == 2 and row[0].strip() and row[1].strip() for row in body)
        assert all(len(answer) <= 32_767 for _, answer in body)


def test_espanso(site: Path) -> None:
    """Triggers are unique; ``{{…}}`` would be a variable."""
    triggers = []
    for path in exported(site, "espanso"):
        for match in yaml.safe_load(path.read_text("utf-8"))["matches"]:
            triggers.append(match["trigger"])
            assert "{{" not in match["replace"]
    assert len(set(triggers)) == len(triggers)
    assert yaml.safe_load(espanso([REPLY]))["matches"][0]["replace"] == REPLY.content


# A help desk


def test_django_helpdesk_loads_and_shows_the_replies(site: Path, cards: list[dict], tmp_path: Path) -> None:
    """Loaded twice, which makes no second copy; then each is chosen and sent."""
    marks = tmp_path / "marks.json"
    text = "{{ ticket }} {% now 'Y' %} {# 注 #} %} {% {{{"
    marks.write_text(django_helpdesk([Reply("C99999", "长" * 120, "", (), (), (), text)]), "utf-8")
    command = [
        sys.executable,
        str(TESTS / "exports/help_desk.py"),
        *map(str, exported(site, "django-helpdesk")),
        str(marks),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    desk = json.loads(run.stdout)
    assert len(desk["sent"]) == len(desk["offered"]) == 2 * len(cards) + 1
    assert desk["sent"][f"C99999 {'长' * 93}"] == text
    for card in cards:
        assert desk["sent"][f"{card['id']} {card['title']}（全文）"] == card["text"]
