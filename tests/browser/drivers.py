"""Three browsers behind one small interface: what a person does, in the words of WebDriver."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import playwright.sync_api as playwright
from marionette_driver.errors import StaleElementException
from marionette_driver.marionette import Marionette
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

WAIT = 20.0
"""Seconds until something that should be seen is missed."""

SHOWN = """const [css, text, act] = arguments;
  const found = [...document.querySelectorAll(css)].find((e) =>
    e.getClientRects().length && `${e.innerText} ${e.ariaLabel ?? ""} ${e.value ?? ""}`.includes(text));
  if (found && act) found.scrollIntoView({ block: "center" });
  return found ?? null;"""
"""The first element of a selector that is shown and says a text."""


GONE = (playwright.Error, StaleElementReferenceException, StaleElementException)
"""What the clients raise for an element that has made way for another."""


class Element(Protocol):
    """What the two WebDriver clients share."""

    def click(self) -> None: ...
    def send_keys(self, *keys: str) -> None: ...


class Driver(Protocol):
    """One window of a browser."""

    control: str
    enter: str
    """What the client takes for these keys."""

    def open(self, url: str) -> None: ...
    def run(self, script: str, *arguments: str | bool) -> object: ...
    def close(self) -> None: ...


class Reader:
    """A person in front of a browser."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver

    def open(self, url: str) -> None:
        self.driver.open(url)

    def see(self, css: str, text: str = "", act: bool = False) -> Element:
        """Wait until an element is shown that says ``text``, in its words, its label or its field."""
        deadline = time.monotonic() + WAIT
        while not (found := self.driver.run(SHOWN, css, text, act)):
            assert time.monotonic() < deadline, f"{css} {text!r} at {self.url}"
            time.sleep(0.1)
        return found  # type: ignore[return-value]

    def press(self, css: str, text: str = "") -> None:
        """Press what is shown; what is drawn anew under the finger is looked for again."""
        for _ in range(5):
            try:
                self.see(css, text, act=True).click()
                return
            except GONE:
                continue
        raise AssertionError(f"{css} {text!r} does not hold still at {self.url}")

    def type(self, css: str, keys: str) -> None:
        self.see(css, act=True).send_keys(keys)

    def paste(self, css: str) -> str:
        """Paste into a field and return what it holds then."""
        self.type(css, self.driver.control + "v")
        return str(self.driver.run("return document.querySelector(arguments[0]).value", css))

    def follow(self, css: str, text: str = "") -> None:
        """Press what leads to another page."""
        before = self.url
        self.press(css, text)
        self.until(f"return location.href !== {before!r} && document.readyState === 'complete'")

    def until(self, script: str) -> None:
        deadline = time.monotonic() + WAIT
        while not self.driver.run(script):
            assert time.monotonic() < deadline, f"{script} at {self.url}"
            time.sleep(0.1)

    @property
    def url(self) -> str:
        return str(self.driver.run("return location.href"))


class Chromium:
    control = "Control+"
    enter = "Enter"

    def __init__(self, browser: playwright.Browser) -> None:
        self.context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()

    def open(self, url: str) -> None:
        self.page.goto(url)

    def run(self, script: str, *arguments: str | bool) -> object:
        wrapped = f"(all) => (function () {{ {script} }})(...all)"
        try:
            handle = self.page.evaluate_handle(wrapped, list(arguments))
        except playwright.Error as error:
            if "context was destroyed" not in error.message:
                raise
            return None  # the page has just made way for another
        element = handle.as_element()
        return Typist(element) if element else handle.json_value()

    def close(self) -> None:
        self.context.close()


class Typist:
    """An element of Playwright as WebDriver has them."""

    def __init__(self, element: playwright.ElementHandle) -> None:
        self.element = element

    def click(self) -> None:
        self.element.click(timeout=3000)

    def send_keys(self, *keys: str) -> None:
        for text in keys:
            if text.startswith((Chromium.control, Chromium.enter)):
                self.element.press(text)
            else:
                self.element.type(text)


class Firefox:
    control = "\ue009"
    enter = "\ue007"

    def __init__(self, folder: Path) -> None:
        path = shutil.which("firefox-esr") or shutil.which("firefox")
        self.marionette = Marionette(bin=path, headless=True, port=0, gecko_log=str(folder / "gecko.log"))
        self.marionette.start_session()

    def open(self, url: str) -> None:
        self.marionette.navigate(url)

    def run(self, script: str, *arguments: str | bool) -> object:
        return self.marionette.execute_script(script, script_args=arguments)

    def close(self) -> None:
        self.marionette.quit(in_app=False)
        self.marionette.cleanup()


class WebKit:
    control = "\ue009"
    enter = "\ue007"

    def __init__(self, display: str, folder: Path) -> None:
        environment = os.environ | {"DISPLAY": display, "HOME": str(folder)}
        service = Service(executable_path=shutil.which("WebKitWebDriver"), env=environment)
        self.driver = webdriver.WebKitGTK(options=Options(), service=service)

    def open(self, url: str) -> None:
        self.driver.get(url)

    def run(self, script: str, *arguments: str | bool) -> object:
        return self.driver.execute_script(script, *arguments)

    def close(self) -> None:
        self.driver.quit()


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees, by the name of its display."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        yield f":{os.read(read, 16).decode().strip()}"
        server.terminate()
