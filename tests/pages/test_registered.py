"""The registration of a site in mainland China: numbers in its foot, and nothing else."""

import pytest
from kb.pages.registered import registered

ICP = "京ICP备12345678号-1"
POLICE = "京公网安备 11010802012345号"


def test_the_numbers_that_there_are_are_shown() -> None:
    assert registered("", "") == ""
    assert registered(ICP, "") == f'<a href="https://beian.miit.gov.cn/">{ICP}</a>'
    assert registered(ICP, POLICE) == f'<a href="https://beian.miit.gov.cn/">{ICP}</a> {POLICE}'
    assert registered("", POLICE) == POLICE


@pytest.mark.parametrize("number", ["<script>", "京ICP备1号\n", "加微信：abc", "x" * 41])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError):
        registered(number, "")
