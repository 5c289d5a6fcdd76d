"""The pages of the decision trees, as fragments of HTML to be set into the frame of the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from jinja2 import Environment

from kb import tree
from kb.content import labels
from kb.content.address import page_url
from kb.content.cards import Card
from kb.content.schema import Remedy
from kb.diagnosis.diagnosis import DRAWN_DEPTH, Diagnosis
from kb.diagnosis.wording import MOST_NAMES, UNSURE, WORDS


@dataclass(frozen=True)
class AskPage:
    """A page below ``/ask/``: address below the site, title, and the HTML of its content."""

    url: str
    title: str
    content: str


def pages(diagnosis: Diagnosis, env: Environment, site_url: str) -> Iterator[AskPage]:
    """Yield every page of one topic: questions, results, resume pages, and the overview."""
    question, result = env.get_template("ask/question.html"), env.get_template("ask/result.html")
    for node in diagnosis.plan.nodes.values():
        url = diagnosis.url(node.path)
        arrival = diagnosis.arrivals.get(node.path)
        context = _links(diagnosis, url) | {
            "node": node,
            "back": arrival.page if arrival else None,
        }
        answers = diagnosis.in_order(node)
        if node.question:
            title = diagnosis.words.question_title(node.question) + "？"
            yield AskPage(url, _distinct_title(title, diagnosis, answers), question.render(context))
        else:
            context["summary"] = diagnosis.words.summary(node, answers, site_url + url)
            best = diagnosis.library.cards[node.ranked[0].cause]
            title = UNSURE if node.unsure else best.head.title
            yield AskPage(url, _distinct_title(title, diagnosis, answers), result.render(context))
    for path in diagnosis.retired:
        url = diagnosis.url(path)
        context = _links(diagnosis, url) | {"resume": diagnosis.resume(path)}
        title = _distinct_title("接着查", diagnosis, sorted(tree.answers_of(path)))
        yield AskPage(url, title, env.get_template("ask/resume.html").render(context))
    url = diagnosis.url("overview/")
    context = _links(diagnosis, url) | {
        "drawing": diagnosis.drawing,
        "figures": diagnosis.plan.figures,
        "depth_drawn": DRAWN_DEPTH,
    }
    title = f"{diagnosis.topic.name}：问题总图"
    yield AskPage(url, title, env.get_template("ask/overview.html").render(context))


def _distinct_title(title: str, diagnosis: Diagnosis, answers: Sequence[tuple[str, str]]) -> str:
    """Return a title that tells the page from its like: history and tabs show nothing else."""
    said = "，".join(diagnosis.words.said(*answer) for answer in answers)
    short = diagnosis.topic.name
    return f"{title}（{short}：{said}）" if said else f"{title}（{short}）"


def _links(diagnosis: Diagnosis, url: str) -> dict[str, object]:
    """Return what all templates need; links are relative to ``url``, within the tree as short as can be."""
    up = "../" * url.count("/")
    to_start = up.removesuffix("../" * diagnosis.url("").count("/"))
    return {
        "diagnosis": diagnosis,
        "to": lambda path: to_start + path or "./",
        "site": lambda address: up + address,
        "likelihoods": WORDS,
        "unsure": UNSURE,
        "most_names": MOST_NAMES,
        "unknown": tree.UNKNOWN,
        "labels": labels,
        "book": diagnosis.library.book,
        "meanwhile": _meanwhile(diagnosis),
        "contact": page_url(diagnosis.library.book.pages.contact),
    }


def _meanwhile(diagnosis: Diagnosis) -> Card[Remedy] | None:
    wanted = diagnosis.topic.meanwhile
    return diagnosis.library.remedy(wanted) if wanted else None


def figures_line(diagnosis: Diagnosis) -> str:
    """Return the figures of a tree on one line, printed by each build."""
    figures = asdict(diagnosis.plan.figures)
    shown = {
        "页": figures["pages"],
        "平均问": f"{figures['questions']:.2f}",
        "最多问": figures["worst"],
        "前三命中": f"{figures['top3']:.1%}",
        "答错 5%": f"{figures['top3_wrong']:.1%}",
        "比最好的树": f"{figures['over_best']:.3f}",
        "比下界": f"{figures['over_bound']:.3f}",
        "10% 不清楚": f"{figures['unknown']:.3f}",
        "证明最优": f"{figures['proven']:.0%}",
        "没用到的问题": "、".join(figures["unused"]) or "无",
        "以前的页": len(diagnosis.retired),
    }
    return f"决策树 {diagnosis.topic.id}：" + "，".join(f"{name} {value}" for name, value in shown.items())
