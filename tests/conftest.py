"""Fixtures shared by all tests: the small site to break, the real site built once, a server, a browser."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
FIXTURE = TESTS / "fixture"

CHROMIUM_FLAGS = [
    "--no-sandbox",  # CI runs as root in a container
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A copy of the smallest site that has no findings."""
    return Path(shutil.copytree(FIXTURE, tmp_path / "small"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strictly, once for all workers; or the one that ``KB_SITE`` names."""
    shared = (
        tmp_path_factory.getbasetemp().parent
        if "PYTEST_XDIST_WORKER" in os.environ
        else tmp_path_factory.getbasetemp()
    )
    target = shared / "site"
    with open(shared / "site.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists() and "KB_SITE" in os.environ:
            shutil.copytree(ROOT / os.environ["KB_SITE"], target)
        if not target.exists():
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(target)]
            run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert run.returncode == 0, run.stdout + run.stderr
            assert "WARNING -" not in run.stderr
    return target


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
    """The distribution's Chromium."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
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


@pytest.fixture(params=VIEWS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A fresh page in each of the four views; any request elsewhere and any console error fails the test."""
    context = browser.new_context(**VIEWS[request.param])
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
