"""What the browser tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import VIEWS


@pytest.fixture
def finger(browser: Browser) -> Iterator[Page]:
    """A phone that is tapped and keeps nothing between visits; an error in a script fails the test."""
    context = browser.new_context(
        **VIEWS["phone-light"], has_touch=True, is_mobile=True, service_workers="block"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults
