"""What is shown of a document: headings that many share stand once for all."""

from kb.search import Document, Section
from kb.search.fragments import SHOWN, fragments, outlines


def document(number: int, *anchors: str) -> Document:
    sections = tuple(Section(anchor, anchor.upper(), "长" * SHOWN * 2) for anchor in anchors)
    return Document(f"{number}/", f"第{number}篇", kind="原因", badges=("甲",), sections=sections)


def test_headings_are_shared():
    documents = [document(n, "symptom", "fix") for n in range(3)] + [document(3, "other")]
    shared = outlines(documents)
    shown = fragments(documents, shared)
    assert shared == [(("symptom", "SYMPTOM"), ("fix", "FIX"))]
    assert shown["d1"] == ["1/", "第1篇", ["原因", "甲"], "", 0, ["长" * SHOWN] * 2]
    assert shown["d3"][4] == (("other", "OTHER"),)


def test_headings_of_few_documents_are_not():
    documents = [document(n, f"a{n % 500}") for n in range(1000)]
    assert outlines(documents) == []
