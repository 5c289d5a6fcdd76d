"""Names that are used but not known: one finding for each use, or one where the name itself was changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from kb.content.cards import Card
from kb.content.findings import Finding, Place, choice, near
from kb.content.library import Library
from kb.content.schema import Head

H = TypeVar("H", bound=Head)

RENAMED = 2
"""Uses of an unknown name from which it is likelier that the name was changed than that all are wrong."""
TAKEN_OUT = 3
"""Uses from which it is likelier that the name was taken out of the list."""


@dataclass(frozen=True)
class Use:
    """A name and where it is used. ``rule`` if not that of the check."""

    name: str
    place: Place
    rule: str = ""


def uses_in(cards: Iterable[Card[H]], key: str, rule: str = "") -> Iterator[Use]:
    """Yield the names that the heads of ``cards`` list under ``key``."""
    for card in cards:
        for index, name in enumerate(getattr(card.head, key)):
            yield Use(name, card.at(key, index), rule)


def no_cards(uses: Iterable[Use], library: Library, remedy: str = "请改正编号") -> Iterator[Finding]:
    """Yield the ids of no card."""
    for use in uses:
        if not library.may_have(use.name):
            yield use.place.finding(use.name, "没有这张卡片", remedy, use.rule)


def unknown(
    uses: Iterable[Use], known: Mapping[str, Place], problem: str, remedy: str = ""
) -> Iterator[Finding]:
    """Yield what is wrong with ``uses`` of names that are not ``known``: where each name is given."""
    places: defaultdict[str, list[Use]] = defaultdict(list)
    for use in uses:
        places[use.name].append(use)
    idle = [name for name in known if name not in places]
    missing = sorted(name for name in places if name not in known)
    for name in missing:
        wrong = places[name]
        new = _new_name(name, idle, alone=len(missing) == 1) if len(wrong) >= RENAMED else None
        if new:
            text = f"改回 {name}，或把那 {len(wrong)} 处都改成 {new}"
            yield known[new].finding(new, f"别处有 {len(wrong)} 处还写着 {name}", text)
        elif len(wrong) >= TAKEN_OUT and known and (_apart(wrong) or not near(name, known)):
            first, place = wrong[0].place, next(iter(known.values()))
            text = f"加回来，或改掉那 {len(wrong)} 处，第一处在 {first.file}:{first.line}"
            yield Place(place.file).finding(name, f"这里没有它，别处有 {len(wrong)} 处写着", text)
        else:
            for use in wrong:
                yield use.place.finding(name, *_fault(name, known, problem, remedy), use.rule)


CURLY = "引号是中文的", "值用英文引号："


def _fault(name: str, known: Collection[str], problem: str, remedy: str) -> tuple[str, str]:
    """Return problem and remedy of an unknown name."""
    plain = name.strip("“”‘’＂")
    if plain != name and plain in known:
        return CURLY[0], f'{CURLY[1]}"{plain}"'
    return problem, remedy or choice(name, known)


def _apart(uses: Iterable[Use]) -> bool:
    """Return whether they stand in several files: nobody misspells a name alike in each of them."""
    return len({use.place.file for use in uses}) > 1


def _new_name(old: str, idle: list[str], *, alone: bool) -> str | None:
    """Return the name that nobody uses yet and that ``old`` was probably changed to."""
    close = get_close_matches(old, idle, n=1, cutoff=0.6)
    return close[0] if close else idle[0] if alone and len(idle) == 1 else None
