"""From cards to the decision tree of a topic: its table, its findings, its solved plan and its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from math import prod, sqrt
from pathlib import Path

from kb import tree
from kb.content.cards import Card
from kb.content.findings import Finding
from kb.content.library import Library
from kb.content.schema import Topic
from kb.tree.problems import Problem

REMEDY_MINUTES = {"1m": 1.0, "5m": 5.0, "20m": 20.0, "60m": 60.0, "days": 60.0}
"""The reader's own minutes: of a remedy that takes days, the hour that he spends on it."""

QUESTION_MINUTES = {"look": 0.3, "try": 1.0, "fetch": 4.0, "contact": 15.0}

SCREEN = "screen"
"""The question that the screen messages of ``_data/prompts.yml`` answer."""

DRAWN_DEPTH = 2
"""Answers from the root that the drawing shows: deeper, nobody can read it."""

WORTHWHILE = 0.1
"""Chance to help from which a remedy is shown on a result page."""

MOST_STEPS = 4

TELLING = 0.75
"""Overlap of the answers below which a question tells two causes apart for a reader."""

ROOM = 11
"""Characters of a label in the drawing."""

WORDS = {"likely": "很可能", "possible": "有可能", "unlikely": "不太可能"}
"""A probability in words; the thresholds are the plan's."""

PROBLEMS = {
    "unanswered-question": ("没有原因回答这个问题", "在相应原因的 answers 里写上它，或删掉这张问题卡"),
    "inseparable": ("和 {other} 分不开", "给其中一张的 answers 加一个能分清它们的答案，或加一张问题卡"),
    "reserved-option": ("x 留给“不清楚”", "换一个选项编号"),
    "only-if-cycle": ("only_if 绕成了圈", "删掉其中一个 only_if"),
    "conditional-first": ("最先问的问题不能有 only_if", "删掉它的 only_if，或在 topics.yml 换一个 first"),
    "unknown-first": ("没有这个问题", "在 topics.yml 的 first 写一个现有的问题"),
    "no-causes": ("这个主题还没有原因", "先加一张原因卡，或从 topics.yml 删掉这个主题"),
}
"""Problem of the table → problem and remedy for the editor; other kinds are caught by earlier rules."""


def table_of(library: Library, topic: Topic) -> tree.Table:
    """Return the table cause × question of a topic, as its cards state it."""
    questions = library.of_kind("question", topic.id)
    return tree.Table(
        topic=topic.id,
        causes=tuple(_cause(card, library) for card in library.of_kind("cause", topic.id)),
        questions=tuple(
            tree.Question(
                slug=card.slug,
                minutes=QUESTION_MINUTES[card.head.effort],
                options=tuple(option.id for option in card.head.options),
                only_if=dict(card.head.only_if),
            )
            for card in questions
        ),
        first=topic.first,
    )


def _cause(card: Card, library: Library) -> tree.Cause:
    remedies = (library.cards[remedy] for remedy in card.head.remedies)
    return tree.Cause(
        id=card.id,
        frequency=card.head.frequency,
        remedies=tuple(tree.Remedy(remedy.id, REMEDY_MINUTES[remedy.head.effort]) for remedy in remedies),
        answers=dict(card.head.answers),
        unproven=card.head.evidence == "unproven",
    )


def check_table(library: Library) -> Iterator[Finding]:
    """The answers of a topic's causes make a tree that asks only what matters and tells all causes apart.

    Bad: two causes with the same ``answers``; a question no cause answers; ``only_if`` in a circle.
    Good: every two causes differ in at least one answer.
    """
    if library.claimed or not all(_complete(card, library) for card in library.cards.values()):
        return  # the table cannot be read before the cards can
    for topic in library.topics.entries:
        for problem in tree.problems(table_of(library, topic)):
            if problem.kind in PROBLEMS:
                yield _finding(problem, topic, library)


def _complete(card: Card, library: Library) -> bool:
    return all(remedy in library.cards for remedy in getattr(card.head, "remedies", ()))


def _finding(problem: Problem, topic: Topic, library: Library) -> Finding:
    text, remedy = PROBLEMS[problem.kind]
    if problem.cause:
        card, path = library.cards[problem.cause], ("answers",)
    elif problem.question:
        card, path = library.question[problem.question], ("only_if",)
    else:
        index = library.topics.entries.index(topic)
        value = problem.value or topic.id
        return Finding(
            library.topics.file, *library.topics.place(index, "first"), "tree", value, text, remedy
        )
    value = problem.question or problem.cause
    return Finding(card.file, *card.marks.find(path), "tree", value, text.format(other=problem.other), remedy)


def lock_file(root: Path, topic: str) -> Path:
    return root / f"docs/_data/lock/tree-{topic}.txt"


@dataclass(frozen=True)
class Trail:
    """How a page is reached: the page before, the question asked there, and the option chosen."""

    before: str
    question: str
    option: str


@dataclass(frozen=True)
class Distinction:
    """What tells two causes apart: a question, and what a reader answers under each."""

    other: Card
    question: Card
    own: tuple[str, ...]
    others: tuple[str, ...]


class Diagnosis:
    """The solved tree of one topic, with the words of its cards."""

    UNSURE = "还分不清是哪一种原因"

    def __init__(self, library: Library, topic: Topic) -> None:
        self.library = library
        self.topic = topic
        self.table = table_of(library, topic)
        path = lock_file(library.root, topic.id)
        self.lock = tree.Lock.read(path.read_text("utf-8") if path.exists() else "")
        self.plan = self._solve(library.root / ".cache/tree")

    def _solve(self, cache: Path) -> tree.Plan:
        """Solve, or read the plan solved before for the very same table, starts and lock."""
        starts = tuple(self.starts.values())
        kept = cache / f"{tree.digest(self.table, starts, self.lock)}.json"
        if kept.exists():
            return tree.Plan.from_dict(json.loads(kept.read_text("utf-8")))
        plan = tree.solve(self.table, starts, self.lock)
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(plan.as_dict(), ensure_ascii=False), "utf-8")
        return plan

    @cached_property
    def starts(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Screen option → the state in which a reader begins who has seen it."""
        question = self.library.question.get(SCREEN)
        if question is None or question.head.topic != self.topic.id:
            return {}
        return {option.id: frozenset({(SCREEN, option.id)}) for option in question.head.options}

    def start_for(self, option: str) -> str:
        """Return the address below the site of the diagnosis that begins with this screen option."""
        return self.url(tree.address(self.starts[option]))

    def url(self, path: str) -> str:
        return f"ask/{self.topic.id}/{path}"

    def publish(self) -> int:
        """Record the live pages in the lock and the tree in its reviewable form. Return how many are new."""
        lock = self.lock.updated(self.plan.live)
        path = lock_file(self.library.root, self.topic.id)
        path.write_text(lock.text(), "utf-8")
        path.with_name(f"tree-{self.topic.id}-outline.txt").write_text(self.plan.text(), "utf-8")
        return len(lock.pages) - len(self.lock.pages)

    @cached_property
    def retired(self) -> tuple[str, ...]:
        """Published addresses that the tree no longer uses."""
        return self.lock.retired(self.plan.nodes.keys())

    def resume(self, path: str) -> tree.Resume:
        return tree.resume(tree.answers_of(path), self.plan.nodes.keys())

    @cached_property
    def trails(self) -> dict[str, Trail]:
        """The shortest way to each page that is not a start, found breadth first."""
        trails: dict[str, Trail] = {}
        waiting = list(self.plan.starts)
        for path in waiting:
            node = self.plan.nodes[path]
            for option, after in node.next:
                if after not in trails and after not in self.plan.starts:
                    trails[after] = Trail(path, node.question, option)
                    waiting.append(after)
        return trails

    def way(self, path: str) -> dict[str, str]:
        """Return for each question answered on the way to ``path`` the page that asked it."""
        asked = {}
        while path in self.trails:
            trail = self.trails[path]
            asked[trail.question] = trail.before
            path = trail.before
        return asked

    def question(self, slug: str) -> Card:
        return self.library.question[slug]

    def cautions(self, answers: tuple[tuple[str, str], ...]) -> list[Card]:
        """Return the cards that warn a reader who has given these answers."""
        found = [c.card for c in self.topic.cautions if (c.question, c.option) in answers]
        return [self.library.cards[card_id] for card_id in dict.fromkeys(found)]

    def named(self, slug: str) -> str:
        """Return the title of a question, or its slug if a retired page names one that is gone."""
        card = self.library.question.get(slug)
        return card.head.title if card else slug

    def drawn_option(self, box: tree.Box) -> str:
        """Return the answer that leads to a box of the drawing, as far as there is room."""
        if box.parent is None:
            return ""
        before = self.plan.nodes[self.drawing.boxes[box.parent].path]
        return shorten(self.label(before.question, box.option))

    def drawn_title(self, box: tree.Box) -> str:
        """Return the question or the likeliest cause of a box, as far as there is room."""
        if box.question:
            return shorten(self.named(box.question) + ("？…" if box.folded else "？"))
        return shorten(self.library.cards[self.plan.nodes[box.path].ranked[0].cause].head.title)

    @cached_property
    def drawing(self) -> tree.Layout:
        return tree.layout(self.plan, DRAWN_DEPTH)

    def summary(self, node: tree.Node, address: str) -> str:
        """Return the case as plain text for a ticket: answers, likely causes, first remedy, link."""
        reports = (self.report(slug, option) for slug, option in node.answers)
        likely = {word: "" if node.unsure else f"，{said}" for word, said in WORDS.items()}
        causes = "、".join(
            f"{self.library.cards[r.cause].head.title}（{r.cause}{likely[r.word]}）" for r in node.ranked[:3]
        )
        first = self.library.cards[self.worthwhile(node)[0].remedy]
        return "\n".join(
            [
                f"【{self.topic.short}】情况摘要",
                *(f"· {line}" for line in reports),
                f"可能的原因：{'还分不清，排在前面的是' if node.unsure else ''}{causes}",
                f"先做：{first.head.title}（{first.id}）",
                address,
            ]
        )

    def worthwhile(self, node: tree.Node) -> list[tree.Step]:
        """Return the steps that may well help, in order; at least the first remedy of the likeliest cause.

        What a caution on the page asks for comes before all others.
        """
        own = self.library.cards[node.ranked[0].cause].head.remedies[0]
        urgent = {card.head.remedies[0] for card in self.cautions(node.answers)}
        steps = [s for s in node.steps if s.chance >= WORTHWHILE or s.remedy in {own, *urgent}]
        return sorted(steps, key=lambda step: step.remedy not in urgent)[:MOST_STEPS]

    def label(self, slug: str, option: str) -> str:
        """Return the words of an option, as the reader chose them."""
        return self._option(slug, option, "label")

    def report(self, slug: str, option: str) -> str:
        """Return the line of an answer for the ticket."""
        return self._option(slug, option, "report")

    def _option(self, slug: str, option: str, attribute: str) -> str:
        card = self.library.question.get(slug)
        if card and option != tree.UNKNOWN:
            found = next((o for o in card.head.options if o.id == option), None)
            return getattr(found, attribute) if found else option
        if attribute == "report" and card:
            return f"{card.head.title}：不清楚"
        return "不清楚"

    @cached_property
    def _shares(self) -> dict[str, dict[str, tuple[float, ...]]]:
        """Cause → question → probability of each option, where the card says something."""
        return {
            cause.id: {
                q.slug: q.shares(cause.answers[q.slug])
                for q in self.table.questions
                if q.slug in cause.answers
            }
            for cause in self.table.causes
        }

    def distinctions(self, card: Card, most: int = 3) -> list[Distinction]:
        """Return the causes most easily taken for ``card``, each with the question that tells best.

        Two causes are close when all questions together hardly separate them; closeness is the
        product over the questions of the Bhattacharyya coefficient Σ √(p q) (Bhattacharyya 1943).
        """
        own = self._shares[card.id]
        found = []
        for other in self.table.causes:
            if other.id == card.id or other.unproven:
                continue
            theirs = self._shares[other.id]
            overlaps = {slug: _overlap(own[slug], theirs[slug]) for slug in own if slug in theirs}
            best = min(overlaps, key=overlaps.__getitem__, default=None)
            if best and overlaps[best] < TELLING:
                found.append((-prod(max(overlap, 0.05) for overlap in overlaps.values()), other.id, best))
        return [
            Distinction(
                self.library.cards[other],
                self.question(slug),
                self._likeliest(slug, own[slug]),
                self._likeliest(slug, self._shares[other][slug]),
            )
            for _, other, slug in sorted(found)[:most]
        ]

    def _likeliest(self, slug: str, shares: tuple[float, ...]) -> tuple[str, ...]:
        options = self.question(slug).head.options
        return tuple(o.label for o, share in zip(options, shares, strict=True) if share == max(shares))


def _overlap(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return sum(sqrt(a * b) for a, b in zip(p, q, strict=True))


def shorten(text: str) -> str:
    return text if len(text) <= ROOM else text[: ROOM - 1] + "…"


def tree_json(diagnoses: list[Diagnosis]) -> str:
    """Return ``tree.json``: per topic its questions, nodes and figures, so that a chat bot can run it."""
    topics = []
    for diagnosis in diagnoses:
        topics.append(
            {
                "topic": diagnosis.topic.id,
                "starts": list(diagnosis.plan.starts),
                "questions": [
                    {
                        "slug": card.slug,
                        "id": card.id,
                        "title": card.head.title,
                        "why": card.head.why,
                        "how": card.head.how,
                        "options": [
                            {"id": o.id, "label": o.label, "report": o.report} for o in card.head.options
                        ],
                    }
                    for card in diagnosis.library.of_kind("question", diagnosis.topic.id)
                ],
                "nodes": [
                    {
                        "url": diagnosis.url(node.path),
                        "answers": dict(node.answers),
                        "question": node.question,
                        "next": {option: diagnosis.url(after) for option, after in node.next},
                        "causes": [{"id": r.cause, "chance": r.chance} for r in node.ranked],
                    }
                    for node in diagnosis.plan.nodes.values()
                ],
                "figures": asdict(diagnosis.plan.figures),
            }
        )
    return json.dumps({"version": tree.plan.VERSION, "topics": topics}, ensure_ascii=False)
