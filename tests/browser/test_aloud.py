"""Steps are read out, and only by a voice that keeps them on the device."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import area

VOICES = """voices => {
    const said = window.said = [];
    const fake = Object.assign(new EventTarget(), {
        speaking: false,
        getVoices: () => voices,
        speak(words) { said.push(words.text); this.speaking = true; },
        cancel() { this.speaking = false; },
    });
    Object.defineProperty(window, "speechSynthesis", {value: fake});
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


@pytest.mark.parametrize(
    ("lang", "local", "offered"),
    [("zh-CN", True, True), ("zh_TW", True, True), ("zh-CN", False, False), ("zh-HK", True, False)],
)
def test_steps_are_read_out_by_a_voice_of_the_device_only(
    lang: str, local: bool, offered: bool, page: Page, base_url: str
) -> None:
    voice = f'[{{lang: "{lang}", localService: {str(local).lower()}}}]'
    page.add_init_script(f"({VOICES})({voice})")
    page.goto(base_url + "remedies/query-first/")
    page.wait_for_load_state("networkidle")
    button = page.get_by_role("button", name="念出来")
    expect(button).to_have_count(int(offered))
    if not offered:
        return
    heading = area(page.locator("#steps"))
    assert abs(area(button)["y"] - heading["y"]) < 44, "it stands beside the heading"
    assert area(button)["height"] >= 44
    button.click()
    said = page.evaluate("said")
    assert len(said) == page.locator("[data-steps] > ol > li").count() and said[0].startswith("第 1 步。停手")
    page.get_by_role("button", name="停下").click()
    expect(page.get_by_role("button", name="念出来")).to_be_visible()
    assert page.evaluate("speechSynthesis.speaking") is False
