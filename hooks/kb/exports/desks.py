"""Ready answers in the forms that help desks and chat bots import: ``FORMATS`` is the one list.

Each is one file a topic, ``exports/<stem>-<topic>.<ending>``: none grows with the whole handbook. What an
importer demands stands at its function; ``tests/exports/test_desks.py`` holds the same as a test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kb.content.topics import Topic
from kb.exports.replies import Reply, replies
from kb.exports.tables import csv_file, xlsx_file
from kb.pages.site import Site

Replies = Sequence[Reply]


def zammad(entries: Replies) -> bytes:
    """Columns are attributes of TextModule, of which ``name`` finds a row again: so it is the id.

    Source: zammad/zammad, app/models/concerns/can_csv_import.rb and text_module.rb.
    """
    rows = [(e.id, " ".join((e.title, *e.words)), e.content, e.name, "true") for e in entries]
    return csv_file([("name", "keywords", "content", "note", "active"), *rows])


def chatwoot(entries: Replies) -> str:
    """Bodies for ``POST …/canned_responses``; a ``short_code`` is unique in an account.

    Source: chatwoot/chatwoot, app/models/canned_response.rb.
    """
    return _json([{"short_code": e.id.lower(), "content": e.content} for e in entries])


MOST_NAME = 100
ACTIVE = re.compile(r"\{(?=[{%#])|(?<=%)\}")
"""Braces that a Django template acts on."""


def django_helpdesk(entries: Replies) -> str:
    """A fixture for ``loaddata``: a body is a Django template; by its stable key it replaces what was loaded.

    Source: django-helpdesk 2.6.1, helpdesk/models.py: PreSetReply.
    """
    return _json([{"model": "helpdesk.presetreply", "pk": _key(e), "fields": _fields(e)} for e in entries])


def _fields(reply: Reply) -> dict[str, object]:
    body = ACTIVE.sub(lambda brace: f'{{{{ "{brace[0]}" }}}}', reply.content)
    return {"name": reply.name[:MOST_NAME], "body": body, "queues": []}


def _key(reply: Reply) -> int:
    """A number far from those that the help desk gives itself, and below 2³¹."""
    number = int(re.sub(r"\D", "", reply.id))
    return ord(reply.id[0]) * 10_000_000 + number * 10 + reply.is_full


def bytedesk(entries: Replies) -> bytes:
    """One sheet; a category that is not there is made. Source: Bytedesk, QuickReplyExcel.java."""
    return xlsx_file(
        [("分类", "类型(TEXT)", "标题", "内容"), *((e.group, "TEXT", e.name, e.content) for e in entries)]
    )


def qianniu(entries: Replies) -> bytes:
    """The short answers, in GBK, the first line as its importers compare it (QnShortcutImporter.cs)."""
    rows = [(e.id.lower(), e.content, e.group) for e in entries if not e.is_full]
    return csv_file([("快捷短语编码", "快捷短语", "快捷短语分组"), *rows], "gb18030")


def fastgpt(entries: Replies) -> bytes:
    """A card a row: title, whole answer, and each ask an index of its own, as many columns as there are.

    Source: doc.fastgpt.io, template import.
    """
    return csv_file(
        [("q", "a", "indexes"), *((e.title, e.content, *(e.asks or ("",))) for e in entries if e.is_full)]
    )


def dify(entries: Replies) -> bytes:
    """An ask a row with the short answer, which annotations give word for word; at most 10,000 rows and 2 MB.

    Source: langgenius/dify, api/services/annotation_service.py.
    """
    rows = [(ask, e.content) for e in entries if not e.is_full for ask in (e.title, *e.asks)]
    return csv_file([("question", "answer"), *rows])


def ragflow(entries: Replies) -> bytes:
    """Two columns without a header: an ask, the whole answer. Source: infiniflow/ragflow, rag/app/qa.py."""
    return xlsx_file([(ask, e.content) for e in entries if e.is_full for ask in (e.title, *e.asks)])


def espanso(entries: Replies) -> str:
    """Matches for its search bar (JSON is YAML). Source: espanso/website, docs/matches/basics.md."""
    return _json(
        {
            "matches": [
                {
                    "trigger": f":{e.id.lower()}",
                    "label": e.name,
                    "search_terms": [*e.words, *e.tags],
                    "replace": e.content,
                }
                for e in entries
            ]
        }
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


class Format(NamedTuple):
    """A program that imports answers, and what makes its file. ``stem`` is also its anchor on the page."""

    name: str
    stem: str
    ending: str
    write: Callable[[Replies], str | bytes]

    def path(self, topic: Topic) -> str:
        return f"exports/{self.stem}-{topic.id}.{self.ending}"


FORMATS = (
    Format("Zammad", "zammad", "csv", zammad),
    Format("Chatwoot", "chatwoot", "json", chatwoot),
    Format("django-helpdesk", "django-helpdesk", "json", django_helpdesk),
    Format("微语 Bytedesk", "bytedesk", "xlsx", bytedesk),
    Format("千牛", "qianniu", "csv", qianniu),
    Format("FastGPT", "fastgpt", "csv", fastgpt),
    Format("Dify", "dify", "csv", dify),
    Format("RAGFlow", "ragflow", "xlsx", ragflow),
    Format("Espanso", "espanso", "yml", espanso),
)


def desk_files(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Yield path and content of every format for every topic."""
    for topic in site.library.topics.entries:
        entries = tuple(replies(site, topic.id))
        for form in FORMATS:
            yield form.path(topic), form.write(entries)
