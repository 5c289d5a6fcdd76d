"""The events of MkDocs, in their order; ``adapter.py`` says what becomes of each."""

from __future__ import annotations

from typing import cast

from adapter import Build
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext


def _build(config: MkDocsConfig) -> Build:
    return cast(Build, config["kb"])


def on_config(config: MkDocsConfig) -> None:
    config["kb"] = Build.begin(config)


def on_files(files: Files, config: MkDocsConfig) -> None:
    _build(config).choose_files(files)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    _build(config).nav = nav


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Before Material's tags plugin reads the tags."""
    return _build(config).prepare(markdown, page)


@event_priority(100)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return _build(config).rendered(html, page)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    _build(config).add_files(env, files)


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    _build(config).trust(page)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return _build(config).guard(output, page.url)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return _build(config).guard_template(output_content, template_name)


def on_post_build(config: MkDocsConfig) -> None:
    _build(config).finish()
