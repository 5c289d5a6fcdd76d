"""The solved tree of one topic: its plan, its addresses, the ways through it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations
from pathlib import Path

from kb import tree
from kb.content.cards import Card
from kb.content.library import Library
from kb.content.schema import Cause
from kb.content.topics import Topic
from kb.diagnosis.cache import remembered
from kb.diagnosis.distinctions import Distinction, Shares, distinctions, shares_of
from kb.diagnosis.table import table_of
from kb.diagnosis.wording import Wording, shorten

DRAWN_DEPTH = 2
"""Answers from the root that the drawing shows: deeper, nobody can read it."""

MOSTLY = 0.5
"""Share of its readers who give an answer from which a cause is named beside it."""

MOST_POINTED = 3
"""Causes named beside one answer."""


def published_file(root: Path, topic: str) -> Path:
    return root / f"docs/_data/lock/tree-{topic}.txt"


@dataclass(frozen=True)
class Arrival:
    """How a page is reached: the page before, the question asked there, and the option chosen."""

    page: str
    question: str
    option: str


class Diagnosis:
    """The solved tree of one topic. Raises ``ValueError`` if the published pages cannot be read."""

    def __init__(self, library: Library, topic: Topic) -> None:
        self.library = library
        self.topic = topic
        self.words = Wording(library, topic)
        self.table = table_of(library, topic)
        path = published_file(library.root, topic.id)
        self.published = tree.PublishedPages.read(path.read_text("utf-8") if path.exists() else "")
        self._plan: tree.Plan | None = None

    @property
    def plan(self) -> tree.Plan:
        if self._plan is None:
            solve([self])
        assert self._plan
        return self._plan

    @cached_property
    def starts(self) -> Mapping[str, tree.Given]:
        """Screen option → the answers with which a reader begins who has seen it."""
        slug = self.topic.screen
        question = self.library.question_by_slug.get(slug) if slug else None
        if slug is None or question is None:
            return {}
        return {option.id: frozenset({(slug, option.id)}) for option in question.head.options}

    def start_node(self, option: str) -> tree.Node:
        """Return the page where the diagnosis begins for somebody who has seen this screen option, if any."""
        return self.plan.nodes[tree.address(self.starts.get(option, ()))]

    def url(self, path: str) -> str:
        return f"ask/{self.topic.id}/{path}"

    def publish(self) -> int:
        """Record the live pages and the tree in its reviewable form. Return how many pages are new."""
        published = self.published.updated(self.plan.live)
        path = published_file(self.library.root, self.topic.id)
        outline = path.with_name(f"tree-{self.topic.id}-outline.txt")
        path.write_text(published.text(), "utf-8", newline="\n")
        outline.write_text(self.plan.text(), "utf-8", newline="\n")
        return len(published.pages) - len(self.published.pages)

    @cached_property
    def retired(self) -> tuple[str, ...]:
        """Published addresses that the tree no longer uses."""
        return self.published.retired(self.plan.nodes.keys())

    def resume(self, path: str) -> tree.Resume:
        return tree.resume(tree.answers_of(path), self._live)

    @cached_property
    def arrivals(self) -> dict[str, Arrival]:
        """The shortest way to each page that is not a start, found breadth first."""
        arrivals: dict[str, Arrival] = {}
        waiting = list(self.plan.starts)
        for path in waiting:
            node = self.plan.nodes[path]
            for option, after in node.next:
                if node.question and after not in arrivals and after not in self.plan.starts:
                    arrivals[after] = Arrival(path, node.question, option)
                    waiting.append(after)
        return arrivals

    def in_order(self, node: tree.Node) -> tuple[tuple[str, str], ...]:
        """Return the answers of a page in the order in which they were asked, the screen first."""
        asked, path = [], node.path
        while path in self.arrivals:
            asked.append(self.arrivals[path].question)
            path = self.arrivals[path].page
        begun = [slug for slug, _ in node.answers if slug not in asked]
        order = sorted([*begun, *reversed(asked)], key=lambda slug: slug != self.topic.screen)
        return tuple(sorted(node.answers, key=lambda answer: order.index(answer[0])))

    def changes(self, node: tree.Node, slug: str) -> Iterator[tuple[str, str]]:
        """Yield every other answer to a question, and the page with it that keeps most of the others."""
        others = [answer for answer in node.answers if answer[0] != slug]
        given = dict(node.answers)[slug]
        for option in self.library.question_by_slug[slug].head.options:
            if option.id != given:
                path = self._keeping((slug, option.id), others)
                if path is not None:
                    yield option.id, path

    def _keeping(self, answer: tuple[str, str], others: Sequence[tuple[str, str]]) -> str | None:
        """Return the live page with ``answer`` and as many of ``others`` as possible."""
        for size in range(len(others), -1, -1):
            kept = (frozenset((answer, *some)) for some in combinations(others, size))
            if found := [self._live[given] for given in kept if given in self._live]:
                return min(found)
        return None

    @cached_property
    def _live(self) -> dict[tree.Given, str]:
        return tree.by_answers(self.plan.nodes)

    @cached_property
    def drawing(self) -> tree.Layout:
        return tree.layout(self.plan, DRAWN_DEPTH)

    def drawn_option(self, box: tree.Box) -> str:
        """Return the answer that leads to a box of the drawing, as far as there is room."""
        if box.parent is None:
            return ""
        before = self.plan.nodes[self.drawing.boxes[box.parent].path]
        return shorten(self.words.label(before.question or "", box.option))

    def drawn_title(self, box: tree.Box) -> str:
        """Return the question or the likeliest cause of a box, as far as there is room."""
        if box.question:
            return shorten(self.words.question_title(box.question) + ("？…" if box.folded else "？"))
        return shorten(self.library.cards[self.plan.nodes[box.path].ranked[0].cause].head.title)

    @cached_property
    def _shares(self) -> Shares:
        return shares_of(self.table)

    def starts_with(self, slug: str, option: str) -> str | None:
        """Return the address of the page for somebody who has given just this answer, if there is one."""
        path = tree.address([(slug, option)])
        return self.url(path) if path in self.plan.nodes else None

    def pointed_at(self, slug: str, option: str) -> list[Card[Cause]]:
        """Return the proven causes that mostly give this answer, likelier ones first."""
        place = [o.id for o in self.library.question_by_slug[slug].head.options].index(option)
        answered = zip(self.table.causes, self._shares[slug][:, place], strict=True)
        shares = {
            cause.id: cause.weight * share
            for cause, share in answered
            if share >= MOSTLY and not cause.unproven  # a cause that says nothing has no number
        }
        return [self.library.cause(c) for c in sorted(shares, key=lambda c: (-shares[c], c))[:MOST_POINTED]]

    def distinctions(self, card: Card[Cause]) -> list[Distinction]:
        """Return what tells ``card`` from the causes most easily taken for it."""
        return distinctions(card, self.table, self._shares, self.library)


def diagnoses(library: Library) -> dict[str, Diagnosis]:
    """Return the solved tree of each topic by its id."""
    found = [Diagnosis(library, topic) for topic in library.topics.entries]
    solve(found)
    return {diagnosis.topic.id: diagnosis for diagnosis in found}


def solve(diagnoses: Sequence[Diagnosis]) -> None:
    """Find or make the plans of some trees of one library."""
    tasks = {}
    for diagnosis in diagnoses:
        problem = (diagnosis.table, tuple(diagnosis.starts.values()), diagnosis.published)
        tasks[tree.digest(*problem)] = partial(tree.solve, *problem)
    if diagnoses:
        library = diagnoses[0].library
        plans = remembered(library.root / ".cache/tree", tasks, len(library.topics.entries))
        for diagnosis, plan in zip(diagnoses, plans, strict=True):
            diagnosis._plan = plan
