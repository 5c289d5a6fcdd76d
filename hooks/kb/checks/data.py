"""The data files agree with each other and with the cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from kb.checks.links import no_section
from kb.checks.names import Use, no_cards, unknown, uses_in
from kb.checks.rules import rule
from kb.content.data import DataFile
from kb.content.findings import Finding
from kb.content.library import Library
from kb.content.markdown import headings
from kb.content.schema import Cause

MIN_ACTION = 8
"""Characters below which a code's action says nothing."""


@rule("ids")
def check_keys(library: Library) -> Iterator[Finding]:
    """The keys of a data file are unique.

    Bad: a source id listed twice.
    Good: one entry an id.
    """
    blamed: set[tuple[str, int]] = set()
    for table, key in _keyed(library):
        seen: dict[str, int] = {}
        for index, entry in enumerate(table.entries):
            value = str(getattr(entry, key)).lower()
            if value in seen and (table.file, index) not in blamed:
                blamed.add((table.file, index))
                remedy = f"第 {table.at(seen[value], key).line} 行已经有了，只留一处；是另一项，就换个名字"
                yield table.at(index, key).finding(value, "写了两次", remedy)
            seen.setdefault(value, index)
    tags = library.tags.entries
    for index, tag in enumerate(tags):
        if tag in tags[:index]:
            line = library.tags.at(tags.index(tag)).line
            yield library.tags.at(index).finding(tag, "写了两次", f"第 {line} 行已经有了，只留一处")


@rule("ids", "prompts.yml")
def check_messages(library: Library) -> Iterator[Finding]:
    """Words on a screen belong to one message: nobody else's ``text`` or ``variants`` has them.

    Bad: ``variants: [支付处理中]`` of two messages. Good: of one of them.
    """
    seen: dict[str, tuple[int, bool]] = {}
    for index, prompt in enumerate(library.prompts.entries):
        for number, text in enumerate((prompt.text, *prompt.variants)):
            path = ("variants", number - 1) if number else ("text",)
            first, alone = seen.setdefault(text, (index, not number))
            if first != index and (number or not alone):  # of two texts check_keys tells
                remedy = f"第 {library.prompts.at(first).line} 行已经有了，只留一处"
                yield library.prompts.at(index, *path).finding(text, "写了两次", remedy)


@rule("ids")
def check_groups(library: Library) -> Iterator[Finding]:
    """A way to say something stands in one group of ``_data/vocabulary.yml``.

    Bad: ``[卡, 证]`` beside ``[证, 照]``. Good: each in one group.
    """
    seen: dict[str, int] = {}
    for index, group in enumerate(library.vocabulary.same):
        for number, word in enumerate(group):
            place = library.at("vocabulary.yml", "same", index, number)
            if word in seen:
                yield place.finding(word, "写了两次", f"第 {seen[word]} 行已经有了，只留一处")
            seen.setdefault(word, place.line)


def _keyed(library: Library) -> tuple[tuple[DataFile[BaseModel], str], ...]:
    return (
        (library.topics, "id"),
        (library.sources, "id"),
        (library.prompts, "id"),
        (library.prompts, "text"),
        (library.codes, "code"),
        (library.elsewhere, "id"),
        (library.terms, "term"),
        (library.redirects, "old"),
    )


@rule("codes", "codes.yml")
def check_codes(library: Library) -> Iterator[Finding]:
    """Codes of cards stand in ``codes.yml``, the cards that a code names exist, each says what to do.

    Bad: ``codes: [ACQ.SYSTEM_EROR]``; ``action: 重试``.
    Good: ``codes: [ACQ.SYSTEM_ERROR]``.
    """
    codes = library.codes
    uses = uses_in(library.of(Cause), "codes")
    yield from unknown(uses, codes.places("code"), "清单里没有这个错误码")
    for index, entry in enumerate(codes.entries):
        cards = (Use(card, codes.at(index, "cards", number)) for number, card in enumerate(entry.cards))
        yield from no_cards(cards, library)
        if len(entry.action) < MIN_ACTION:
            remedy = f"写到 {MIN_ACTION} 个字以上，说清收银员该做什么"
            yield codes.at(index, "action").finding(entry.action, "说得太短", remedy)


@rule("codes", "codes.yml", "handbook.yml")
def check_agreement(library: Library) -> Iterator[Finding]:
    """A code and its card name each other; with its causes it agrees on whose it is and on trying again.

    Bad: ``cards`` with a cause that does not list the code; ``retry: once`` beside a cause with ``never``.
    Good: the same on both sides, or ``differs: {retry: 收银员自己输错的，改了就能再收}``.
    """
    told: set[str] = set()
    unlike: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for index, entry in enumerate(library.codes.entries):
        place = library.codes.at(index, "code")
        for cause in map(library.cards.get, entry.cards):
            if cause is None or not isinstance(cause.head, Cause):
                continue
            if entry.code not in cause.head.codes and all(map(library.code_by_name.get, cause.head.codes)):
                remedy = f"在 {cause.file} 的 codes 里加上它，或从 cards 里删掉 {cause.id}"
                yield place.finding(entry.code, f"{cause.id} 没有列出这个码", remedy)
                told.add(entry.code)
            for key in ("owner", "retry"):
                here, there = getattr(entry, key), getattr(cause.head, key)
                known = key == "retry" or {here, there} <= library.book.owner_names.keys()
                if here != there and known and key not in entry.differs:
                    unlike[cause.id, key].append((index, here))
    yield from _unlike(unlike, library)
    barred = library.book.codeless  # check_codeless says it of them
    for card in (card for card in library.of(Cause) if card.id not in barred):
        for number, code in enumerate(card.head.codes):
            found = library.code_by_name.get(code)
            known = found is not None and all(map(library.may_have, found.cards))
            if found and known and code not in told and card.id not in {*found.cards, *library.renumbered}:
                remedy = f"在 docs/_data/codes.yml 里 {code} 的 cards 加上 {card.id}，或从这里删掉它"
                yield card.at("codes", number).finding(code, "这个码没有列出这张卡片", remedy)


def _unlike(
    unlike: Mapping[tuple[str, str], Sequence[tuple[int, str]]], library: Library
) -> Iterator[Finding]:
    """Yield what a card and its codes say differently: of the card, if several codes are of one mind."""
    for (card_id, key), entries in unlike.items():
        card, said = library.cards[card_id], {here for _, here in entries}
        if len(entries) > 1 and len(said) == 1:
            problem = f"和它的 {len(entries)} 个错误码不一样"
            remedy = f"写成 {said.pop()}；真的变了，先在 docs/_data/codes.yml 改那几个码的 {key}"
            yield card.at(key).finding(getattr(card.head, key), problem, remedy)
            continue
        for index, here in entries:
            there = getattr(card.head, key)
            remedy = f"写成 {there}；确实不同，就加 differs: {{{key}: 为什么}}"
            yield library.codes.at(index, key).finding(here, f"和 {card_id} 的 {key} 不一样", remedy)


@rule("codes", "codes.yml", "handbook.yml")
def check_codeless(library: Library) -> Iterator[Finding]:
    """No code is tied to the cards that ``handbook.yml`` lists as ``codeless``: nobody's code says that.

    Bad: such a card in a row of ``codes.yml``; ``codes`` on such a card.
    Good: neither.
    """
    barred = set(library.book.codeless)
    for index, entry in enumerate(library.codes.entries):
        for number, card_id in enumerate(entry.cards):
            if card_id in barred:
                place = library.codes.at(index, "cards", number)
                yield place.finding(card_id, "没有哪个码专指这种情况", "从 cards 里删掉它")
    for card in library.of(Cause):
        if card.id in barred and card.head.codes:
            yield card.at("codes").finding(card.head.codes[0], "没有哪个码专指这种情况", "写成 codes: []")


@rule("references", "handbook.yml")
def check_handbook(library: Library) -> Iterator[Finding]:
    """The cards and the source that ``_data/handbook.yml`` names exist.

    Bad: ``examples`` with the id of no card; ``default_source: artikle``.
    Good: ids that there are.
    """
    book, name = library.book, "handbook.yml"
    cards = [Use(card, library.at(name, "examples", kind)) for kind, card in book.examples.items()]
    cards += [Use(card, library.at(name, "codeless", index)) for index, card in enumerate(book.codeless)]
    cards += [
        Use(door.card, library.at(name, "doors", index, "card")) for index, door in enumerate(book.doors)
    ]
    yield from no_cards(cards, library)
    if "sources.yml" not in library.broken:
        use = Use(book.default_source, library.at(name, "default_source"))
        yield from unknown([use], library.sources.places("id"), "没有这个出处")


@rule("references", "elsewhere.yml")
def check_elsewhere(library: Library) -> Iterator[Finding]:
    """What is answered elsewhere leads on to a card, or a section of the contact page, that there is.

    Bad: ``card`` with the id of no card; ``place: whoom``.
    Good: ``place: whom`` where the contact page has ``## 找谁 {#whom}``.
    """
    page = library.pages.get(f"docs/{library.book.pages.contact}") if library.handbook else None
    places = {section.anchor for section in headings(page.body)} if page else set()
    for index, entry in enumerate(library.elsewhere.entries):
        if entry.card:
            yield from no_cards([Use(entry.card, library.elsewhere.at(index, "card"))], library)
        if page and entry.place and entry.place not in places:
            at = library.elsewhere.at(index, "place")
            yield no_section(entry.place, page.file, at, library)
