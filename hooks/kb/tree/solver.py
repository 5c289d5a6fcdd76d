"""The search: which question to ask in which state, with proven bounds on the expected minutes."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from .model import UNASKED, Answers, Model

INFINITE = float("inf")

TOLERANCE = 1e-9
"""Relative gap between the bounds under which a value counts as proven."""


Move = tuple[int, float, list["State"]]
"""(question, minutes to ask it and its pages' price, a state per option and last the one for 不清楚)."""


OVERHEAD = 40
"""What a state costs beside its weights, in weights."""

GRAIN = 0.002
"""Minutes, averaged over all readers, that a rollout must still be able to save somewhere to go on there."""

RIVALS = 4
"""Questions that are rolled out at a state."""


@dataclass(slots=True, eq=False)
class State:
    """A set of answers. All minutes are joint with its probability: minutes × P(answers)."""

    answers: Answers
    weights: list[float]
    stop: float
    lower: float
    upper: float
    moves: list[Move] | None = None
    """The questions that may be asked next, once expanded."""

    @property
    def proven(self) -> bool:
        return self.upper - self.lower <= TOLERANCE * self.stop


class Solver:
    """Bounded real-time dynamic programming (McMahan, Likhachev, Gordon, ICML 2005) over sets of answers.

    ``W(S) = min(stop(S), min_q c_q P(S) + Σ_a (W(S_a) + page))``. Each trial follows the most promising
    question into the answer with the widest gap, expands one state there and tightens the bounds on its way
    back.
    """

    def __init__(self, model: Model, max_questions: int, max_unknown: int) -> None:
        self.model = model
        self.max_questions = max_questions
        self.max_unknown = max_unknown
        self.work = 0
        """Weights computed so far: the measure of the budget, the same on every machine."""
        self._states: dict[Answers, State] = {}
        first = model.table.first
        self._first = None if first is None else model.index[first]
        options = () if self._first is None else model.options[self._first]
        self._then = {options.index(option): model.index[slug] for option, slug in model.table.then.items()}

    def state(self, answers: Answers) -> State:
        """Return the state, with the joint weights computed from its answers."""
        if answers not in self._states:
            weights = self.model.prior
            for q, a in enumerate(answers):
                if a != UNASKED:
                    weights = self._weigh(weights, q, a)
            self._add(answers, weights)
        return self._states[answers]

    def solve(self, start: State, budget: int) -> None:
        """Tighten the bounds of ``start`` until they meet or ``budget`` weights were computed.

        First roll out: follow the best questions to the end, then at each state, the likeliest first, the
        rivals too. What is left of the budget goes into trials that can prove the optimum.
        """
        end = self.work + budget
        self._follow(start, end)
        rolled: set[Answers] = set()
        while self.work < end - budget // 4:
            state = next((s for s in self._policy(start) if s.answers not in rolled and not s.proven), None)
            if state is None:
                break
            rolled.add(state.answers)
            for _, _, after in heapq.nsmallest(RIVALS, state.moves or (), key=_upper):
                for child in after:
                    self._follow(child, end)
            self._settle(self._policy(start))
        while not start.proven and self.work < end:
            self._trial(start)

    def _follow(self, start: State, end: int) -> None:
        """Look ahead wherever the best questions lead, until they lead to results only."""
        while self.work < end:
            tips = [s for s in self._policy(start) if s.moves is None and s.stop - s.lower > GRAIN]
            if not tips:
                return
            before = self._policy(start)
            for tip in tips:
                self.expand(tip)
            self._settle(before)

    def _policy(self, start: State) -> list[State]:
        """Return the states to which the best questions lead, the likeliest first."""
        found = {start.answers: start}
        waiting = [start]
        while waiting:
            state = waiting.pop()
            question = self.best(state)
            for child in self.after(state, question) if question is not None else ():
                if child.answers not in found:
                    found[child.answers] = child
                    waiting.append(child)
        return sorted(found.values(), key=lambda state: (-sum(state.weights), state.answers))

    def settle(self) -> None:
        """Bring every bound up to date: a trial tightens only one of the ways to the same state."""
        self._settle([state for state in self._states.values() if state.moves is not None])

    def _settle(self, states: list[State]) -> None:
        for state in sorted(states, key=lambda state: -sum(a != UNASKED for a in state.answers)):
            if state.moves is not None:
                self.tighten(state)

    def expand(self, state: State) -> None:
        """Look one question ahead."""
        if state.moves is None:
            state.moves = [self._move(state, q) for q in self.askable(state.answers)]
            self.tighten(state)

    def tighten(self, state: State) -> None:
        """Recompute the bounds from the successors'; the lower one never falls, nor exceeds the upper one."""
        lower = upper = INFINITE if self.forced(state) else state.stop
        for move in state.moves or ():
            lower, upper = min(lower, _lower(move)), min(upper, _upper(move))
        state.lower, state.upper = min(max(lower, state.lower), upper), upper

    def best(self, state: State) -> int | None:
        """Return the question with the least upper bound, ``None`` if stopping is as good."""
        value, question = (INFINITE if self.forced(state) else state.stop * (1 - TOLERANCE)), None
        for move in state.moves or ():
            if (minutes := _upper(move)) < value:
                value, question = minutes, move[0]
        return question

    def value(self, state: State, question: int | None) -> float:
        """Return the upper bound of asking ``question`` now, or of stopping."""
        if question is None:
            return state.stop
        return next((_upper(move) for move in state.moves or () if move[0] == question), INFINITE)

    def asking(self, state: State, question: int) -> float:
        """Return the minutes of asking, with the price of the pages that it leads to."""
        return self._chosen(state, question)[1]

    def after(self, state: State, question: int) -> list[State]:
        """Return the states after each option and, last, 不清楚."""
        return self._chosen(state, question)[2]

    def _chosen(self, state: State, question: int) -> Move:
        return next(move for move in state.moves or () if move[0] == question)

    def forced(self, state: State) -> bool:
        """Whether a question that comes before all others is still open."""
        return self._must(state.answers) is not None

    def askable(self, answers: Answers) -> Iterator[int]:
        """Yield the questions that may be asked next; none where the diagnosis has to end."""
        asked = [q for q, a in enumerate(answers) if a != UNASKED]
        unknown = sum(answers[q] == len(self.model.options[q]) for q in asked)
        if len(asked) >= self.max_questions or unknown > self.max_unknown:
            return
        must = self._must(answers)
        if must is not None:
            yield must
            return
        for q, a in enumerate(answers):
            if a == UNASKED and all(answers[c] in options for c, options in self.model.conditions[q]):
                yield q

    def _trial(self, state: State) -> None:
        self.work += 1
        if state.moves is None:
            self.expand(state)
            return
        if state.proven:
            return
        _, _, after = min(state.moves, key=_lower)
        self._trial(max(after, key=_gap))
        self.tighten(state)

    def _move(self, state: State, q: int) -> Move:
        after = []
        for a in range(len(self.model.options[q]) + 1):
            answers = (*state.answers[:q], a, *state.answers[q + 1 :])
            known = self._states.get(answers)
            after.append(known or self._add(answers, self._weigh(state.weights, q, a)))
        return q, self.model.minutes[q] * sum(state.weights) + self.model.costs.page * len(after), after

    def _weigh(self, weights: list[float], q: int, a: int) -> list[float]:
        self.work += len(weights) + OVERHEAD
        unknown = self.model.costs.unknown
        if a == len(self.model.options[q]):
            return [weight * unknown for weight in weights]
        return [
            weight * share * (1 - unknown)
            for weight, share in zip(weights, self.model.likelihood[q][a], strict=True)
        ]

    def _add(self, answers: Answers, weights: list[float]) -> State:
        stop = self.model.stop(weights)
        lower = stop
        cheapest = min((self.model.minutes[q] for q in self.askable(answers)), default=None)
        if cheapest is not None:
            asked = [q for q, a in enumerate(answers) if a != UNASKED]
            floor = self.model.floor(weights, sum(1 << q for q in asked), self.max_questions - len(asked))
            lower = min(stop, cheapest * sum(weights) + floor)
        is_forced = self._must(answers) is not None
        upper = INFINITE if is_forced else stop
        self._states[answers] = state = State(answers, weights, stop, lower, upper)
        if is_forced:
            self.expand(state)  # or no bound of what leads here would be finite
        return state

    def _must(self, answers: Answers) -> int | None:
        """Return the question that comes before all others: the first, or what must follow its answer."""
        if self._first is None or answers[self._first] == UNASKED:
            return self._first
        then = self._then.get(answers[self._first])
        return then if then is not None and answers[then] == UNASKED else None


def _lower(move: Move) -> float:
    return move[1] + sum([state.lower for state in move[2]])


def _upper(move: Move) -> float:
    return move[1] + sum([state.upper for state in move[2]])


def _gap(state: State) -> float:
    return state.upper - state.lower
