"""Adapt the knowledge base to MkDocs: the events of a build, in their order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinja2 import Environment
from kb.checks import check
from kb.exports import cards_json
from kb.links import SOURCES_PAGE, definitions, source_list
from kb.site import Site
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_datetime


def on_config(config: MkDocsConfig) -> None:
    """Read and check everything editors wrote; findings end the build before anything is written."""
    library, findings = check(Path(config.config_file_path).parent)
    if findings:
        raise PluginError("\n".join(["有内容要改：", *map(str, findings)]))
    config.kb = Site(library, site_url=config.site_url or "", today=_today())


def _today() -> date:
    return get_build_datetime().date()


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Keep the navigation for the pages that have no Markdown."""
    config.kb_nav = nav


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give cards their template and tags, before Material's tags plugin reads them; define references."""
    site: Site = config.kb
    card = site.by_src.get(page.file.src_uri)
    if card:
        page.title = page.meta["title"] = card.head.title
        page.meta |= {
            "template": "card.html",
            "description": card.head.summary,
            "tags": site.tags[card.id],
        }
        page.update_date = card.head.verified.isoformat()
    if page.file.src_uri == SOURCES_PAGE:
        markdown += source_list(site.library)
    return markdown + definitions(markdown, page.file.src_uri, site.library)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Keep the rendered text for exports and search."""
    config.kb.rendered[page.file.src_uri] = html


def _page(
    url: str, title: str, template: str, meta: dict, env: Environment, config: MkDocsConfig, files: Files
) -> tuple[str, str]:
    """Render a page that has no Markdown of its own. Return its path in the site and its HTML."""
    file = File.generated(config, f"{url}index.html", content="", inclusion=InclusionLevel.NOT_IN_NAV)
    page = Page(title, file, config)
    page.meta = {"title": title, **meta}
    page.content = ""
    return file.src_uri, env.get_template(template).render(get_context(config.kb_nav, files, config, page))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Hand the site to the templates and add every page and file that has no Markdown of its own."""
    site: Site = config.kb
    env.globals["kb"] = site

    def add(uri: str, content: str | bytes) -> None:
        files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))

    redirect = env.get_template("redirect.html")
    for address, target, title in site.redirects():
        up = "../" * address.count("/")
        add(
            f"{address}index.html",
            redirect.render(target=up + target, title=title, site_url=site.site_url, path=target),
        )
    for prompt in site.library.prompts.entries:
        meta = {"prompt": prompt, "description": f"屏幕显示“{prompt.text}”：可能的原因和第一步。"}
        add(*_page(f"says/{prompt.id}/", prompt.text, "says.html", meta, env, config, files))
    add("cards.json", cards_json(site.library, site.tags, site.sections, site.site_url))
