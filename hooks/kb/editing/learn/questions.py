"""Questions that many people ask in the same words, and that open nothing or the wrong answer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kb.checks.foreign import known_of, names_of
from kb.content.asks import FOLDER as ASKS
from kb.content.library import Library
from kb.editing.effect.answers import Opened
from kb.editing.learn.access import Visits
from kb.editing.learn.tickets import Ticket, clauses
from kb.foreign import Known, scan

FEWEST = 5
"""People who must have said the same before it is shown."""

SHARE = 0.6
"""Share of those who asked that must have been helped by one card, or by none."""

PERSONAL = re.compile(
    r"\d{4,}|@|https?:|www\.|[一-鿿]{1,3}(?:先生|女士|小姐|老板|经理|师傅)|我(?:叫|姓|是[一-鿿]{2,3}$)|姓名|名字叫|联系人"
    r"|地址|住在|[省市县区镇乡村路街巷弄幢栋][^，]{0,4}[号室楼层]|微信|电话|手机号|身份证|卡号|店名"
)
"""What may lead to somebody; rather a good sentence too few."""


@dataclass(frozen=True)
class Asked:
    """A question, how many asked it, the card that helped them (if one did), and what it opens."""

    text: str
    people: int
    card: str
    opens: str


def asked(tickets: Iterable[Ticket], visits: Visits, library: Library) -> tuple[list[Asked], list[Asked]]:
    """Return the questions that no card answers, and those that open another than the one that helped.

    A search in the log is a question without an answer if it finds nothing; what is in a ticket, if no card
    solved it.
    """
    written: Counter[str] = Counter()
    helped: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for ticket in tickets:
        for clause in set(clauses(ticket.text)):
            written[clause] += 1
            helped[clause][ticket.card] += 1
    people = written.copy()
    for query, visitors in visits.searches.items():
        people[query] += len(visitors)
        helped[query][""] += len(visitors)
    examples = library.adverts, library.harmless
    known = known_of(library.words, library.phrases, examples, library.contacts, names_of(library))
    often = [text for text, count in people.items() if count >= FEWEST and _is_nobodys(text, known)]
    opened = Opened(library)
    here, lost = opened.first(often), opened.lost(often)
    nothing, other = [], []
    for text in sorted(often, key=lambda text: (-people[text], text)):
        card, count = helped[text].most_common(1)[0]
        if count < max(FEWEST, SHARE * people[text]):
            continue
        if not card and (text in lost or written[text] >= FEWEST):
            nothing.append(Asked(text, people[text], "", "" if text in lost else here[text]))
        elif card in library.cards and any(text in ask for ask in library.asks_of(library.cards[card])):
            continue
        elif card in library.cards and opened.need(here[text]) != opened.need(card):
            other.append(Asked(text, people[text], card, here[text]))
    return nothing, other


def _is_nobodys(text: str, known: Known) -> bool:
    return not PERSONAL.search(text) and not any(scan(f"{text}\n", known, f"{ASKS}/cards/x.txt"))
