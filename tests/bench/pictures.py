"""Draw the pictures of CONTRIBUTING.md from the real site: ``python tests/bench/pictures.py``."""

from __future__ import annotations

import base64
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from markdown import markdown
from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

from kb.editing.effect import effect  # noqa: E402
from kb.editing.effect.versions import sound  # noqa: E402

TARGET = ROOT / ".github/pictures"
CARD = "causes/credit-disabled"
EDIT = "https://example.com/edit/main/docs/{path}"
MOST = 40 << 10
"""Bytes of a picture."""
QUALITY = 0.8
MARGIN = 16
"""Pixels around what is shown."""
LINES = 26
"""Of the report."""
STYLE = "font:15px/1.6 Noto Sans CJK SC,sans-serif;width:720px;padding:16px;background:#fff;color:#222"

TO_WEBP = """async ([data, quality]) => {
  const image = new Image(); image.src = data; await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality);
}"""


def copy(folder: Path) -> Path:
    """Return a copy of the content and of the programs, to be spoilt."""
    for name in ("docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def checked(root: Path) -> str:
    """Return what the check prints about a misspelt key."""
    card = root / f"docs/{CARD}.md"
    good = card.read_text("utf-8")
    card.write_text(good.replace("\nretry:", "\nretyr:"), "utf-8")
    command = [sys.executable, "hooks/cli.py", "check"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    card.write_text(good, "utf-8")
    return f"$ python hooks/cli.py check\n{run.stdout}{re.sub('（.*）', '', run.stderr)}"


def reported(root: Path) -> str:
    """Return the first lines of the report on a lost warning and a new number."""
    card = root / f"docs/{CARD}.md"
    text = card.read_text("utf-8")
    spoilt = re.sub(r"\n- 不要[^\n]*", "\n- 等 15 分钟再扫，最多扣 300 元押金。", text, count=1)
    assert spoilt != text
    card.write_text(spoilt, "utf-8")
    lines = effect(sound(ROOT, "main"), sound(root, "copy")).split("\n")
    return "\n".join(lines[:LINES])


def draw(page: Page, name: str, clip: dict[str, float]) -> None:
    """Write a part of a page as WebP; refuse one that is too large."""
    shot = base64.b64encode(page.screenshot(clip=clip, full_page=True)).decode()
    packed = page.evaluate(TO_WEBP, [f"data:image/png;base64,{shot}", QUALITY])
    data = base64.b64decode(packed.partition(",")[2])
    assert len(data) <= MOST, f"{name}: {len(data)} bytes"
    TARGET.mkdir(exist_ok=True)
    (TARGET / f"{name}.webp").write_bytes(data)


def around(what: Locator) -> dict[str, float]:
    """Return the place of an element on the whole page, with a margin."""
    box = what.evaluate(
        "element => { const r = element.getBoundingClientRect(); "
        "return [r.x + scrollX, r.y + scrollY, r.width, r.height]; }"
    )
    x, y, width, height = box
    left, top = max(0, x - MARGIN), max(0, y - MARGIN)
    return {"x": left, "y": top, "width": width + 2 * MARGIN, "height": height + 2 * MARGIN}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site, root = Path(folder, "site"), copy(Path(folder, "copy"))
        environment = {**os.environ, "EDIT_URI_TEMPLATE": EDIT, "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 760, "height": 900})
        page.goto((site / CARD / "index.html").as_uri())
        link = page.get_by_role("link", name="编辑此页")
        link.evaluate("link => link.style.outline = '3px solid #c00'")
        draw(page, "edit", around(link.locator("xpath=..")))
        page = browser.new_page(viewport={"width": 760, "height": 900})  # without the site's rules on styles
        page.set_content(f"<pre style='{STYLE};white-space:pre-wrap'>{html.escape(checked(root))}</pre>")
        draw(page, "check", around(page.locator("pre")))
        page.set_content(f"<main style='{STYLE}'>{markdown(reported(root))}</main>")
        draw(page, "effect", around(page.locator("main")))
        browser.close()


if __name__ == "__main__":
    main()
