"""Tables for the tests: a realistic one, and random ones."""

from __future__ import annotations

import random

from kb.tree.table import DEGREES, Cause, Question, Remedy, Table

MINUTES = {
    "R01": 480, "R02": 480, "R03": 120, "R04": 120, "R05": 20, "R06": 240, "R07": 60, "R08": 60, "R11": 2,
    "R12": 1, "R13": 3, "R14": 2, "R15": 5, "R16": 10, "R17": 20, "R18": 20, "R19": 30, "R20": 40, "R21": 40,
    "R22": 30, "R23": 5, "R24": 5, "R28": 10, "R25": 5, "R26": 60,
    "R27": 60, "R29": 5, "R30": 15,
}  # fmt: skip

QUESTIONS = (
    Question("screen", 0.3, ("unsupported", "pending", "card-code", "expired", "abnormal", "limit",
                             "cannot-open", "instalment", "no-error", "other")),
    Question("balance", 1, ("ok", "fail", "untried")),
    Question("credit-card", 1, ("ok", "fail", "untried")),
    Question("other-customer", 1, ("ok", "fail", "some")),
    Question("before", 0.3, ("never", "yes", "sometimes")),
    Question("small", 1, ("ok", "fail")),
    Question("who-scans", 0.3, ("merchant-scans", "customer-scans")),
    Question("entry", 0.3, ("scan", "card")),
    Question("pending", 0.3, ("yes", "no")),
    Question("refreshed", 1, ("ok", "fail")),
    Question("other-machine", 4, ("ok", "fail")),
    Question("instalment", 0.3, ("yes", "no")),
    Question("other-payments", 1, ("ok", "fail")),
    Question("code-owner", 0.3, ("lakala", "other", "personal"), {"who-scans": ("customer-scans",)}),
)  # fmt: skip

# id, frequency (! = unproven), remedies, answers: question=option|option or question=option:degree,…
CAUSES = """
C01 rare! R01,R17 screen=unsupported other-customer=fail before=never
C02 rare! R02,R05 screen=unsupported|other other-customer=fail before=never other-machine=ok
C03 rare! R03,R15 screen=other other-customer=fail other-machine=ok
C04 common R23,R11 screen=unsupported:sometimes,other:sometimes other-customer=ok \
    before=yes:usually,sometimes:rarely
C05 sometimes R16,R17 screen=unsupported|other other-customer=fail other-machine=ok before=never entry=scan \
    balance=fail other-payments=fail
C06 common R15,R13 screen=pending|other other-payments=fail balance=fail other-customer=fail \
    before=yes|sometimes
C07 common R12 screen=expired refreshed=ok who-scans=merchant-scans other-customer=ok
C08 sometimes R14 screen=card-code entry=card who-scans=merchant-scans
C09 sometimes R12,R14 screen=expired|other refreshed=fail who-scans=merchant-scans entry=scan balance=fail
C10 common R13 screen=pending:usually,other:sometimes pending=yes
C11 rare! R04,R28 screen=other balance=fail other-payments=fail other-machine=ok
C12 rare R05 screen=unsupported|other other-machine=ok before=yes other-customer=fail
C13 rare! R28,R06 screen=unsupported other-machine=ok other-customer=fail
C14 rare R23 screen=unsupported other-customer=ok balance=fail before=never
C15 sometimes R17,R18 screen=unsupported|abnormal balance=fail other-customer=fail credit-card=fail
C16 rare R07,R19 screen=limit|unsupported who-scans=customer-scans small=ok
C17 sometimes R08,R20 screen=abnormal|cannot-open other-customer=fail before=never
C18 common R18,R17 screen=unsupported balance=ok credit-card=ok|untried other-customer=fail before=never
C19 common R20,R18 screen=cannot-open
C20 common R17 screen=unsupported balance=ok credit-card=fail other-customer=fail before=never|yes
C21 common R19 screen=unsupported who-scans=customer-scans code-owner=personal balance=ok
C22 common R21,R17 screen=abnormal:usually,unsupported:rarely balance=fail other-customer=fail before=yes
C23 sometimes R22 screen=limit small=ok other-customer=fail before=yes|sometimes
C24 sometimes R11,R17 screen=unsupported balance=ok other-customer=fail before=never
C25 common R11,R23,R29 screen=unsupported other-customer=some|ok before=sometimes balance=ok
C26 sometimes R17,R19 screen=unsupported who-scans=customer-scans code-owner=other balance=ok
C27 common R23,R11 screen=limit|unsupported small=ok other-customer=ok balance=ok
C28 common R23,R11 screen=unsupported small=fail other-customer=ok balance=ok
C29 sometimes R23 screen=limit|unsupported balance=fail other-customer=ok small=fail|ok
C30 sometimes R24 screen=instalment instalment=yes balance=ok
C31 sometimes R29,R18 screen=no-error balance=ok
"""

FEE = """
C41 sometimes! R25,R13 twice=yes:sometimes,no:sometimes amount=wrong each=one since=start
C42 rare! R25,R26 twice=yes amount=right each=one fixed=no
C43 sometimes R25,R26,R30 since=date notice=yes each=all fixed=no twice=no amount=right monthly=no
C44 common R14,R25 each=some kind=card|huabei fixed=no twice=no amount=right monthly=no small=no
C45 sometimes R25,R30 small=yes each=some twice=no amount=right monthly=no
C46 common R25,R26 fixed=yes each=all|some twice=no amount=right monthly=no
C47 common R26,R27 monthly=yes twice=no amount=right
C48 common R25,R30 kind=huabei each=some fixed=no twice=no amount=right monthly=no small=no
C49 common R25,R26,R27 since=date notice=no each=all fixed=no twice=no amount=right monthly=no
"""

FEE_QUESTIONS = (
    Question("each", 1, ("all", "some", "one")),
    Question("fixed", 1, ("yes", "no")),
    Question("since", 1, ("start", "date")),
    Question("notice", 1, ("yes", "no"), {"since": ("date",)}),
    Question("kind", 0.3, ("card", "scan", "huabei")),
    Question("small", 0.3, ("yes", "no")),
    Question("twice", 0.3, ("yes", "no")),
    Question("amount", 0.3, ("right", "wrong")),
    Question("monthly", 0.3, ("yes", "no")),
)


def huabei() -> Table:
    """The topic of content.md: 31 causes, 14 questions."""
    return Table("huabei", tuple(map(_cause, CAUSES.strip().splitlines())), QUESTIONS, first="screen")


def fee() -> Table:
    """The second topic: 9 causes, 9 questions."""
    return Table("fee", tuple(map(_cause, FEE.strip().splitlines())), FEE_QUESTIONS)


def _cause(line: str) -> Cause:
    id, frequency, remedies, *cells = line.split()
    answers = {}
    for cell in cells:
        slug, text = cell.split("=")
        answers[slug] = dict(p.split(":") for p in text.split(",")) if ":" in text else tuple(text.split("|"))
    chosen = tuple(Remedy(r, MINUTES.get(r, 15)) for r in remedies.split(","))
    return Cause(id, frequency.rstrip("!"), chosen, answers, unproven=frequency.endswith("!"))


def random_table(
    seed: int, causes: int, questions: int, options: int = 3, remedies: int | None = None
) -> Table:
    """A table with every sort of cell, conditions now and then a forced first question, and one after it."""
    dice = random.Random(seed)
    asked: list[Question] = []
    for q in range(questions):
        only_if = {}
        if asked and dice.random() < 0.2:
            gate = dice.choice(asked)
            only_if = {gate.slug: tuple(dice.sample(gate.options, 1))}
        names = tuple("abcdefgh"[: dice.randint(2, options)])
        asked.append(Question(f"q{q}", dice.choice((0.3, 1, 4)), names, only_if))
    pool = [Remedy(f"R{r}", dice.choice((1, 5, 20, 60))) for r in range(remedies or causes)]
    found = tuple(
        Cause(
            f"C{c:03}",
            dice.choice(("common", "sometimes", "rare")),
            tuple(dice.sample(pool, min(len(pool), dice.randint(1, 3)))),
            {q.slug: _random_cell(dice, q) for q in asked},
            unproven=dice.random() < 0.1,
        )
        for c in range(causes)
    )
    free = [q.slug for q in asked if not q.only_if]
    first = dice.choice(free) if dice.random() < 0.3 else None
    others = [slug for slug in free if slug != first]
    then = {}
    if first and others and dice.random() < 0.5:
        options = next(q.options for q in asked if q.slug == first)
        then = {dice.choice(options): dice.choice(others)}
    return Table("random", found, tuple(asked), first, then)


def _random_cell(dice: random.Random, question: Question):
    kind = dice.randrange(5)
    if kind == 0:
        return None
    if kind == 1:
        return tuple(dice.sample(question.options, 2))
    if kind == 2:
        return {option: dice.choice(list(DEGREES)) for option in dice.sample(question.options, 2)}
    return dice.choice(question.options)
