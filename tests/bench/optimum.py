"""Measure the published trees against the true optimum, by enumerating every set of answers.

The solver proves the optimum of small tables only; here all states of a topic are valued from the last
question back to the first (``W`` of ``kb.tree.solver``), with pages free and nothing published. A minute or
two a topic. Needs NumPy.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

from kb import tree  # noqa: E402
from kb.content.reader import read_library  # noqa: E402
from kb.diagnosis.diagnosis import Diagnosis  # noqa: E402
from kb.tree.model import Model  # noqa: E402


class Optimum:
    """Values of all sets of answers; an axis of an array is a question, the last index of it 不清楚."""

    def __init__(self, model: Model, settings: tree.Settings) -> None:
        self.model, self.settings = model, settings
        doubt = settings.costs.unknown
        rows = [[[s * (1 - doubt) for s in row] for row in columns] for columns in model.likelihood]
        self.shares = [np.array([*row, [doubt] * len(model.prior)]) for row in rows]
        """[question] → options + 1 × causes."""
        self.cures = np.zeros((len(model.prior), len(model.remedies)))
        for remedy, (_, _, cured) in enumerate(model.remedies):
            for cause, share in cured:
                self.cures[cause, remedy] = share
        self.cost = np.array([minutes for _, minutes, _ in model.remedies])

    def minutes(self) -> float:
        """Return the least expected minutes until it works."""
        questions = range(len(self.model.slugs))
        forced = self.model.table.first
        start = (self.model.index[forced],) if forced else ()
        others = [q for q in questions if q not in start]
        deeper: dict[tuple[int, ...], np.ndarray] = {}
        for size in range(self.settings.max_questions, len(start) - 1, -1):
            asked = [tuple(sorted((*start, *more))) for more in combinations(others, size - len(start))]
            deeper = {subset: self._value(subset, deeper) for subset in asked}
        (value,) = deeper.values()
        mass = float(sum(self.model.prior))
        return float(value.sum()) + (self.model.minutes[start[0]] * mass if start else 0.0)

    def _value(self, asked: tuple[int, ...], deeper: dict[tuple[int, ...], np.ndarray]) -> np.ndarray:
        """Return W of every combination of answers to ``asked``; ``deeper`` has those of one more."""
        weights = np.array(self.model.prior)
        for q in asked:
            weights = weights[..., None, :] * self.shares[q]
        mass, stop = weights.sum(-1), self._stop(weights)
        open_ = self._unknowns(asked) <= self.settings.max_unknown
        best = stop
        for q in set(range(len(self.shares))) - set(asked):
            more = tuple(sorted((*asked, q)))
            if more in deeper:
                ask = self.model.minutes[q] * mass + deeper[more].sum(axis=more.index(q))
                best = np.where(open_ & self._askable(q, asked), np.minimum(best, ask), best)
        return best

    def _stop(self, weights: np.ndarray) -> np.ndarray:
        """Return ``Model.stop`` of every state."""
        falling = -np.sort(-weights, axis=-1)
        reading = falling @ np.arange(falling.shape[-1])
        chances = weights @ self.cures
        order = np.argsort(-chances / self.cost, axis=-1)
        chances = np.take_along_axis(chances, order, -1)
        left = np.cumsum(chances[..., ::-1], axis=-1)[..., ::-1]
        return (left * self.cost[order]).sum(-1) + self.settings.costs.reading * reading

    def _unknowns(self, asked: tuple[int, ...]) -> np.ndarray:
        axes = [np.arange(len(self.shares[q])) == len(self.shares[q]) - 1 for q in asked]
        return sum(np.ix_(*(axis.astype(int) for axis in axes)), np.zeros((), int))

    def _askable(self, q: int, asked: tuple[int, ...]) -> np.ndarray:
        """Return where the conditions of ``q`` hold."""
        holds = np.ones((), bool)
        for condition, options in self.model.conditions[q]:
            if condition not in asked:
                return np.zeros((), bool)
            given = np.isin(np.arange(len(self.shares[condition])), sorted(options))
            shape = [1] * len(asked)
            shape[asked.index(condition)] = -1
            holds = holds & given.reshape(shape)
        return holds


def main() -> None:
    library, findings = read_library(ROOT)
    assert not findings, findings
    settings = tree.Settings()
    for topic in library.topics.entries:
        diagnosis = Diagnosis(library, topic)
        minutes = diagnosis.plan.figures.minutes
        least = Optimum(Model(diagnosis.table, settings.costs), settings).minutes()
        print(f"{topic.id}：{minutes:.3f} 分钟，最优 {least:.3f}，{minutes / least:.4f} 倍", flush=True)


if __name__ == "__main__":
    main()
