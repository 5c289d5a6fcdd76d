"""``tree.json``: the decision trees, so that a chat bot can run them (``schema/tree.schema.json``)."""

from __future__ import annotations

import json
from dataclasses import asdict

from kb import tree
from kb.content.schema import Question
from kb.diagnosis.diagnosis import Diagnosis
from kb.pages.site import Site


def tree_json(site: Site, topic: str | None = None) -> str:
    """Return per topic, or of one, its questions, nodes and figures."""
    topics = [_topic(diagnosis) for name, diagnosis in site.diagnoses.items() if topic in (None, name)]
    return json.dumps({"version": tree.plan.VERSION, "topics": topics}, ensure_ascii=False)


def _topic(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "topic": diagnosis.topic.id,
        "starts": list(diagnosis.plan.starts),
        "questions": [
            {
                "slug": card.slug,
                "id": card.id,
                "title": card.head.title,
                "why": card.head.why,
                "how": card.head.how,
                "options": [{"id": o.id, "label": o.label, "report": o.report} for o in card.head.options],
            }
            for card in diagnosis.library.of(Question, diagnosis.topic.id)
        ],
        "nodes": [
            {
                "url": diagnosis.url(node.path),
                "answers": dict(node.answers),
                "question": node.question,
                "next": {option: diagnosis.url(after) for option, after in node.next},
                "causes": [{"id": r.cause, "chance": r.chance} for r in node.ranked],
            }
            for node in diagnosis.plan.nodes.values()
        ],
        "figures": asdict(diagnosis.plan.figures),
    }
