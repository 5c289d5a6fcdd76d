"""The tree that is published: the search's policy, as far as pages and what was published allow."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from itertools import count

from .model import UNASKED, Answers
from .published import RESULT
from .solver import INFINITE, Solver, State

STICKY = 0.05
"""A published question gives way only to a tree that saves more than this share of its minutes."""

LOYALTY = 100.0
"""Factor on the gain of a published question where pages are scarce."""

NOTICED = 0.04
"""Minutes, averaged over all readers, that a new tree must save besides: rare pages stay put."""

Tree = dict[Answers, int | None]
"""The live states: the question asked there, or ``None`` for a result."""


def grow(
    search: Solver,
    starts: Sequence[State],
    published: Mapping[Answers, int | None],
    max_pages: int,
    budget: int,
) -> Tree:
    """Return the tree from ``starts``: question pages by falling gain until ``max_pages`` are full.

    Once ``budget`` weights were computed on looking ahead, new pages are results.
    """
    end = search.work + budget
    price = search.model.costs.page
    tree: Tree = {}
    waiting: list[tuple[float, int, State, int]] = []
    order = count()

    def add(state: State) -> None:
        tree[state.answers] = None
        if search.forced(state) or (state.stop - state.lower > price and search.work < end):
            search.expand(state)
        question = _choose(search, state, published)
        if question is None:
            return
        gain = INFINITE if search.forced(state) else state.stop - search.value(state, question)
        if published.get(state.answers) == question:
            gain = LOYALTY * max(gain, price)
        if gain > 0:
            heapq.heappush(waiting, (-gain, next(order), state, question))

    for state in starts:
        add(state)
    while waiting:
        _, _, state, question = heapq.heappop(waiting)
        new = [child for child in search.after(state, question) if child.answers not in tree]
        if search.forced(state) or len(tree) + len(new) <= max_pages:
            tree[state.answers] = question
            for child in new:
                add(child)
    return _prune(search, starts, tree, published)


def _choose(search: Solver, state: State, published: Mapping[Answers, int | None]) -> int | None:
    best = search.best(state)
    old = published.get(state.answers, best)
    if old is None and search.forced(state):
        return best
    return old if search.value(state, old) <= _limit(search.value(state, best)) else best


def _limit(best: float) -> float:
    """Return the minutes up to which a published page stays as it is."""
    return best + max(STICKY * best, NOTICED)


def _prune(
    search: Solver, starts: Sequence[State], tree: Tree, published: Mapping[Answers, int | None]
) -> Tree:
    """Drop the questions that do not pay because pages ran out below them, and what only they led to."""
    minutes: dict[Answers, float] = {}
    for answers in sorted(tree, key=_unanswered):
        state, question = search.state(answers), tree[answers]
        minutes[answers] = state.stop
        if question is not None:
            after = sum(minutes[child.answers] for child in search.after(state, question))
            value = search.asking(state, question) + after
            limit = _limit(state.stop) if published.get(answers) == question else state.stop
            if value <= limit or search.forced(state):
                minutes[answers] = value
            else:
                tree[answers] = None
    live: Tree = {}
    waiting = list(starts)
    while waiting:
        state = waiting.pop()
        if state.answers not in live:
            live[state.answers] = question = tree[state.answers]
            if question is not None:
                waiting += search.after(state, question)
    return live


def _unanswered(answers: Answers) -> int:
    return sum(a == UNASKED for a in answers)


def published_in(search: Solver, pages: Mapping[Answers, str], budget: int) -> dict[Answers, int | None]:
    """Return what was published of the states that still exist.

    The search looks ahead at the old questions, so that the old tree is valued as fairly as a new one.
    """
    found: dict[Answers, int | None] = {}
    for answers in sorted(pages, key=_unanswered, reverse=True):
        if pages[answers] == RESULT:
            found[answers] = None
        elif pages[answers] in search.model.index:
            found[answers] = search.model.index[pages[answers]]
            if search.work < budget:
                search.expand(search.state(answers))
    return found
