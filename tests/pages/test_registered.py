"""What whoever runs a site tells of it: its numbers in mainland China, and where errors are reported."""

import pytest
from kb.content.records import Contacts
from kb.pages.registered import registered, report_address

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


CONTACTS = Contacts.model_validate(
    {
        "phones": [],
        "emails": [{"address": "name@example.com", "name": "编辑", "year": 2026, "note": "例子"}],
        "hosts": [{"host": "example.com/notify", "name": "表单", "year": 2026, "note": "例子"}],
    }
)


@pytest.mark.parametrize("address", ["", "mailto:name@example.com", "https://example.com/notify"])
def test_errors_are_reported_where_somebody_registered_it(address: str) -> None:
    assert report_address(address, CONTACTS) == address


@pytest.mark.parametrize(
    "address",
    [
        "name@example.com",
        "http://example.com/notify",
        "https://example.com/other",
        "https://example.com",
        "javascript:alert(1)",
        "mailto:name@example.com?cc=x@y.cn",
    ],
)
def test_errors_are_reported_nowhere_else(address: str) -> None:
    with pytest.raises(ValueError):
        report_address(address, CONTACTS)
