"""What is shown of a document: headings that many share stand once for all."""

import random
from dataclasses import replace
from itertools import combinations

from kb.memory import Memory
from kb.search import Document, Section
from kb.search.fragments import ROWS, SHOWN, fragments, outlines
from kb.search.together import MOST, REQUEST, beside_engine, counted, together


def document(number: int, *anchors: str) -> Document:
    sections = tuple(Section(anchor, anchor.upper(), "长" * SHOWN * 2) for anchor in anchors)
    return Document(f"{number}/", f"第{number}篇", kind="原因", badges=("甲",), sections=sections)


def test_headings_are_shared():
    documents = [document(n, "symptom", "fix") for n in range(3)] + [document(3, "other")]
    shared = outlines(documents)
    shown = fragments(documents, shared, (), Memory()).data
    assert shared == [(("symptom", "SYMPTOM"), ("fix", "FIX"))]
    assert shown["d1-0"] == [["PAGE:1/", "1/", "第1篇", ["原因", "甲"], "", "", (), 0, ["长" * SHOWN] * 2, 0]]
    assert shown["d3-0"][0][7] == (("other", "OTHER"),)


def test_without_asks_a_row_comes_with_the_sections_about_what_was_found():
    shown = fragments([document(0), document(1, *"abcdefgh")], (), (), Memory()).data
    anchors = {name: "".join(anchor for anchor, _ in row[7]) for name, [row] in shown.items()}
    assert anchors == {"d0-0": "", "d1-0": "abc", "d1-1": "def", "d1-2": "gh"}
    assert len(shown["d1-2"][0][8]) == 2


def test_rows_that_asks_show_together_share_files_and_leave_their_texts_out():
    documents = [replace(document(n, "symptom"), id=f"C{n}") for n in range(ROWS + 8)]
    shown = fragments(documents, [], [*[{1, 2}] * 2000, *[{3, 5}] * 9, *[{7, 9}] * 5], Memory())
    names = [[row[0] for row in shown.data[f"d{n}"]] for n in range(5)]
    assert names[:3] == [["C1", "C2"], ["C3", "C5"], ["C7", "C9"]]
    assert [len(file) for file in names[3:]] == [ROWS, 2]
    assert [shown.files[n] for n in (1, 3, 5, 7, 9, 0, ROWS + 7)] == [0, 1, 1, 2, 2, 3, 4]
    assert shown.data["d0"][0][8] == []
    assert shown.data["x0"] == ["长" * SHOWN]


def test_headings_of_few_documents_are_not():
    documents = [document(n, f"a{n % 500}") for n in range(1000)]
    assert outlines(documents) == []


def cost(files: list[list[int]], sizes: list[int], wanted: list[set[int]]) -> int:
    """Return what all readers fetch, a request counting as bytes."""
    return sum(
        sum(REQUEST + sum(sizes[at] for at in file) for file in files if some & {*file}) for some in wanted
    )


def test_what_most_want_comes_with_the_engine():
    sizes, wanted = [REQUEST // 2] * 3, [*[{0, 2}] * 6, *[{1}] * 2]
    assert beside_engine(sizes, wanted) == [[0, 2], [1]]
    assert beside_engine([REQUEST] * 3, [{0}, {1}, {2}]) == [[], [0], [1], [2]]


def test_no_two_files_made_one_would_save_anything():
    chance = random.Random(3)
    sizes = [chance.randrange(50, 3000) for _ in range(20)]
    wanted = [{min(19, int(chance.expovariate(0.3))) for _ in range(4)} for _ in range(50)]
    files = together(sizes, wanted)
    assert sorted(at for file in files for at in file) == [*range(20)]
    assert 1 < len(files) < 20
    own = cost(files, sizes, wanted)
    for one, other in combinations(range(len(files)), 2):
        rest = [file for at, file in enumerate(files) if at not in (one, other)]
        assert cost([*rest, files[one] + files[other]], sizes, wanted) >= own


def test_of_many_readers_some_are_counted() -> None:
    assert [*counted([])] == []
    assert [*counted(range(MOST))] == [*range(MOST)]
    assert [*counted(range(2 * MOST - 1))] == [*range(0, 2 * MOST, 2)]
