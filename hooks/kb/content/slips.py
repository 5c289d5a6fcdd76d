"""Slips of the pen in a text: what Markdown does not read as its writer meant, and how to write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.markdown import ITEM, visible

SLIPS: tuple[tuple[str, str, str], ...] = (
    (r"^ {0,3}(\d{1,2})(?:\.(?=[一-鿿“*\[])|[．、）] ?(?=[一-鿿“*\[]))", "步骤的序号写法不对", r"\1. "),
    (r"^ {0,3}[-－](?=[一-鿿“*\[])", "列表的短横后面没有空格", "- "),
    (r"^\s*[•●◆▪]\s*", "列表的记号不对", "- "),
    (r"^#*＃[#＃]*[ \t]*(.+)$", "井号是全角的", r"## \1"),
    (r"^(#{1,6} .*?)[ \t]*[{｛]([a-z][a-z-]*)[}｝]\s*$", "编号前面少了井号", r"\1 {#\2}"),
    (r"^(#{1,6} .*\S)\{#([a-z][a-z-]*)\}\s*$", "编号前面没有空格", r"\1 {#\2}"),
    (
        r"^(#{1,6} .*?) *(?:\{#([a-z][a-z0-9-]*)|(?<!\{)#([a-z][a-z0-9-]*)\}) *$",
        "编号的花括号少了一半",
        r"\1 {#\2\3}",
    ),
    (r"\[([^\[\]]+)\]（([^）\s]+\.md[^）\s]*)）", "链接的括号是全角的", r"[\1](\2)"),
    (r"[【［]([^【】［］\[\]\n]+)[】］](?=\[[A-Z][0-9]+\])", "链接的方括号是全角的", r"[\1]"),
    (r"[【［]\^([a-z0-9-]+)[】］]|\[ +\^ *([a-z0-9-]+) *\]", "脚注的括号不对", r"[^\1\2]"),
    (r"\[＾([a-z0-9-]+)\]", "脚注的 ^ 是全角的", r"[^\1]"),
    (r"^(\?{3}\+? [a-z]+) ([^\"\s].*)$", "折叠段的标题没有引号", r'\1 "\2"'),
    (
        r"(?<![^*]\*)\*\*[ \t]+([^*\s][^*]*?)[ \t]*\*\*(?=[^*]*(?:\*\*[^*]+\*\*[^*]*)*$)",
        "加粗的星号里面有空格",
        r"**\1**",
    ),
)
"""What a line has, what is wrong, and how it is written."""
COUNTED = r"^ {0,3}(?:[①-⑳⑴-⒇](?! *\|)|[一二三四五六七八九十]、|[（(]\d{1,2}[)）](?= ?[一-鿿“*\[]))"
"""A number that makes no step, though each step has one."""
STEP, DASH = re.compile(f"{SLIPS[0][0]}|{COUNTED}"), re.compile(SLIPS[1][0])

CUT = "文件像是没有传完"
TWO_CARDS, TWO_HEADS, TWO_PAGES = "一个文件里有两张卡片", "开头多了一行 ---", "一个文件里有两个开头"
DOUBLED = (r"[，。、；：][，。、；：]|！[，。、；：]|？[，。、；：]", "标点写重了", "只留一个")
CORNERS = (r"[「」『』]", "引号是直角的", "成对写成 “ ”")
PARENTHESES = (
    r"(?<=[一-鿿，。；：”]) ?\((?=[^()|?]*[一-鿿][^()|?]*\)(?![?*+{]))",
    "括号是半角的",
    "成对写成（ ），前后不空格",
)
"""In heads and data, where patterns stand too: what is no group has none of its signs."""
SEMICOLON = (r"(?<=[一-鿿”）]) ?; ?(?=[一-鿿“])", "分号是半角的", "写成 ；，前后不空格")
SHOWN = (
    DOUBLED,
    (r'(?<=[一-鿿，。：；])"(?=[一-鿿，。：；])', "引号是半角的", "成对写成 “ ”"),
    CORNERS,
    PARENTHESES,
    SEMICOLON,
)
"""What is miswritten in a head too, where quotes also stand around values."""
UNWRITTEN: tuple[tuple[str, str, str], ...] = (
    (r"(?<=[。！？；]) ?\d{1,2}\. (?=[一-鿿“*\[])", "两步写在了一行里", "从这里另起一行，一步一行"),
    (r"^\+(?=\S)|^-(?=#{1,6} |\d{1,2}\. )", "行首多了对比两版用的记号", "删掉它"),
    (
        r"\][ \t]+\((?=[^()\s]*\.md\b|[A-Z][0-9]{2,5}\))",
        "链接的两半中间有空格",
        "删掉空格：[文字](路径)；卡片写成 [文字][编号]",
    ),
    (r"(?<!!)\[\](?=[\[(])", "链接没有文字", "方括号里写上要给人看的字"),
    (r"^id: [A-Z][0-9]{2,5}$", TWO_CARDS, "分成两个文件，每张卡片一个"),
    (r"^　+(?=\S)", "段落开头有全角空格", "删掉这一行开头的空格"),
    (r"^ {1,3}(?:[-*+]|\d{1,2}\.) ", "条目前面的空格不是四个", "下一级的条目前面空四格，其余一格也不空"),
    (
        r"^(?: {4})* {1,3}(?=[一-鿿“*\[])",
        "这一行前面的空格不对",
        "是列表的一条，就补上短横；不是，就和上一行对齐",
    ),
    (r"`", "反引号没有配对", "补上另一半 `，或删掉它"),
    DOUBLED,
    CORNERS,
    SEMICOLON,
    (r'(?<=[一-鿿，。：；])"(?!\)|\s*$)', "引号是半角的", "成对写成 “ ”"),
    (COUNTED, "步骤的序号写法不对", "写成 1. 2. 3.，一步一行，点后面空一格"),
    (r"(?<=[一-鿿，。；：”]) ?\((?=[^()]*[一-鿿])", *PARENTHESES[1:]),
    (r"［＾[^\]］]*[\]］]", "脚注的括号是全角的", "写成 [^出处的编号]，括号和 ^ 都用半角"),
    (
        r"(?:[一-鿿，。、；：] ){5}",
        "字和字之间有空格",
        "删掉空格，各行连成一句；从别处复制的，先看它能不能引用",
    ),
    (
        r"^[^\s|-][^\t|]*\t+[^\t]*\S",
        "像是从表格软件粘来的",
        "写成表格：| 甲 | 乙 |，第二行 |---|---|，前面空一行",
    ),
    (r"［\d{1,2}］|\[\d{1,2}\](?!\()", "是文字处理软件的脚注号", "写成 [^出处的编号]，或删掉它"),
    (
        r"^[^\s|#>*-]\S{0,11} +(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日? *)?\d{1,2}:\d{2}(?::\d{2})?\s*$",
        "像是从聊天里带来的名字和时间",
        "整行删掉",
    ),
    (r"\]\(\s*\)", "链接没有写去哪里", "圆括号里写路径，或改成 [文字][编号]"),
)
"""What a line has, what is wrong, what to do."""
AMISS = re.compile("|".join(slip[0] for slip in (*SLIPS, *UNWRITTEN)))
"""Few lines have any of them."""

BRACKETED = re.compile(
    r"!?[\[［【][^\[\]【】［］]*[\]］】](?:\s*[\[［【]\s*[A-Za-z][0-9]+\s*[\]］】]|\([^()]*\))|\[\^[^\[\]]+\]"
    r"|^ {0,3}\[[^\[\]]+\](?=:)"
)
"""A link or the mark of a note, all that square brackets are for; in what form, ``references`` says."""

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
"""What breaks a link and cannot be seen; the rule ``foreign`` shows it."""

EMPTY_CELL = re.compile(r"^\s*\|.*(?<!\\)\|\s*\||^\s*\|\s*\|")
INDENTED = re.compile(r"(?: {4,}| {0,3}\t)(?=[^\s|])")
CONTINUED = re.compile(r"[ \t]|\?{3}|\[\^")
PROBLEMS = frozenset(slip[1] for slip in (*SLIPS, *UNWRITTEN)) | {
    "段落开头空了四格",
    "表格少了第二行",
    "表格里有空着的格子",
    "表格的格数不对",
    "方括号没有配对",
    "方括号里的字没有去处",
    "脚注少了记号",
}


@dataclass(frozen=True)
class Slip:
    """Something miswritten. ``line`` and ``column`` count from 1."""

    line: int
    column: int
    value: str
    problem: str
    remedy: str


def slips_of(body: str, first_line: int = 1) -> Iterator[Slip]:
    """Yield the slips of a text, one a line."""
    lines = visible(body).split("\n")
    source = body.split("\n")
    last = ""  # the last line that is not blank
    for index, line in enumerate(lines):
        number = first_line + index
        fresh = not index or not source[index - 1].strip()
        if slip := _miswritten(line):
            yield Slip(number, *slip)
        elif fresh and INDENTED.match(line) and not (CONTINUED.match(last) or ITEM.match(last)):
            yield Slip(number, 1, line.strip(), "段落开头空了四格", "删掉这一行开头的空格，不然它是一段代码")
        elif fresh and _headless(lines[index : index + 2]):
            rule = "|---" * (line.strip().strip("|").count("|") + 1) + "|"
            yield Slip(number, 1, line.strip(), "表格少了第二行", f"在这一行下面加一行 {rule}")
        elif EMPTY_CELL.search(source[index]) and lines[index].strip():
            remedy = "写上内容；没有内容的写“无”或“没有查到”"
            yield Slip(number, 1, line.strip(), "表格里有空着的格子", remedy)
        elif columns := _uneven(lines, index):
            remedy = f"表头有 {columns} 格，这一行也写 {columns} 格"
            yield Slip(number, 1, line.strip(), "表格的格数不对", remedy)
        last = source[index] if source[index].strip() else last


def slips_of_head(head: str, first_line: int = 1) -> Iterator[Slip]:
    """Yield the slips of what YAML shows to readers, one a line; of comments and patterns it shows none."""
    for number, line in enumerate(head.split("\n"), first_line):
        for pattern, problem, remedy in SHOWN if line[:1] != "#" and "[^" not in line else ():
            if found := re.search(pattern, line):
                yield Slip(number, found.start() + 1, found[0], problem, remedy)
                break


def _miswritten(line: str) -> tuple[int, str, str, str] | None:
    """Return column, value, problem and remedy."""
    amiss = AMISS.search(line) is not None
    for pattern, problem, written in SLIPS if amiss else ():
        if found := re.search(pattern, line):
            return found.start() + 1, found[0].strip(), problem, f"写成“{found.expand(written)}”"
    for pattern, problem, remedy in UNWRITTEN if amiss else ():
        if found := re.search(pattern, line):
            return found.start() + 1, found[0], problem, remedy
    rest = "" if UNSEEN.search(line) else line
    while found := BRACKETED.search(rest):
        rest = f"{rest[: found.start()]}{' ' * len(found[0])}{rest[found.end() :]}"
    if named := re.search(r"(?<!\[)\[\^?([a-z][a-z0-9-]+)\]", rest):
        return named.start() + 1, named[0], "脚注少了记号", f"写成“[^{named[1]}]”"
    if pair := re.search(r"\[([^\[\]]*[一-鿿][^\[\]]*)\](?![\[A-Z])", rest):
        remedy = f"要人填的空写成【{pair[1]}】；链接写成 [文字][编号]；只是括号，就用（）"
        return pair.start() + 1, pair[0], "方括号里的字没有去处", remedy
    if stray := re.search(r"[\[\]]", rest):
        start = max(0, stray.start() - 8)
        remedy = "补上另一半：链接写成 [文字][编号]，脚注写成 [^编号]；只是括号，就用（）"
        return stray.start() + 1, line[start : stray.start() + 12], "方括号没有配对", remedy
    return None


def _cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row.strip().strip("|"))) + 1


def _uneven(lines: list[str], index: int) -> int:
    """Return how many cells the head of the table has if this row has another number, else 0."""
    top = index
    while top and lines[top - 1].lstrip().startswith("|"):
        top -= 1
    if top == index or not lines[index].lstrip().startswith("|"):
        return 0
    columns = _cells(lines[top])
    return 0 if _cells(lines[index]) == columns else columns


def _headless(rows: list[str]) -> bool:
    """Return whether two lines are rows of a table that has no line of dashes below its first."""
    return len(rows) == 2 and all(row.lstrip().startswith("|") for row in rows) and "--" not in rows[1]
