"""The knowledge base in the hands of MkDocs: one build, from its settings to the files it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache, select_autoescape
from kb import exports
from kb.checks import check
from kb.delivery import assets, precache
from kb.delivery.modules import UnknownForm
from kb.delivery.theme import trimmed
from kb.diagnosis.pages import figures_line
from kb.digest import integrity
from kb.editing.blame import told
from kb.exports.documents import index_of, keep_strays, told_apart
from kb.pages.elements import strange
from kb.pages.generated import Generated
from kb.pages.markdown import prepare, rendered
from kb.pages.policy import UnknownScript, scripts_of, with_policy
from kb.pages.registered import registered, report_address
from kb.pages.site import Site
from kb.search.words import keep_dictionary
from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_build_datetime

log = get_plugin_logger("kb")

UNUSED = re.compile(r"^assets/(?:images|javascripts|stylesheets)/")
"""What the theme brings for pages that are not ours."""

THEME_STYLE = re.compile(r"^assets/stylesheets/main\.[0-9a-f]+\.min\.css$")


@dataclass
class Build:
    """One build: the site, and what MkDocs hands out along the way."""

    config: MkDocsConfig
    site: Site
    nav: Navigation = field(default_factory=lambda: Navigation([], []))
    env: Environment = field(default_factory=Environment)
    files: Files = field(default_factory=lambda: Files([]))
    assets: str = ""
    """The folder of our style sheets and scripts."""
    integrity: str = ""
    """The digest of the entry, which loads the other scripts."""
    scripts: dict[int, frozenset[str]] = field(default_factory=dict)
    """Inline scripts of the theme by depth of address, from which their addresses are relative."""

    @classmethod
    def begin(cls, config: MkDocsConfig) -> Build:
        """Read and check everything editors wrote; findings end the build before anything is written."""
        root = Path(config.config_file_path).parent
        library, findings = check(root)
        if shown := told(findings, library, root):
            raise PluginError("\n".join(["有内容要改：", *map(str, shown)]))
        keep_dictionary(root / ".cache")
        url = config.site_url or ""
        today = get_build_datetime().date()
        config.extra["offline"] = precache.enabled(config.extra, url)
        try:  # an environment variable of digits is a number
            numbers = registered(str(config.extra["icp"]), str(config.extra["police"]))
        except ValueError as error:
            raise PluginError(f"备案号写得不对：{error}") from error
        try:
            config.extra["report"] = report_address(str(config.extra["report"]), library.contacts)
        except ValueError as error:
            raise PluginError(f"REPORT 要先登记在 docs/_data/contacts.yml：{error}") from error
        config.copyright = Markup(" ").join(filter(None, (Markup(config.copyright or ""), numbers)))
        return cls(config, Site(library, config.site_name, config.site_description or "", url, today))

    def choose_files(self, files: Files) -> None:
        """Take drafts, and what the theme brings in vain, off the site, our styles and scripts in place."""
        drafts = {card.src_uri for card in self.site.library.drafts.values()}
        ours: dict[str, str] = {}
        for file in list(files):
            if THEME_STYLE.search(file.src_uri):
                ours["assets/style/theme.css"] = trimmed(file.content_string)
            elif assets.OURS.fullmatch(file.src_uri) and file.inclusion is not InclusionLevel.EXCLUDED:
                ours[file.src_uri] = file.content_string
            elif not UNUSED.search(file.src_uri) and file.src_uri not in drafts:
                continue
            files.remove(file)
        self.assets, sent = assets.shipped(ours)
        self.integrity = integrity(sent[f"{self.assets}/page/site.js"].encode())
        for path, text in sent.items():
            files.append(self._file(path, text))

    def prepare(self, markdown: str, page: Page) -> str:
        """Return a page's Markdown with what it refers to defined; its template and tags go to its meta."""
        markdown, meta = prepare(markdown, page.file.src_uri, self.site)
        page.meta.update(meta)
        page.update_date = str(meta.get("date", self.site.newest))
        return markdown

    def rendered(self, html: str, page: Page) -> str:
        """Return HTML with its terms explained; raise ``PluginError`` for what texts may not have."""
        if outside := next(strange(html), None):
            raise PluginError(f"docs/{page.file.src_uri}：正文里不能有 {outside}")
        return rendered(html, page.file.src_uri, str(page.title), self.site)

    def trust(self, page: Page) -> None:
        """Mark what Markdown made as HTML, since it has been looked at; all else is text, and escaped."""
        page.content = Markup(page.content or "")
        for entry in _entries(page.toc):
            entry.title = Markup(entry.title)

    def add_files(self, env: Environment, files: Files) -> None:
        """Hand the site to the templates and write every page and file that has no Markdown of its own."""
        env.globals |= {"kb": self.site, "formats": exports.FORMATS}
        env.globals |= {"assets": self.assets, "integrity": self.integrity}
        env.autoescape = select_autoescape(("html", "xml"), default=False)
        env.trim_blocks = env.lstrip_blocks = True  # a page has 300 bytes less, gzipped
        env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}  # 600 less
        compiled = self.site.library.root / ".cache/templates"
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(compiled), "trimmed-%s.cache")
        self.env, self.files = env, files
        for address, html in Generated(self.site, env, self._render):
            self._write(f"{address}index.html", self.guard(html, address))
        for path, content in exports.files(self.site):
            self._write(path, content)
        for diagnosis in self.site.diagnoses.values():
            log.info(figures_line(diagnosis))

    def _render(self, address: str, title: str, template: str, meta: Mapping[str, object]) -> str:
        page = Page(title, self._file(f"{address}index.html", ""), self.config)
        page.meta, page.content = {"title": title, **meta}, Markup("")
        if "frame" in meta:
            page.canonical_url = None  # one frame serves many pages, none of which is for search engines
        return self.env.get_template(template).render(get_context(self.nav, self.files, self.config, page))

    def _file(self, path: str, content: str) -> File:
        return File.generated(self.config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)

    def _write(self, path: str, content: str | bytes) -> None:
        """Write a file of the site at once: as files of MkDocs all would be held until the last is made."""
        if path.startswith("/") or ".." in path.split("/"):
            raise PluginError(f"{path}：不在站里")
        content = content.encode() if isinstance(content, str) else content
        precache.write_files(Path(self.config.site_dir), {path: content})

    def guard(self, html: str, address: str) -> str:
        """Return a page with its policy, which allows the scripts of our templates and no other.

        ``mkdocs serve`` puts a script into each page that it shows.
        """
        depth = address.count("/")
        if depth not in self.scripts:
            self.scripts[depth] = scripts_of(self._render("x/" * depth, "", "main.html", {"frame": True}))
        try:
            return with_policy(html, self.scripts[depth], preview=self._preview)
        except UnknownScript as error:
            raise PluginError(f"{address or 'index.html'}：{error}") from error

    def guard_template(self, html: str, name: str) -> str:
        """The page for lost readers stands at no one place and has no content: its scripts are ours."""
        return with_policy(html, scripts_of(html), preview=self._preview) if name.endswith(".html") else html

    @property
    def _preview(self) -> bool:
        return urlsplit(self.site.site_url).netloc == str(self.config.dev_addr)

    def finish(self) -> None:
        """Write the search index, then list what works offline."""
        folder = Path(self.config.site_dir)
        index = index_of(self.site)
        if index.lessons:
            log.info(told_apart(index.lessons))
            keep_strays(index.lessons, self.site.library.root)
        precache.write_files(folder, index.files)
        try:
            worker = self.env.get_template("sw.js")
            left_out = precache.write_worker(folder, worker, self.config.extra["offline"])
        except UnknownForm as error:
            raise PluginError(str(error)) from error
        for name, size in left_out.items():
            log.info("%s/ 有 %.1f MB，太大，没网时打不开这些页", name, size / 1e6)


def _entries(entries: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for entry in entries:
        yield entry
        yield from _entries(entry.children)
