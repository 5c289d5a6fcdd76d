"""The kinds of cards, one row each: all that other code needs to know of a kind stands here.

A new kind is a row, a head type in ``schema.py``, a template ``overrides/kinds/<name>.html`` and a page that
lists it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.content import schema


@dataclass(frozen=True)
class SectionKind:
    """A section that cards of a kind have, in the order of the table."""

    anchor: str
    title: str
    required: bool = True


@dataclass(frozen=True)
class Kind:
    """One kind of card. ``pasted``: sections that a pasted answer carries, ``replied``: those of a reply to
    somebody who asks, of the first only its first list; ``further``: what he may be told next;
    ``cited``: where sources stand."""

    name: str
    folder: str
    """Folder under ``docs/``."""
    letter: str
    """First letter of its ids."""
    label: str
    head: type[schema.Head]
    sections: tuple[SectionKind, ...]
    pasted: tuple[str, ...]
    replied: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    cited: str = ""
    new: str = ""
    """Head of a new card in YAML, without what all kinds share; see ``kb.editing.new``."""
    asks: tuple[str, ...] = ()
    """First questions of a new card; ``{title}`` is filled in."""

    @property
    def shape(self) -> str:
        """How its ids are written, for a message."""
        return f"{self.letter} 加两位以上数字，如 {self.letter}20"


ALL = (
    Kind(
        name="cause",
        folder="causes",
        letter="C",
        label="原因",
        head=schema.Cause,
        sections=(
            SectionKind("symptom", "你会看到什么"),
            SectionKind("confirm", "怎么确认"),
            SectionKind("fix", "怎么办"),
            SectionKind("avoid", "不要这样做", required=False),
            SectionKind("evidence", "依据"),
        ),
        pasted=("confirm", "fix", "avoid"),
        replied=("fix",),
        further=("confirm", "avoid"),
        cited="evidence",
        new="""layer: {layer}
owner: {owner}                # 谁的问题：{owners}
say: 请稍等，我先看一下。     # 对等着的人说的一句话，40 字以内
retry: never                  # 能再试吗：never once after-fix
evidence: unproven            # 依据：official corroborated reported unproven
frequency: rare               # common sometimes rare
basis: assumed                # log support source assumed
prompts: []                   # 屏幕上的话，取自 _data/prompts.yml
codes: []                     # 取自 _data/codes.yml
tags: []                      # 取自 _data/tags.yml
aliases: []                   # 用户会打的词
answers: {{}}                   # 见写作规范
remedies: [{remedy}]
sources: [{source}]    # 占位的，换成正文“依据”里引用的来源
""",
        asks=("{title}怎么办", "为什么会{title}", "{title}找谁", "{title}要多久", "怎么知道是不是{title}"),
    ),
    Kind(
        name="remedy",
        folder="remedies",
        letter="R",
        label="对策",
        head=schema.Remedy,
        sections=(
            SectionKind("steps", "怎么做"),
            SectionKind("script", "电话里这样说", required=False),
            SectionKind("next", "还不行怎么办"),
            SectionKind("avoid", "不要这样做", required=False),
            SectionKind("evidence", "依据"),
        ),
        pasted=("steps", "script", "next", "avoid"),
        replied=("steps", "script"),
        further=("next", "avoid"),
        cited="evidence",
        new="""owner: {owner}                # 谁来做：{owners}
say: 请稍等，我先看一下。     # 对等着的人说的一句话，40 字以内
effort: 5m                    # 1m 5m 20m 60m days
risk: none                    # none money data
evidence: unproven            # official corroborated reported unproven
after: []
verify: 做完再试一次，成功。
tags: []
aliases: []
sources: [{source}]    # 占位的，换成正文“依据”里引用的来源
""",
        asks=("怎么{title}", "{title}要多久", "{title}找谁", "{title}要准备什么", "{title}以后还不行"),
    ),
    Kind(
        name="question",
        folder="questions",
        letter="Q",
        label="问题",
        head=schema.Question,
        sections=(SectionKind("how", "怎么看"),),
        pasted=("how",),
        replied=("how",),
        new="""why: 这个答案能分清两类原因。
how: 看一眼，或试一次。
effort: try                   # look try fetch contact
options:
  - {{id: ok, label: 可以, report: 可以}}
  - {{id: fail, label: 不行, report: 不行}}
""",
    ),
)

KINDS = {kind.name: kind for kind in ALL}
BY_FOLDER = {kind.folder: kind for kind in ALL}
BY_LETTER = {kind.letter: kind for kind in ALL}
