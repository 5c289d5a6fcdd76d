"""Adapt the knowledge base to MkDocs: the events of a build, in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache
from kb import exports
from kb.checks import check
from kb.delivery import precache
from kb.delivery.modules import UnknownForm
from kb.delivery.styles import lighten
from kb.diagnosis.pages import figures_line
from kb.exports.documents import index_of
from kb.pages.generated import Generated
from kb.pages.markdown import prepare, rendered
from kb.pages.policy import with_policy
from kb.pages.site import Site
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime

log = get_plugin_logger("kb")

UNUSED = re.compile(r"^assets/javascripts/(?:lunr|workers)/|^assets/.*\.map$")
"""What the theme brings for its own search engine, and its source maps."""


@dataclass
class Build:
    """One build: the site, and what MkDocs hands out along the way."""

    site: Site
    preview: bool
    """Whether ``mkdocs serve`` shows it, which puts a script into each page."""
    nav: Navigation = field(default_factory=lambda: Navigation([], []))
    env: Environment = field(default_factory=Environment)

    def guard(self, html: str) -> str:
        return with_policy(html, preview=self.preview)


def _build(config: MkDocsConfig) -> Build:
    return cast(Build, config["kb"])


def on_config(config: MkDocsConfig) -> None:
    """Read and check everything editors wrote; findings end the build before anything is written."""
    library, findings = check(Path(config.config_file_path).parent)
    if findings:
        raise PluginError("\n".join(["有内容要改：", *map(str, findings)]))
    url = config.site_url or ""
    site = Site(library, config.site_name, config.site_description or "", url, get_build_datetime().date())
    config["kb"] = Build(site, preview=urlsplit(url).netloc == str(config.dev_addr))
    config.extra["offline"] = precache.enabled(config.extra, url)


def on_files(files: Files, config: MkDocsConfig) -> None:
    for file in list(files):
        if UNUSED.search(file.src_uri):
            files.remove(file)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    _build(config).nav = nav


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Before Material's tags plugin reads the tags."""
    markdown, meta = prepare(markdown, page.file.src_uri, _build(config).site)
    page.meta.update(meta)
    page.update_date = str(meta.get("date", page.update_date))
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return rendered(html, page.file.src_uri, str(page.title), _build(config).site)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Hand the site to the templates and add every page and file that has no Markdown of its own."""
    build = _build(config)
    env.globals["kb"] = build.site
    compiled = Path(config.config_file_path).parent / ".cache/templates"
    compiled.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    build.env = env

    def render(address: str, title: str, template: str, meta: Mapping[str, object]) -> str:
        page = Page(title, _generated(config, f"{address}index.html", ""), config)
        page.meta, page.content = {"title": title, **meta}, ""
        if "frame" in meta:
            page.canonical_url = None  # one frame serves many pages, none of which is for search engines
        return env.get_template(template).render(get_context(build.nav, files, config, page))

    for address, html in Generated(build.site, env, render):
        files.append(_generated(config, f"{address}index.html", build.guard(html)))
    for path, content in exports.files(build.site):
        files.append(_generated(config, path, content))
    for diagnosis in build.site.diagnoses.values():
        log.info(figures_line(diagnosis))


def _generated(config: MkDocsConfig, path: str, content: str | bytes) -> File:
    return File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return _build(config).guard(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return _build(config).guard(output_content) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Lighten our styles, replace the index of Material's search by ours, then list what works offline."""
    build, site = _build(config), Path(config.site_dir)
    lighten(site / "assets/style")
    precache.write_files(site, index_of(build.site).files)
    try:
        precache.write_worker(site, build.env.get_template("sw.js"), config.extra["offline"])
    except UnknownForm as error:
        raise PluginError(str(error)) from error
