"""Grow the handbook to many cards: its topics over and over, with other nouns in every sentence.

``python tests/bench/grow.py COUNT FOLDER`` writes a copy of the handbook with at least COUNT cards.
Each copy of the topics keeps their structure (answers, remedies, links between cards) and the length and
form of their sentences; in each sentence nouns make way for others of the same length out of jieba's
dictionary, so that hardly a sentence stands twice and the vocabulary grows with the cards. Copies show no
messages of the screen and name no codes, which belong to one topic, and have no asks without a word to
exchange. Each page is scanned as it is written: a sentence that is foreign is said as the handbook says it,
but for one word at most, so that what is written passes the checks.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import ClassVar

import yaml
from jieba import posseg

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

from kb.checks import RULES, check  # noqa: E402
from kb.checks.foreign import known_of, names_of  # noqa: E402
from kb.checks.prose import MIN_SHARED  # noqa: E402
from kb.content.reader import read_library  # noqa: E402
from kb.foreign import Known, scan  # noqa: E402

KINDS = ("causes", "remedies", "questions")
COPIED = ("docs", "hooks", "overrides", "mkdocs.yml")
KEPT = re.compile(
    r"(?:没有|未见|没给)[^。；]{0,20}证据|推论|【[^】]*】"
    r"|写明|没扣|还没付|别再付|付成没有|账单|没读出来"
    r"|“[^”]*”|\[\^[^]]+\]|\]\[\w+\]|\{[^}]*\}|[ -~]+|[，、。；：？！]"
)
"""What is not exchanged: words and blanks that a rule wants, quotes, notes, links, Latin, marks."""
HAN = re.compile("[一-鿿]{2,3}")
CARD = re.compile(r"(?<![A-Za-z0-9.])([CRQ])(\d{2,})(?![0-9])")
HEAD = re.compile(r"^---\n(.*?)^---\n", re.S | re.M)
TEXTS = ("title", "exact", "summary", "say", "verify", "why", "how")
"""Values of a head that are sentences."""
KEY = re.compile(" *(?:- )?[a-z_]+: ")
"""What stands before a value of a head."""
NAV = re.compile(r"^( +)- .*topics/fee\.md\n", re.M)
"""The last topic in the navigation of ``mkdocs.yml``."""
SENTENCE = re.compile("(?<=[。；？！])")
TRIES = 100
"""How often a page is scanned and its foreign sentences are said anew: one in twenty tries may do."""
ASK_TRIES = 12
"""How often another question is made of one, until it is new and not foreign."""
ROUNDS = 12
"""How often all is checked and what other rules found is said anew: one sentence in some thousands."""
COMMON = 200
"""Least frequency in jieba's dictionary of a noun that may take the place of another."""


@cache
def nouns() -> dict[int, list[str]]:
    """Return the common nouns of jieba's dictionary by their length."""
    found: dict[int, list[str]] = {}
    posseg.initialize()
    words = posseg.dt.tokenizer.FREQ
    for word, tag in sorted(posseg.dt.word_tag_tab.items()):
        if tag == "n" and words.get(word, 0) > COMMON and HAN.fullmatch(word):
            found.setdefault(len(word), []).append(word)
    return found


@cache
def familiar() -> dict[int, list[str]]:
    """Return the nouns of the cards by their length: a sentence with another of them is seldom foreign."""
    found: dict[int, set[str]] = {}
    for kind in KINDS:
        for path in (ROOT / "docs" / kind).glob("*.md"):
            for word, tag in words(HEAD.sub("", path.read_text("utf-8"))):
                if tag == "n" and HAN.fullmatch(word):
                    found.setdefault(len(word), set()).add(word)
    return {length: sorted(some) for length, some in found.items()}


@cache
def words(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((word.word, word.flag) for word in posseg.cut(text))


own: dict[str, str] = {}
"""What was made by exchanging words → what it was made of."""


def exchange(text: str, chance: random.Random) -> str:
    """Return a text with half of its nouns exchanged, and in each part between marks at least one word."""
    made = "".join(part if kept else _exchange(part, chance) for part, kept in parts(text))
    own[made] = text
    return made


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what is kept and what is between, and which of the two it is."""
    at = 0
    for kept in KEPT.finditer(text):
        yield text[at : kept.start()], False
        yield kept[0], True
        at = kept.end()
    yield text[at:], False


def _exchange(text: str, chance: random.Random) -> str:
    cut = list(words(text)) if text else []
    able = [n for n, (word, _) in enumerate(cut) if HAN.fullmatch(word)]
    places = [n for n in able if cut[n][1].startswith("n")]
    chosen = [n for n in places if chance.random() < 0.5] or places[:1] or able[-1:]
    out = [word for word, _ in cut]
    for place in chosen:
        out[place] = chance.choice(nouns()[len(out[place])])
    return "".join(out)


def reword(text: str, value: str, others: dict[int, list[str]], chance: random.Random) -> str:
    """Return a text with each sentence that has ``value``, or every one if none has it, said anew.

    Said anew is what it was made of, with one word at most exchanged for one of ``others``, of those that
    ``value`` shares a character with rather than of the rest.
    """
    before = own.get(text, text)
    now, first = SENTENCE.split(text), SENTENCE.split(before)
    faulty = {
        at for at, sentence in enumerate(now) if value and (value in (b := _bare(sentence)) or b in value)
    }
    made = "".join(
        _reword(old, value, others, chance) if at in faulty or not faulty else sentence
        for at, (sentence, old) in enumerate(zip(now, first, strict=True))
    )
    own[made] = before
    return made


def _reword(sentence: str, value: str, others: dict[int, list[str]], chance: random.Random) -> str:
    out: list[str] = []
    able: list[int] = []
    for part, kept in parts(sentence):
        cut = [part] if kept or not part else [word for word, _ in words(part)]
        able += [len(out) + n for n, word in enumerate(cut) if not kept and HAN.fullmatch(word)]
        out += cut
    alone = [] if len(sentence) >= MIN_SHARED else [None]
    near = [place for place in able if set(out[place]) & set(value)]
    if (place := chance.choice([*near, *near, *able, *alone] or [None])) is not None:
        out[place] = chance.choice(others[len(out[place])])
    return "".join(out)


class Copy:
    """One more of both topics. ``number``: from 1 on; the ids of its cards lie ``number`` × 200 higher."""

    said: ClassVar[set[str]] = set()
    """The asks of all copies."""

    def __init__(self, number: int, root: Path, slugs: Iterable[str], asks: int | None, known: Known) -> None:
        self.number = number
        self.known = known
        self.root = root
        self.asks = asks
        self.slugs = {slug: f"{slug}-{number}" for slug in slugs}
        self.chance = random.Random(number)

    def id(self, match: re.Match[str]) -> str:
        return f"{match[1]}{self.number * 200 + int(match[2])}"

    def write(self) -> None:
        for kind in KINDS:
            for path in sorted((ROOT / "docs" / kind).glob("*.md")):
                if path.stem != "index":
                    self.keep(f"docs/{kind}/{path.stem}-{self.number}.md", self.card(path.read_text("utf-8")))
        for path in sorted((ROOT / "docs/_data/asks/cards").iterdir()):
            lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
            name = f"docs/_data/asks/cards/{CARD.sub(self.id, path.name)}"
            asks = islice((said for line in lines for said in self.new(line, name)), self.asks)
            (self.root / name).write_text("\n".join(asks) + "\n", "utf-8")
        topics = yaml.safe_load((ROOT / "docs/_data/topics.yml").read_text("utf-8"))
        for topic in topics:
            page = (ROOT / f"docs/topics/{topic['id']}.md").read_text("utf-8")
            front, body = HEAD.match(page), HEAD.sub("", page)
            assert front
            head = yaml.safe_load(front[1]) | {"topic": self.topic(topic["id"])}
            head["title"] = exchange(head["title"], self.chance)
            text = f"---\n{dumped(head)}---\n{self.prose(body)}"
            self.keep(f"docs/topics/{self.topic(topic['id'])}.md", text)
        entries = yaml.safe_dump([self.entry(topic) for topic in topics], allow_unicode=True, width=10_000)
        data = self.root / "docs/_data/topics.yml"
        data.write_text(data.read_text("utf-8") + self.passing(entries, "docs/_data/topics.yml"), "utf-8")
        settings = self.root / "mkdocs.yml"
        pages = re.sub(NAV, lambda line: line[0] + self.nav(line[1], topics), settings.read_text("utf-8"))
        settings.write_text(pages, "utf-8")

    def nav(self, indent: str, topics: list[dict]) -> str:
        names = [self.topic(topic["id"]) for topic in topics]
        return "".join(f"{indent}- {name}: topics/{name}.md\n" for name in names)

    def keep(self, name: str, text: str) -> None:
        (self.root / name).write_text(self.passing(text, name), "utf-8")

    def passing(self, text: str, name: str) -> str:
        """Return a text of a file with its foreign sentences said anew until none is foreign."""
        lines = text.split("\n")
        for _ in range(TRIES):
            text = "\n".join(lines)
            found = {
                (text.count("\n", 0, match.start), match.value) for match in scan(text, self.known, name)
            }
            if not found:
                break
            anew(lines, found, self.chance)
        return "\n".join(lines)

    def new(self, ask: str, name: str) -> Iterator[str]:
        """Yield an ask that nobody else has and that is not foreign, if there is a word to exchange."""
        for _ in range(ASK_TRIES):
            said = exchange(ask, self.chance)
            if said != ask and said not in self.said and not any(scan(said, self.known, name)):
                self.said.add(said)
                yield said
                return

    def topic(self, name: str) -> str:
        return f"{name}-{self.number}"

    def entry(self, topic: dict) -> dict:
        kept = {key: topic[key] for key in ("layers", "start")}
        texts = {key: exchange(topic[key], self.chance) for key in ("name", "summary")}
        texts["name"] = f"{texts['name']}{self.number}"
        first = {"first": self.slugs[topic["first"]]} if topic.get("first") else {}
        return {"id": self.topic(topic["id"]), **texts, **first, **kept}

    def card(self, text: str) -> str:
        front, body = HEAD.match(text), HEAD.sub("", text)
        assert front
        head = yaml.safe_load(CARD.sub(self.id, front[1]))
        head["topic"] = self.topic(head["topic"])
        for key in ("prompts", "codes", "aliases", "widget", "changed"):
            if key in head:
                head[key] = []
        for key in ("widget", "changed"):
            head.pop(key, None)
        for key in ("answers", "only_if"):
            if key in head:
                head[key] = {self.slugs[slug]: cell for slug, cell in head[key].items()}
        for key in TEXTS:
            if isinstance(head.get(key), str):
                head[key] = exchange(head[key], self.chance)
        for option in head.get("options", ()):
            option["label"] = exchange(option["label"], self.chance)
        return f"---\n{dumped(head)}---\n{self.prose(body)}"

    def prose(self, body: str) -> str:
        lines = CARD.sub(self.id, body).split("\n")
        return "\n".join(line if line.startswith("#") else exchange(line, self.chance) for line in lines)


def dumped(head: dict) -> str:
    return yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=10_000)


def anew(lines: list[str], found: Iterable[tuple[int, str]], chance: random.Random) -> None:
    """Reword the lines in which something was found: numbers of lines, each with what."""
    bare = [_bare(line) for line in lines]
    for place, value in sorted({(_place(bare, _bare(value), at), _bare(value)) for at, value in found}):
        key = KEY.match(lines[place])
        head, said = (key[0], lines[place][key.end() :]) if key else ("", lines[place])
        lines[place] = head + reword(said, value, familiar(), chance)


def _place(bare: Sequence[str], value: str, place: int) -> int:
    """Return the line of what is found on a page, which is said to stand there or below."""
    return next((at for at, line in enumerate(bare) if at >= place and value and value in line), place)


def _bare(text: str) -> str:
    """Return the Han of a text: what is found stands there with its markup."""
    return "".join(re.findall("[一-鿿]", text))


def grow(root: Path, cards: int, asks: int | None) -> None:
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    slugs = [path.stem for path in (ROOT / "docs/questions").glob("*.md")]
    library, _ = check(ROOT)
    examples = library.adverts, library.harmless
    known = known_of(library.words, library.phrases, examples, library.contacts, names_of(library))
    for number in range(1, -(-cards // len(library.cards))):
        Copy(number, root, slugs, asks, known).write()
    chance = random.Random(0)
    for _ in range(ROUNDS):
        library, findings = read_library(root)
        for rule in RULES:
            findings += rule(library)
        print(f"{len(library.cards)} cards, {len(findings)} findings", file=sys.stderr)
        if not findings:
            return
        for name, some in groupby(sorted(findings), key=lambda finding: finding.path):
            lines = (root / name).read_text("utf-8").split("\n")
            anew(lines, [(finding.line - 1, finding.value) for finding in some], chance)
            (root / name).write_text("\n".join(lines), "utf-8")
    sys.exit("\n".join(map(str, findings)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("cards", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--asks", type=int, help="most of each copied card; all of them unless given")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True)
    grow(arguments.folder, arguments.cards, arguments.asks)
