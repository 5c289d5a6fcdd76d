"""The log of a web server, nginx's or Caddy's: which pages people open, without who they are."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kb.content.library import Library
from kb.editing.learn.tickets import NoTickets, answers_in

COMBINED = re.compile(r'^(\S+) .*?"GET (\S+) HTTP/[0-9.]+" (\d{3}) ')
GOOD = range(200, 400)


@dataclass
class Visits:
    """What was opened → by how many different visitors, and lines that could not be read."""

    cards: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    answers: defaultdict[tuple[str, str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    searches: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    broken: int = 0


def read_access(path: Path, library: Library) -> Visits:
    """Count the visitors of each card, answer and search; an address of a visitor is kept as a hash only."""
    if not path.exists():
        raise NoTickets(f"没有“{path}”这个文件")
    visits = Visits()
    urls = {card.url: card.id for card in library.every.values()}
    urls |= {card.short_url: card.id for card in library.every.values()}
    for visitor, address in _requests(path, visits):
        parts = urlsplit(address)
        path_ = unquote(parts.path)
        folders = [part for part in path_.split("/") if part]
        for start in range(len(folders)):
            if card := urls.get("/".join(folders[start:]) + "/"):
                visits.cards[card].add(visitor)
        topic, answers = answers_in(path_)
        for answer in answers:
            visits.answers[topic, *answer].add(visitor)
        for query in parse_qs(parts.query).get("q", ()):
            visits.searches[query.strip()[:80]].add(visitor)
    return visits


def _requests(path: Path, visits: Visits) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            request = _caddy(line) if line.startswith("{") else _nginx(line)
            if request is None:
                visits.broken += bool(line.strip())
            elif request[2] in GOOD:
                yield hash(request[0]), request[1]


def _nginx(line: str) -> tuple[str, str, int] | None:
    found = COMBINED.match(line)
    return (found[1], found[2], int(found[3])) if found else None


def _caddy(line: str) -> tuple[str, str, int] | None:
    try:
        entry = json.loads(line)
        request = entry["request"]
        return (
            str(request.get("remote_ip") or request["remote_addr"]),
            str(request["uri"]),
            int(entry["status"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
