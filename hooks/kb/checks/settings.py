"""The settings that a handbook has of its own; what all have in common stands with the programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from kb.checks.rules import rule
from kb.checks.theme import has_icon
from kb.content.files import SETTINGS
from kb.content.findings import Finding, Place, near
from kb.content.library import Library

COMMON = "hooks/mkdocs.yml"

Keys = Mapping[str, "Keys"]

OWN: Keys = {
    "INHERIT": {},
    "site_name": {},
    "site_description": {},
    "site_url": {},
    "edit_uri_template": {},
    "copyright": {},
    "nav": {},
    "not_in_nav": {},
    "extra": {"header": {}, "footer": {}},
    "theme": {"icon": {"logo": {}}},
}
"""Key → the keys below it, if only some of them may be set."""

FROM_OUTSIDE = frozenset({"site_url", "edit_uri_template"})
"""Keys whose value may come from the environment: ``!ENV [NAME, other]``."""

NEEDED = {
    "INHERIT": f"在最上面加一行 INHERIT: {COMMON}",
    "site_name": "加一行 site_name: 手册的名字",
    "site_description": "加一行 site_description: 一句话说手册讲什么",
    "site_url": "加一行 site_url: 站的网址，以 https:// 开头、/ 结尾",
}
"""Key → what to do without it."""

PLAIN = frozenset(f"tag:yaml.org,2002:{kind}" for kind in "str int float bool null seq map".split())


@rule("settings")
def check_settings(library: Library) -> Iterator[Finding]:
    """``mkdocs.yml`` sets what is this handbook's own: name, address, menu, logo; no programs, no plugins.

    Bad: ``hooks: [docs/x.py]``; ``extra_javascript``; ``theme: {name: …}``; ``site_name: !!python/name:os``.
    Good: ``site_name``, ``nav``, ``theme: {icon: {logo: material/printer}}``.
    """
    try:
        root = yaml.compose(library.files.texts.get(SETTINGS, ""), Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return  # the rule pages says where
    yield from _keys(root, OWN)
    set_here = {str(key.value) for key, _ in root.value} if isinstance(root, yaml.MappingNode) else set()
    whole = (library.root / COMMON).is_file()
    for name, remedy in NEEDED.items() if set_here else ():
        if name not in set_here and not near(name, set_here - OWN.keys()) and (whole or name == "site_name"):
            yield Place(SETTINGS).finding(name, "缺少这一项设置", remedy)


def _keys(node: yaml.Node | None, own: Keys) -> Iterator[Finding]:
    seen: set[str] = set()
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for key, value in pairs:
        name = str(key.value)
        if name in seen:
            yield _at(key).finding(name, "这一项写了两次", "只留一处")
            continue
        seen.add(name)
        if name not in own:
            meant = near(name, own.keys() - {str(other.value) for other, _ in pairs})
            remedy = meant or f"删掉它：各手册一样的设置在 {COMMON}，改那里要由负责人审"
            yield _at(key).finding(name, "这里不能改这一项设置", remedy)
        elif name == "INHERIT" and value.value != COMMON:
            yield _at(value).finding(str(value.value), "要沿用的设置不在那里", f"写成“{COMMON}”")
        elif name == "logo" and not has_icon(str(value.value)):
            remedy = "照上一版写，或换成 Material for MkDocs 有的图标，例如 material/printer"
            yield _at(value).finding(str(value.value), "没有这个图标", remedy)
        elif own[name]:
            yield from _keys(value, own[name])
        elif name in NEEDED and value.value == "":
            yield _at(key).finding(name, "没有写内容", "在冒号后面写上内容")
        elif name == "site_url" and value.tag != "!ENV" and not str(value.value).startswith("https://"):
            yield _at(value).finding(str(value.value), "不是完整的网址", "写成 https:// 开头、/ 结尾的网址")
        elif name not in FROM_OUTSIDE or value.tag != "!ENV":
            yield from _tags(value)


def _tags(node: yaml.Node) -> Iterator[Finding]:
    if node.tag not in PLAIN:
        remedy = "删掉以 ! 开头的部分，或用双引号包起来"
        yield _at(node).finding(node.tag, "不允许用 YAML 标签", remedy)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _tags(child)
    elif isinstance(node, yaml.MappingNode):
        for _, child in node.value:
            yield from _tags(child)


def _at(node: yaml.Node) -> Place:
    return Place(SETTINGS, node.start_mark.line + 1, node.start_mark.column + 1)
