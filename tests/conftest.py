"""What all tests share: handbooks to break and to build, a server, a browser."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kb.checks import check
from kb.content.library import Library
from kb.content.reader import read_library
from kb.diagnosis.diagnosis import Diagnosis
from kb.foreign import kept
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect, sync_playwright

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
FIXTURE = TESTS / "fixture"
"""The smallest handbook, to be broken."""

PRINTER = TESTS / "fixture-printer"
"""A handbook on another subject: only its ``docs/`` and ``mkdocs.yml``."""

expect.set_options(timeout=15_000)  # a slow machine is no fault
os.environ.pop("CI", None)  # there no file of a change is trusted, and every test would look through all anew
kept.MANY = sys.maxsize  # one core is left to each worker

CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # CI runs as root in a container
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


FOREIGN = ("words.yml", "phrases.yml", "adverts.txt", "harmless.txt")
"""The lists by which rule ``foreign`` judges."""

SLOW = frozenset({"site", "printer", "workshop", "browser", "checkout"})
"""Fixtures that build a site or start a browser: what uses them is not in ``make test-quick``."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and not SLOW.isdisjoint(item.fixturenames):
            item.add_marker("slow")


@pytest.fixture
def small_site(tmp_path: Path, looked_through: Path) -> Path:
    """A copy of the smallest site that has no findings, with the real words, templates and scripts."""
    return Path(shutil.copytree(looked_through, tmp_path / "small"))


@pytest.fixture(scope="session")
def looked_through(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest site, checked once: what was found in its files need not be looked for by each test."""

    def make(small: Path) -> None:
        shutil.copytree(FIXTURE, small)
        for name in FOREIGN:
            shutil.copy(ROOT / "docs/_data" / name, small / "docs/_data")
        shutil.copytree(ROOT / "overrides", small / "overrides")
        shutil.copytree(ROOT / "docs/assets", small / "docs/assets", dirs_exist_ok=True)
        assert check(small)[1] == []

    return built_once(tmp_path_factory, "small", make)


@pytest.fixture(scope="session")
def library() -> Library:
    """The real handbook's content, read once."""
    return read_library(ROOT)[0]


@pytest.fixture(scope="module", params=["huabei", "fee"])
def diagnosis(request: pytest.FixtureRequest, library: Library) -> Diagnosis:
    """The tree of each real topic."""
    return Diagnosis(library, library.topic_by_id[request.param])


def build(root: Path, target: Path, **environment: str) -> None:
    """Build the handbook in ``root`` strictly into ``target``; a warning is an error."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(target)]
    environment = os.environ | environment
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "WARNING -" not in run.stderr


def built_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that ``make`` fills, once for all workers."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target = shared / name
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            make(target)
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once; or a copy of the one that ``KB_SITE`` names."""

    def make(target: Path) -> None:
        if "KB_SITE" in os.environ:
            shutil.copytree(ROOT / os.environ["KB_SITE"], target)
        else:
            build(ROOT, target)

    return built_once(tmp_path_factory, "site", make)


def copy_of_the_printer(root: Path) -> Path:
    """Put the fixture on another subject into ``root``, beside the program that all handbooks share."""
    for folder in ("hooks", "overrides", "docs/assets"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return Path(shutil.copytree(PRINTER, root, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def assets(site: Path) -> str:
    """The folder of the site's scripts and styles, which is named by their content."""
    (script,) = site.glob("assets/*/page/site.js")
    return script.parent.parent.relative_to(site).as_posix()


@pytest.fixture(scope="session")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook on another subject, built once into its ``site``."""

    def make(root: Path) -> None:
        copy_of_the_printer(root)
        build(root, root / "site")

    return built_once(tmp_path_factory, "printer", make)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve files without a line a request."""

    def log_message(self, *arguments: object) -> None:
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, *arguments: object) -> None:
        """A browser that leaves in the middle of an answer is no error."""


def serve(folder: Path) -> QuietServer:
    """Serve ``folder`` on a free port of this machine, in a thread."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = QuietServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def base_url(site: Path) -> Iterator[str]:
    """The address of the real site, below a sub-path: links must be relative."""
    parent = site.parent / f"www-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    parent.mkdir(exist_ok=True)
    (parent / "handbook").symlink_to(site)
    server = serve(parent)
    yield f"http://127.0.0.1:{server.server_port}/handbook/"
    server.shutdown()


@pytest.fixture(scope="session")
def root_url(site: Path) -> Iterator[str]:
    """The address of the real site at the root of a host, where ``/404.html`` belongs."""
    server = serve(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The distribution's Chromium; its headless build takes half the time of the one with windows."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


VIEWS = {
    "phone-light": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "phone-dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
    "desktop-light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "desktop-dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}


two_views = pytest.mark.parametrize("page", ["phone-light", "desktop-dark"], indirect=True)
"""For what looks different by width and palette; the other tests have the phone."""


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A fresh page, on a phone unless parametrised; a request elsewhere or a console error fails the test."""
    context = browser.new_context(**VIEWS[getattr(request, "param", "phone-light")])
    page = context.new_page()
    faults: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith(("http://127.0.0.1", "data:", "blob:")) else faults.append(r.url),
    )
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert not faults


def area(part: Locator) -> FloatRect:
    """Return where a reader sees a part, in CSS pixels; wait until it is seen."""
    expect(part).to_be_visible()
    found = part.bounding_box()
    assert found is not None
    return found
