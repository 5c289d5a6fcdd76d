"""What answers name: questions and their options, wherever cards and data name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb import tree
from kb.checks.names import Use, no_cards, unknown
from kb.checks.rules import rule
from kb.content.cards import Card
from kb.content.findings import Finding, Place
from kb.content.library import Library
from kb.content.schema import MOSTLY, Cause, Cell, Head, Question, Remedy
from kb.content.topics import Answer, Topic


@dataclass(frozen=True)
class Given:
    """An option of a question, and where both are named."""

    question: str
    option: str
    place: Place
    option_place: Place
    free: str = ""
    """An option that every question has."""


@rule("references", "topics.yml")
def check_answers(library: Library) -> Iterator[Finding]:
    """Answers, conditions, warnings and messages name questions of the topic and options that they have.

    Bad: ``answers: {balanse: ok}``; ``{question: screen, option: pendign, …}``, whose warning would
    be gone without a word.
    Good: ``answers: {balance: ok}``; option ``x`` of a warning, which is 不清楚.
    """
    for number, topic in enumerate(library.topics.entries):
        given = list(_given(topic, number, library))
        named = {Use(each.question, each.place) for each in given}
        for key, slug in (("first", topic.first), ("screen", topic.screen), ("asker", topic.asker)):
            if slug:
                named.add(Use(slug, library.topics.at(number, key)))
        for option, slug in topic.then.items():
            named.add(Use(slug, library.topics.at(number, "then", option)))
        for n, vague in enumerate(topic.vague):
            place = library.topics.at(number, "vague", n, "questions")
            named |= {Use(slug, place) for slug in vague.questions}
        questions = {card.slug: card for card in library.of(Question, topic.id)}
        uses = [use for use in named if use.name in questions or not _strayed(use.name, library)]
        known = {slug: card.line(1) for slug, card in questions.items()}
        if topic.first and topic.first not in known:
            uses = [
                use
                for use in uses
                if use.name != topic.first or use.place == library.topics.at(number, "first")
            ]
        hidden = {card.slug: card for card in _hidden(library) if card.slug not in known}
        for slug, card in hidden.items():
            if left := sorted(use.place for use in uses if use.name == slug):
                problem = f"读者看不到了，还有 {len(left)} 处用着它，第一处在 {left[0].file}:{left[0].line}"
                remedy = f"在那几处删掉 {slug}；还要它，就删掉 state 和 instead 这两行"
                yield card.at("state").finding(card.id, problem, remedy, "state")
        uses = [use for use in uses if use.name not in hidden]
        yield from unknown(sorted(uses, key=lambda use: use.place), known, "这个主题没有这个问题")
        for slug, card in questions.items():
            options = {option.id: card.at("options", n, "id") for n, option in enumerate(card.head.options)}
            if len(options) < len(card.head.options):
                continue
            said = [Use(g.option, g.option_place) for g in given if g.question == slug and g.option != g.free]
            yield from unknown(said, options, f"问题 {slug} 没有这个选项")


def _hidden(library: Library) -> list[Card[Head]]:
    """Return the questions that are drafts or retired."""
    cards = (*library.retired.values(), *library.drafts.values())
    return [card for card in cards if isinstance(card.head, Question)]


def _strayed(slug: str, library: Library) -> bool:
    """Return whether a question cannot be read, or stands under a topic that there is not."""
    card = library.question_by_slug.get(slug)
    moved = {entry.old for entry in library.redirects.entries}
    for entry in library.published:
        if entry.slug == slug and entry.id in library.cards and entry.url not in moved and not card:
            return True  # the rule lock says that its file was renamed
    return card.head.topic not in library.topic_by_id if card else library.unreadable.may_be(slug)


def _given(topic: Topic, number: int, library: Library) -> Iterator[Given]:
    for cause in library.of(Cause, topic.id):
        yield from _cells(cause, "answers", cause.head.answers)
    for question in library.of(Question, topic.id):
        yield from _cells(question, "only_if", question.head.only_if)
    for index, caution in enumerate(topic.cautions):
        place, option = (library.topics.at(number, "cautions", index, key) for key in ("question", "option"))
        yield Given(caution.question, caution.option, place, option, free=tree.UNKNOWN)
    if topic.screen and topic.off_till:
        place = library.topics.at(number, "off_till")
        yield Given(topic.screen, topic.off_till, place, place)
    for chosen in topic.then:
        place = library.topics.at(number, "then", chosen)
        yield Given(topic.first or "", chosen, place, place)
    for index, fill in enumerate(library.book.blanks.told if library.handbook else ()):
        asked = library.question_by_slug.get(fill.question)
        for said in fill.says if asked and asked.head.topic == topic.id else ():
            place = library.at("handbook.yml", "blanks", "told", index, "says", said)
            yield Given(fill.question, said, place, place)
    told: dict[str, tuple[Answer, ...]] = {"heard": topic.heard, "collected": topic.collected}
    for key, answers in told.items():
        for index, answer in enumerate(answers):
            place, option = (library.topics.at(number, key, index, part) for part in ("question", "option"))
            yield Given(answer.question, answer.option, place, option)
    if topic.screen and topic is _screened(library)[0] and "prompts.yml" not in library.broken:
        for index, prompt in enumerate(library.prompts.entries):
            if not any(prompt.option in options for options in _screen_options(library)):
                place = library.prompts.at(index, "option")
                yield Given(topic.screen, prompt.option, library.topics.at(number, "screen"), place)


def _cells(card: Card[Head], key: str, cells: Mapping[str, Cell]) -> Iterator[Given]:
    for slug, cell in cells.items():
        for option in (cell,) if isinstance(cell, str) else cell:
            yield Given(slug, option, card.at(key, slug), card.at(key, slug))


def _screened(library: Library) -> list[Topic]:
    return [topic for topic in library.topics.entries if topic.screen]


def _screen_options(library: Library) -> Iterator[set[str]]:
    for topic in _screened(library):
        card = library.question_by_slug.get(topic.screen or "")
        yield {option.id for option in card.head.options} if card else set()


@rule("cautions", "topics.yml")
def check_cautions(library: Library) -> Iterator[Finding]:
    """At the till, an answer that means “do not collect again” warns of it at once.

    Bad: all causes for which it is the usual answer have ``retry: never``, and no entry in ``cautions``.
    Good: ``{question: screen, option: pending, card: …}``.
    """
    for number, topic in enumerate(library.topics.entries):
        warned = {(caution.question, caution.option) for caution in topic.cautions}
        causes: defaultdict[tuple[str, str], list[Card[Cause]]] = defaultdict(list)
        for cause in library.of(Cause, topic.id) if topic.at_till else ():
            for slug, cell in cause.head.answers.items():
                for option in _usual(cell):
                    causes[slug, option].append(cause)
        for (slug, option), cards in causes.items():
            if (slug, option) not in warned and all(card.head.retry == "never" for card in cards):
                entry = f"{{question: {slug}, option: {option}, card: {cards[-1].id}}}"
                remedy = f"在 {topic.id} 的 cautions 下面加一行“    - {entry}”"
                place = library.topics.at(number, "cautions" if topic.cautions else "id")
                yield place.finding(f"{slug}.{option}", "答了这一项不能再收，没有提醒", remedy)


def _usual(cell: Cell) -> set[str]:
    if isinstance(cell, Mapping):
        return {option for option, often in cell.items() if often in MOSTLY}
    return {cell} if isinstance(cell, str) else set(cell)


@rule("prompts", "topics.yml")
def check_screens(library: Library) -> Iterator[Finding]:
    """Where there are screen messages, a topic asks for them.

    Bad: ``_data/prompts.yml`` with entries, and no topic with ``screen``.
    Good: ``screen: screen``, the slug of the question what the screen says.
    """
    if library.prompts.entries and not _screened(library):
        remedy = "在 docs/_data/topics.yml 的一个主题里写 screen：问“屏幕上写着什么”的那张问题卡"
        yield library.prompts.at(0, "option").finding(
            library.prompts.entries[0].option, "没有主题问屏幕", remedy
        )


@rule("references")
def check_options(library: Library) -> Iterator[Finding]:
    """The options of a question differ in id and in words.

    Bad: two options ``ok``; two options with the label 能付.
    Good: each id and each label once.
    """
    for card in library.of(Question):
        for key in ("id", "label"):
            seen: set[str] = set()
            for index, option in enumerate(card.head.options):
                value = getattr(option, key)
                if value in seen:
                    yield card.at("options", index, key).finding(value, "两个选项一样", "改掉其中一个")
                seen.add(value)


@rule("references")
def check_cards_of_topics(library: Library) -> Iterator[Finding]:
    """A topic's warnings are causes, and what to do meanwhile is a remedy.

    Bad: ``meanwhile`` with a cause.
    Good: ``meanwhile`` with a remedy.
    """
    for index, topic in enumerate(library.topics.entries):
        wanted: list[tuple[str, Place, type[Head], str]] = [
            (caution.card, library.topics.at(index, "cautions", n, "card"), Cause, "原因")
            for n, caution in enumerate(topic.cautions)
        ]
        if topic.meanwhile:
            wanted.append((topic.meanwhile, library.topics.at(index, "meanwhile"), Remedy, "对策"))
        for card_id, place, head, name in wanted:
            yield from no_cards([Use(card_id, place)], library)
            found = library.cards.get(card_id)
            if found and not isinstance(found.head, head):
                yield place.finding(card_id, f"这里要写一张{name}卡", f"写一张{name}卡的编号")
