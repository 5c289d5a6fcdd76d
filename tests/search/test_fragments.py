"""What is shown of a document: headings that many share stand once for all."""

from dataclasses import replace

from kb.search import Document, Section
from kb.search.fragments import ROWS, SHOWN, fragments, outlines


def document(number: int, *anchors: str) -> Document:
    sections = tuple(Section(anchor, anchor.upper(), "长" * SHOWN * 2) for anchor in anchors)
    return Document(f"{number}/", f"第{number}篇", kind="原因", badges=("甲",), sections=sections)


def test_headings_are_shared():
    documents = [document(n, "symptom", "fix") for n in range(3)] + [document(3, "other")]
    shared = outlines(documents)
    shown = fragments(documents, shared)
    assert shared == [(("symptom", "SYMPTOM"), ("fix", "FIX"))]
    assert shown["d1"] == [["PAGE:1/", "1/", "第1篇", ["原因", "甲"], "", "", (), 0, ["长" * SHOWN] * 2, 0]]
    assert shown["d3"][0][7] == (("other", "OTHER"),)


def test_rows_of_documents_with_asks_share_files_and_leave_their_texts_out():
    documents = [replace(document(n, "symptom"), id=f"C{n}", asks=("问",)) for n in range(ROWS + 1)]
    shown = fragments(documents, [])
    assert [row[0] for row in shown["d0"]] == [f"C{n}" for n in range(ROWS)]
    assert [row[0] for row in shown["d1"]] == [f"C{ROWS}"]
    assert shown["d0"][0][8] == []
    assert shown["x0"] == ["长" * SHOWN]


def test_headings_of_few_documents_are_not():
    documents = [document(n, f"a{n % 500}") for n in range(1000)]
    assert outlines(documents) == []
