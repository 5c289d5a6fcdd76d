"""Adapt the knowledge base to MkDocs: the events of a build, in their order."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache
from kb import asking, offline
from kb.checks import check
from kb.diagnosis import tree_json
from kb.exports import cards_json
from kb.feeds import atom, llms, opensearch, plain_cards, robots
from kb.findable import index_of, told_apart
from kb.glossary import explain
from kb.links import SOURCES_PAGE, definitions, source_list
from kb.macros import macros, macros_csv, macros_json
from kb.modules import UnknownForm
from kb.policy import with_policy
from kb.site import Site
from markupsafe import escape
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

GLOSSARY_PAGE = "about/glossary.md"


def on_config(config: MkDocsConfig) -> None:
    """Read and check everything editors wrote; findings end the build before anything is written."""
    library, findings = check(Path(config.config_file_path).parent)
    if findings:
        raise PluginError("\n".join(["有内容要改：", *map(str, findings)]))
    config.kb_frames, config.kb_pages = {}, {}
    config.extra["offline"] = offline.enabled(config.extra, config.site_url or "")
    preview = urlsplit(config.site_url or "").netloc == str(config.dev_addr)
    config.kb_guarded = partial(with_policy, preview=preview)
    config.kb = Site(library, site_url=config.site_url or "", today=_today())


def _today() -> date:
    return get_build_datetime().date()


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Leave out what the theme brings for its own search engine, and its source maps."""
    for file in list(files):
        if UNUSED.search(file.src_uri):
            files.remove(file)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Keep the navigation for the pages that have no Markdown."""
    config.kb_nav = nav


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give cards their template and tags, before Material's tags plugin reads them; define references."""
    site: Site = config.kb
    page.meta["search"] = {"exclude": True}  # from Material's index, which ours replaces
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


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep the rendered text for exports and search; let terms of the trade explain themselves."""
    site: Site = config.kb
    site.rendered[page.file.src_uri] = html
    if page.file.src_uri not in site.by_src:
        config.kb_pages[page.url] = (page.title, page.file.src_uri)
    glossary = files.get_file_from_path(GLOSSARY_PAGE)
    if page.file is glossary:
        return html
    return explain(html, site.library.terms.entries, glossary.url_relative_to(page.file))


def _page(
    url: str, title: str, template: str, meta: dict, env: Environment, config: MkDocsConfig, files: Files
) -> tuple[str, str]:
    """Render a page that has no Markdown of its own. Return its path in the site and its HTML."""
    file = File.generated(config, f"{url}index.html", content="", inclusion=InclusionLevel.NOT_IN_NAV)
    page = Page(title, file, config)
    page.meta = {"title": title, **meta}
    page.content = ""
    if "shell" in meta:
        page.canonical_url = None  # one frame serves many pages, none of which is for search engines
    html = env.get_template(template).render(get_context(config.kb_nav, files, config, page))
    return file.src_uri, config.kb_guarded(html)


SHELL = {"title": "\ue000", "content": "\ue001"}
"""Characters of the private use area that stand for a page's title and content in the frame."""


def _framed(page: asking.AskPage, env: Environment, config: MkDocsConfig, files: Files) -> str:
    """Set a page of a tree into the frame of the site, which is rendered once for each depth of address."""
    depth = page.url.count("/")
    if depth not in config.kb_frames:
        meta = {"shell": SHELL}
        _, html = _page("x/" * depth, SHELL["title"], "ask/shell.html", meta, env, config, files)
        config.kb_frames[depth] = html
    frame = config.kb_frames[depth]
    return frame.replace(SHELL["title"], str(escape(page.title))).replace(SHELL["content"], page.content)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Hand the site to the templates and add every page and file that has no Markdown of its own."""
    site: Site = config.kb
    env.globals["kb"] = site
    compiled = Path(config.config_file_path).parent / ".cache/templates"
    compiled.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    config.kb_worker = env.get_template("sw.js")

    def add(uri: str, content: str | bytes) -> None:
        files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))

    redirect = env.get_template("redirect.html")
    for address, target, title in site.redirects():
        up = "../" * address.count("/")
        html = redirect.render(up=up, title=title, site_url=site.site_url, path=target)
        add(f"{address}index.html", config.kb_guarded(html))
    for prompt in site.library.prompts.entries:
        meta = {"prompt": prompt, "description": f"屏幕显示“{prompt.text}”：可能的原因和第一步。"}
        add(*_page(f"says/{prompt.id}/", prompt.text, "says.html", meta, env, config, files))
    for diagnosis in site.diagnoses.values():
        start, known = perf_counter(), len(files)
        for page in asking.pages(diagnosis, env, site.site_url):
            add(f"{page.url}index.html", _framed(page, env, config, files))
        each = (perf_counter() - start) / (len(files) - known)
        log.info(f"{asking.figures_line(diagnosis)}，渲染一页 {each * 1000:.1f} 毫秒")
        add(diagnosis.url("tree.txt"), diagnosis.plan.text())
        add(diagnosis.url("states.json"), json.dumps(list(diagnosis.plan.nodes)))
    for path, text in plain_cards(site):
        add(path, text)
    add("atom.xml", atom(site, config.site_name))
    add("llms.txt", llms(site, config.site_name, config.site_description))
    add("robots.txt", robots(site))
    add("opensearch.xml", opensearch(site, config.site_name))
    add("tree.json", tree_json(list(site.diagnoses.values())))
    answers = macros(site.library.cards.values(), site.tags, site.short_text, site.full_text)
    add("macros.csv", macros_csv(answers))
    add("macros.json", macros_json(answers))
    add("cards.json", cards_json(site.library, site.tags, site.sections, site.site_url))


def on_post_build(config: MkDocsConfig) -> None:
    """Replace the index of Material's search by ours; its dialog stays. Then list what works offline."""
    site: Site = config.kb
    index = index_of(site, config.kb_pages)
    if index.lessons:
        log.info(told_apart(index.lessons))
    for path, content in index.files.items():
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    try:
        offline.write(
            Path(config.site_dir),
            lambda kept: config.kb_worker.render(offline=kept),
            config.extra["offline"],
        )
    except UnknownForm as error:
        raise PluginError(str(error)) from error


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Give every page its content security policy."""
    return config.kb_guarded(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Give the page for missing addresses its policy too."""
    return config.kb_guarded(output_content) if template_name.endswith(".html") else output_content
