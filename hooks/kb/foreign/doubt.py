"""Sentences that are no finding, and yet near a call or an advert: a person looks at them twice."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Find, Known, Match, Piece, Role, Syntax
from .phrases import judge_of, sentences
from .scan import Places
from .shown import pieces

DOUBTFUL = -2.0
"""The score above which a new sentence is shown: so low that a third of honest ones are shown as well."""


def doubtful(old: str, new: str, known: Known, path: str) -> Iterator[Match]:
    """Yield the doubtful sentences that readers see in ``new`` and not in ``old``, two states of one file.

    ``known``: the lists as they were, which a change cannot bend. Unlike what refuses, this takes no warning
    for an excuse.
    """
    syntax = Syntax.of(path)
    if syntax not in (Syntax.PAGE, Syntax.DATA):
        return
    judge, place = judge_of(known), Places(new)
    seen = {sentence for piece in _shown(old, syntax, path) for _, sentence in sentences(piece.text)}
    fresh: dict[str, tuple[str, Piece]] = {}
    for piece in _shown(new, syntax, path):
        for shown, sentence in sentences(piece.text):
            if sentence not in seen and sentence not in judge.harmless:
                fresh.setdefault(sentence, (shown, piece))
    rests = judge.scores([judge.judged(shown, sentence)[0] for sentence, (shown, _) in fresh.items()])
    for (shown, piece), *scores in zip(fresh.values(), judge.scores([*fresh]), rests, strict=True):
        if max(scores) > DOUBTFUL:
            yield place.of(Find("doubt", shown), piece)


def _shown(text: str, syntax: Syntax, path: str) -> Iterator[Piece]:
    return (piece for piece in pieces(text, syntax, path) if piece.role in (Role.TEXT, Role.DATA))
