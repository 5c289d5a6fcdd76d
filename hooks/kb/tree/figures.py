"""Figures of a tree: what it costs its readers, and how often it is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .grow import Tree
from .model import UNASKED, Answers
from .solver import Solver, State
from .verdict import DIGITS, ranking

TOP = 3
"""Causes among which the right one should be."""

WRONG = 0.05
"""Share of wrong answers under which the tree must still hold."""

DOUBTFUL = 0.10
"""Share of 不清楚 under which the tree must still hold."""


@dataclass(frozen=True)
class Figures:
    """All of a reader who starts at the root; minutes and questions are means unless said otherwise."""

    pages: int
    questions: float
    """With no answer 不清楚."""
    worst: int
    """Most questions on any way, 不清楚 and other starts included."""
    top3: float
    """Chance that the right cause is among the first three, if readers answer as the cards say."""
    top3_wrong: float
    """The same if 5 % of their answers are wrong."""
    minutes: float
    """Until it works: questions, reading and remedies."""
    over_bound: float
    """Cost ÷ the proven lower bound of the optimum; cost is ``minutes`` and the price of pages."""
    over_best: float
    """Cost ÷ that of the best tree found, were pages not limited and nothing published."""
    unknown: float
    """Minutes if 10 % of the answers are 不清楚 ÷ minutes if none is."""
    proven: float
    """Share of the pages on which nothing better can be done."""
    unused: tuple[str, ...]
    """Questions that no page asks."""
    unlisted: tuple[str, ...]
    """Causes that no result page lists; none, or the plan is broken."""


def figures(search: Solver, root: State, tree: Tree, listed: set[str]) -> Figures:
    """Compute the figures of the tree. ``listed`` are the causes on its result pages."""
    model = search.model
    walk = _Walk(search, tree)
    minutes, cost = walk.mean(root, model.costs.unknown, _stop, model.minutes), walk.cost(root)
    asked = {question for question in tree.values() if question is not None}
    return Figures(
        pages=len(tree),
        questions=round(walk.mean(root, 0.0, lambda _: 0.0, [1.0] * len(model.slugs)), DIGITS),
        worst=max(sum(a != UNASKED for a in answers) for answers in tree),
        top3=round(walk.hits(root, root.weights, 0.0) / sum(root.weights), DIGITS),
        top3_wrong=round(walk.hits(root, root.weights, WRONG) / sum(root.weights), DIGITS),
        minutes=round(minutes, DIGITS),
        over_bound=round(cost / root.lower, DIGITS),
        over_best=round(cost / root.upper, DIGITS),
        unknown=round(
            walk.mean(root, DOUBTFUL, _stop, model.minutes) / walk.mean(root, 0.0, _stop, model.minutes),
            DIGITS,
        ),
        proven=round(sum(search.state(answers).proven for answers in tree) / len(tree), DIGITS),
        unused=tuple(slug for q, slug in enumerate(model.slugs) if q not in asked),
        unlisted=tuple(cause.id for cause in model.table.causes if cause.id not in listed),
    )


class _Walk:
    """Expectations over all ways through a tree, exact."""

    def __init__(self, search: Solver, tree: Tree) -> None:
        self.search, self.tree, self.model = search, tree, search.model

    def mean(self, root: State, unknown: float, end: Callable[[State], float], asking: list[float]) -> float:
        """Return the mean of ``asking`` per question plus ``end`` per result, if ``unknown`` say 不清楚."""
        done: dict[Answers, float] = {}

        def visit(state: State) -> float:
            if state.answers not in done:
                question = self.tree[state.answers]
                if question is None:
                    done[state.answers] = end(state)
                else:
                    *known, doubtful = self.search.after(state, question)
                    mass = sum(sum(child.weights) for child in known)
                    mean = sum(sum(child.weights) * visit(child) for child in known) / mass
                    done[state.answers] = asking[question] + (1 - unknown) * mean + unknown * visit(doubtful)
            return done[state.answers]

        return visit(root)

    def cost(self, root: State) -> float:
        """Return what the search minimises, of this tree."""
        done: dict[Answers, float] = {}

        def visit(state: State) -> float:
            if state.answers not in done:
                question = self.tree[state.answers]
                done[state.answers] = state.stop
                if question is not None:
                    after = sum(visit(child) for child in self.search.after(state, question))
                    done[state.answers] = self.search.asking(state, question) + after
            return done[state.answers]

        return visit(root)

    def hits(self, state: State, weights: list[float], wrong: float) -> float:
        """Return the joint weight of the causes that end up among the first three."""
        question = self.tree[state.answers]
        if question is None:
            return sum(weights[i] for i in ranking(self.model, state.weights)[:TOP])
        columns = self.model.stated[question]
        hits = 0.0
        for child, column in zip(self.search.after(state, question), columns, strict=False):
            given = [p * (1 - wrong) + (1 - p) * wrong / (len(columns) - 1) for p in column]
            hits += self.hits(child, [w * p for w, p in zip(weights, given, strict=True)], wrong)
        return hits


def _stop(state: State) -> float:
    return state.stop / sum(state.weights)
