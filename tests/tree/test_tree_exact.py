"""The search against brute force: the value is the optimum, on tables small enough to enumerate."""

from functools import cache

import pytest
from kb.tree.model import UNASKED, Costs, Model
from kb.tree.solver import Solver

from tests.tree.tree_tables import random_table

QUESTIONS, UNKNOWN = 3, 1


def brute_force(model: Model) -> float:
    """The recursion of the objective and nothing else."""

    def joint(answers):
        weights = []
        for cause, prior in enumerate(model.prior):
            p = prior
            for q, a in enumerate(answers):
                if a == len(model.options[q]):
                    p *= model.costs.unknown
                elif a != UNASKED:
                    p *= model.likelihood[q][a][cause] * (1 - model.costs.unknown)
            weights.append(p)
        return weights

    def stop(weights):
        """Σ P_r C_r + Σ over pairs of min(P_r C_s, P_s C_r): the optimal order, without ordering."""
        remedies = [(sum(weights[i] * s for i, s in cured), minutes) for _, minutes, cured in model.remedies]
        total = sum(p * c for p, c in remedies)
        for place, (p, c) in enumerate(remedies):
            total += sum(min(p * d, q * c) for q, d in remedies[:place])
        for place, weight in enumerate(weights):
            total += model.costs.reading * sum(min(weight, other) for other in weights[:place])
        return total

    @cache
    def value(answers):
        weights = joint(answers)
        given = {model.slugs[q]: a for q, a in enumerate(answers) if a != UNASKED}
        first, then = model.table.first, model.table.then
        must = first
        if first in given:
            must = then.get((*model.options[model.index[first]], UNKNOWN)[given[first]])
        forced = must is not None and must not in given
        best = float("inf") if forced else stop(weights)
        unknown = sum(a == len(model.options[model.index[s]]) for s, a in given.items())
        if len(given) == QUESTIONS or unknown > UNKNOWN:
            return best
        for q, question in enumerate(model.table.questions):
            if answers[q] != UNASKED or (forced and question.slug != must):
                continue
            if any(
                given.get(slug) not in [model.options[model.index[slug]].index(o) for o in options]
                for slug, options in question.only_if.items()
            ):
                continue
            minutes = (question.minutes + model.costs.click) * sum(weights)
            minutes += model.costs.page * (len(question.options) + 1)
            for a in range(len(question.options) + 1):
                minutes += value((*answers[:q], a, *answers[q + 1 :]))
            best = min(best, minutes)
        return best

    return value((UNASKED,) * len(model.slugs))


@pytest.mark.parametrize("block", range(10))
def test_optimum_on_random_tables(block):
    for seed in range(block * 110, block * 110 + 110):
        model = Model(
            random_table(seed, 2 + seed % 5, 2 + seed % 3), Costs(reading=seed % 7, page=seed % 3 / 100)
        )
        search = Solver(model, QUESTIONS, UNKNOWN)
        root = search.state((UNASKED,) * len(model.slugs))
        search.expand(root)
        search.solve(root, 10**9)
        assert root.proven, seed
        assert root.upper == pytest.approx(brute_force(model), rel=1e-8), seed


@pytest.mark.parametrize("seed", range(20))
def test_small_budget_is_near_the_optimum(seed):
    model = Model(random_table(seed, 10, 6), Costs())

    def root(budget):
        search = Solver(model, 5, 1)
        state = search.state((UNASKED,) * 6)
        search.expand(state)
        search.solve(state, budget)
        return state

    exact, rough = root(10**9), root(8_000)
    assert exact.proven
    assert rough.lower <= exact.upper * (1 + 1e-9)
    assert exact.upper <= rough.upper * (1 + 1e-9)
    assert rough.upper <= 1.05 * exact.upper
