"""The pages that have no Markdown: forwarding pages, screen messages, the trees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment
from markupsafe import escape

from kb.content.kinds import ALL
from kb.diagnosis.pages import AskPage, pages
from kb.pages.site import Site

FRAME = {"title": "\ue000", "content": "\ue001"}
"""Characters of the private use area that stand for a page's title and content in the frame."""

Render = Callable[[str, str, str, Mapping[str, object]], str]
"""(address, title, template, meta) → HTML in the frame of the theme."""


@dataclass
class Generated:
    """Makes pages with the theme's ``render``; the frame of tree pages is rendered once for each depth."""

    site: Site
    env: Environment
    render: Render
    frames: dict[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield the address and HTML of every page."""
        yield from self._redirects()
        yield from self._messages()
        if self.site.split:
            yield from self._lists()
        for diagnosis in self.site.diagnoses.values():
            for page in pages(diagnosis, self.env, self.site.site_url):
                yield page.url, self._framed(page)

    def _redirects(self) -> Iterator[tuple[str, str]]:
        template = self.env.get_template("redirect.html")
        for address, target, title in self.site.redirects():
            up = "../" * address.count("/")
            yield address, template.render(up=up, title=title, site_url=self.site.site_url, path=target)

    def _messages(self) -> Iterator[tuple[str, str]]:
        if not self.site.library.prompts.entries:
            return
        title = f"屏幕上的 {len(self.site.library.prompts.entries)} 句话"
        meta: dict[str, object] = {"description": f"{title}：点你看到的那一句，看原因和第一步。"}
        yield "says/", self.render("says/", title, "says-all.html", meta)
        for prompt in self.site.library.prompts.entries:
            meta = {"prompt": prompt, "description": f"屏幕显示“{prompt.text}”：可能的原因和第一步。"}
            address = f"says/{prompt.id}/"
            yield address, self.render(address, prompt.text, "says.html", meta)

    def _lists(self) -> Iterator[tuple[str, str]]:
        """Yield the lists of each topic, to which those of all cards lead."""
        for topic in self.site.library.topics.entries:
            lists = [(kind.folder, f"全部{kind.label}", "listing.html", kind.name) for kind in ALL]
            for folder, what, template, kind in [*lists, ("tags", "按标签找", "tags.html", "")]:
                address, title = f"topics/{topic.id}/{folder}/", f"{topic.name}：{what}"
                meta = {"kind": kind, "only": topic, "description": title}
                yield address, self.render(address, title, template, meta)

    def _framed(self, page: AskPage) -> str:
        depth = page.url.count("/")
        if depth not in self.frames:
            meta = {"frame": FRAME, "section": "ask/"}
            self.frames[depth] = self.render("x/" * depth, FRAME["title"], "ask/frame.html", meta)
        frame = self.frames[depth]
        return frame.replace(FRAME["title"], escape(page.title)).replace(FRAME["content"], page.content)
