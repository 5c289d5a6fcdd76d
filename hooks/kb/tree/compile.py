"""From a table to a plan: the one entry point of the solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from kb.memory import key

from .address import UNKNOWN, Given, address, answers_of, in_order
from .figures import figures
from .grow import Tree, grow, published_in
from .model import UNASKED, Answers, Costs, Model
from .plan import Node, Plan
from .published import PublishedPages
from .solver import Solver, State
from .table import Table
from .verdict import DIGITS, verdict


@dataclass(frozen=True)
class Settings:
    """Limits of a tree. ``budget`` counts weights computed, so it bounds time without a clock."""

    costs: Costs = field(default_factory=Costs)
    max_questions: int = 7
    max_unknown: int = 2
    """Answers 不清楚 after which the questions are still re-planned; one more ends in a result."""
    pages_per_cause: float = 25.0
    """Pages of a tree grow with its table: 26 causes made 600 pages, 35 need 875 to be told apart as well."""
    budget: int = 4_000_000
    """Each of valuing the published tree, of the search, and of laying out the pages."""


def solve(
    table: Table,
    starts: Iterable[Given] = (),
    published: PublishedPages | None = None,
    settings: Settings | None = None,
) -> Plan:
    """Return the plan of a table without fatal problems.

    The root and each of ``starts`` are pages; ``published`` is what was published before.
    """
    settings = settings or Settings()
    return _Compiler(table, settings).plan(sorted(starts, key=address), published or PublishedPages({}))


def digest(
    table: Table,
    starts: Iterable[Given] = (),
    published: PublishedPages | None = None,
    settings: Settings | None = None,
) -> str:
    """Return a key under which the plan of :func:`solve` may be kept (``kb.memory``)."""
    seed = [
        asdict(table),
        sorted(address(start) for start in starts),
        sorted((published or PublishedPages({})).pages.items()),
        asdict(settings or Settings()),
    ]
    return key(__file__, seed)


class _Compiler:
    def __init__(self, table: Table, settings: Settings) -> None:
        self.settings = settings
        self.model = Model(table, settings.costs)
        self.search = Solver(self.model, settings.max_questions, settings.max_unknown)

    def plan(self, starts: list[Given], published: PublishedPages) -> Plan:
        search = self.search
        known = published_in(search, self._still_known(published), self.settings.budget)
        states = [search.state(self._indices(start)) for start in [frozenset(), *starts]]
        for state in states:
            search.expand(state)
            search.solve(state, self.settings.budget // len(states))
        search.settle()
        tree = grow(search, states, known, self._most_pages(), self.settings.budget)
        search.settle()
        extra = self._unlisted(tree)
        nodes = [self._node(search.state(answers), tree, extra.get(answers, ())) for answers in tree]
        listed = {ranked.cause for node in nodes if node.question is None for ranked in node.ranked}
        return Plan(
            topic=self.model.table.topic,
            starts=tuple(dict.fromkeys(self._path(state.answers) for state in states)),
            nodes={node.path: node for node in sorted(nodes, key=lambda node: node.path)},
            figures=figures(search, states[0], tree, listed),
        )

    def _node(self, state: State, tree: Tree, extra: tuple[int, ...]) -> Node:
        judged = verdict(self.model, state, extra)
        question = tree[state.answers]
        after = () if question is None else self.search.after(state, question)
        options = () if question is None else (*self.model.options[question], UNKNOWN)
        return Node(
            path=self._path(state.answers),
            answers=in_order(self._given(state.answers)),
            question=None if question is None else self.model.slugs[question],
            next=tuple((o, self._path(child.answers)) for o, child in zip(options, after, strict=True)),
            remaining=None if question is None else self._remaining(state, tree),
            chance=round(sum(state.weights), DIGITS),
            ranked=judged.ranked,
            steps=judged.steps,
            near=judged.near,
            proven=state.proven,
        )

    def _remaining(self, state: State, tree: Tree) -> tuple[int, int]:
        masses: dict[int, float] = {}
        waiting = [(state, 0)]
        while waiting:
            at, asked = waiting.pop()
            question = tree[at.answers]
            if question is None:
                masses[asked] = masses.get(asked, 0.0) + sum(at.weights)
            else:
                waiting += [(child, asked + 1) for child in self.search.after(at, question)]
        return _percentile(masses, 0.1), _percentile(masses, 0.9)

    def _unlisted(self, tree: Tree) -> dict[Answers, tuple[int, ...]]:
        """Give each cause that no result lists to the result where it is likeliest."""
        results = sorted((answers for answers, question in tree.items() if question is None), key=self._path)
        states = [self.search.state(answers) for answers in results]
        ids = [cause.id for cause in self.model.table.causes]
        listed = {ranked.cause for state in states for ranked in verdict(self.model, state).ranked}
        extra: dict[Answers, tuple[int, ...]] = {}
        for i, id in enumerate(ids):
            if id not in listed:
                best = max(states, key=lambda state: state.weights[i] / sum(state.weights))
                extra[best.answers] = (*extra.get(best.answers, ()), i)
        return extra

    def _most_pages(self) -> int:
        return round(self.settings.pages_per_cause * len(self.model.table.causes))

    def _still_known(self, published: PublishedPages) -> dict[Answers, str]:
        """Return the published pages whose questions and options all still exist."""
        known = {
            (q, o) for q, os in zip(self.model.slugs, self.model.options, strict=True) for o in (*os, UNKNOWN)
        }
        pages = {}
        for path, what in published.pages.items():
            given = answers_of(path)
            if given <= known and len({question for question, _ in given}) == len(given):
                pages[self._indices(given)] = what
        return pages

    def _indices(self, given: Given) -> Answers:
        chosen = dict(given)
        return tuple(
            UNASKED if slug not in chosen else (*options, UNKNOWN).index(chosen[slug])
            for slug, options in zip(self.model.slugs, self.model.options, strict=True)
        )

    def _given(self, answers: Answers) -> Given:
        return frozenset(
            (self.model.slugs[q], (*self.model.options[q], UNKNOWN)[a])
            for q, a in enumerate(answers)
            if a != UNASKED
        )

    def _path(self, answers: Answers) -> str:
        return address(self._given(answers))


def _percentile(masses: dict[int, float], share: float) -> int:
    """Return the least count that at least ``share`` of the mass does not exceed."""
    left = share * sum(masses.values())
    for asked in sorted(masses):
        left -= masses[asked]
        if left <= 1e-12:
            return asked
    return max(masses)
