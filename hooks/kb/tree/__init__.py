"""The decision tree of a topic, compiled from its table of causes × questions.

Pure data in (:class:`Table`), pure data out (:class:`Plan`); nothing here knows cards, HTML or MkDocs.
"""

from .address import UNKNOWN, Given, address, answers_of
from .compile import Settings, digest, solve
from .figures import Figures
from .layout import Box, Layout, layout
from .model import Costs
from .plan import Node, Plan
from .problems import Problem, problems
from .published import RESULT, PublishedPages, Resume, by_answers, resume
from .table import Cause, Question, Remedy, Table
from .verdict import NearMiss, Ranked, Step

__all__ = [
    "RESULT",
    "UNKNOWN",
    "Box",
    "Cause",
    "Costs",
    "Figures",
    "Given",
    "Layout",
    "NearMiss",
    "Node",
    "Plan",
    "Problem",
    "PublishedPages",
    "Question",
    "Ranked",
    "Remedy",
    "Resume",
    "Settings",
    "Step",
    "Table",
    "address",
    "answers_of",
    "by_answers",
    "digest",
    "layout",
    "problems",
    "resume",
    "solve",
]
