"""What no check refuses and a reviewer is shown: new sentences that are near a call or an advert."""

from __future__ import annotations

import pytest
from kb.foreign import doubtful

from tests.foreign.known import ASKS, DATA, KNOWN, PAGE, SCRIPT, said
from tests.foreign.test_texts import unseen

OLD = "# 手续费\n\n先看协议，再打客服。\n"
CALL = "退费有人专办，找他说一声就行。"
HONEST = "把小票上的金额和手续费抄在一张纸上。"


def shown(new: str, path: str = PAGE, old: str = OLD) -> list[str]:
    return [match.value for match in doubtful(old, new, KNOWN, path)]


def test_a_new_sentence_near_a_call_is_shown_where_it_stands() -> None:
    new = f"{OLD}{HONEST}{CALL}\n"
    (found,) = doubtful(OLD, new, KNOWN, PAGE)
    assert (found.kind, found.value, new[found.start :]) == ("doubt", CALL, f"{CALL}\n")
    assert found.problem and found.remedy


def test_what_stood_there_before_is_not_shown() -> None:
    assert shown(f"{CALL}\n{OLD}", old=f"{OLD}\n\n{CALL}\n") == []
    assert shown(f"{OLD}\n{HONEST}\n") == []


def test_a_warning_is_no_excuse() -> None:
    call = "谨防拖延，退费有人专办，找他说一声就行。"
    assert shown(f"{OLD}\n{call}\n") == [call]


@pytest.mark.parametrize(("path", "count"), [(DATA, 1), (ASKS, 0), (SCRIPT, 0)])
def test_only_what_readers_see_is_shown(path: str, count: int) -> None:
    assert len(shown(f"- {CALL}\n", path, old="")) == count


def test_of_unseen_adverts_few_are_neither_refused_nor_shown() -> None:
    texts = [text for text in unseen("adverts") if not text.startswith("问：")]
    lost = [text for text in texts if not said(text) and not shown(text, old="")]
    assert len(lost) <= 0.02 * len(texts), lost


def test_of_unseen_harmless_sentences_many_need_no_second_look() -> None:
    """They speak of what adverts speak of; of plain ones fewer are shown."""
    texts = [text for text in unseen("harmless") if not text.startswith("问：")]
    looked_at = [text for text in texts if shown(text, old="")]
    assert len(looked_at) <= 0.5 * len(texts), len(looked_at) / len(texts)
