"""Following a remedy to the letter mends the fault: a machine does so for the golden cases where it can."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from kb.checks import check
from kb.content.findings import Finding
from kb.editing.fix import fix

from tests.checks.test_checks import CASES, break_it
from tests.conftest import FIXTURE, ROOT

TEXT = "写上三十个字以上的一段话，好让这一节说清楚该做什么、找谁、多久、怎样算是办好了，不行再怎么办。"
MOST_ROUNDS = 6

Mend = Callable[[Finding, Path, re.Match[str]], None]


def on_line(finding: Finding, root: Path, change: Callable[[str], str]) -> None:
    path = root / finding.path
    lines = path.read_text("utf-8").split("\n")
    lines[finding.line - 1] = change(lines[finding.line - 1])
    path.write_text("\n".join(lines), "utf-8")


def to(text: str) -> Mend:
    """Write ``text``, which may refer to the match, in the place of the value."""

    def mend(finding: Finding, root: Path, match: re.Match[str]) -> None:
        new, old = match.expand(text), finding.value.removeprefix("#")
        at = finding.column - 1
        on_line(finding, root, lambda line: line[:at] + line[at:].replace(old, new.removeprefix("#"), 1))

    return mend


def whole_line(finding: Finding, root: Path, match: re.Match[str]) -> None:
    on_line(finding, root, lambda line: match[1])


def without_line(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    lines = path.read_text("utf-8").split("\n")
    del lines[finding.line - 1]
    path.write_text("\n".join(lines), "utf-8")


def without_value(finding: Finding, root: Path, match: re.Match[str]) -> None:
    on_line(finding, root, lambda line: line.replace(finding.value, "", 1))


def restored(finding: Finding, root: Path, match: re.Match[str]) -> None:
    """Take the file, or the line, from the repository."""
    old = FIXTURE / finding.path if (FIXTURE / finding.path).exists() else ROOT / finding.path
    path = root / finding.path
    if "这一行" in match[0]:
        lines = old.read_text("utf-8").split("\n") if old.exists() and "lock/cards" in finding.path else []
        kept = next((line for line in lines if line.split(" ")[0] == finding.value.split(" ")[0]), "")
        on_line(finding, root, lambda line: kept)
        path.write_text(path.read_text("utf-8").rstrip("\n") + "\n", "utf-8")
        return
    if path.is_dir():
        shutil.rmtree(path)
    shutil.copytree(old, path) if old.is_dir() else shutil.copy(old, path)


def removed(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def fixed(finding: Finding, root: Path, match: re.Match[str]) -> None:
    list(fix(root))


def redirected(finding: Finding, root: Path, match: re.Match[str]) -> None:
    with (root / "docs/_data/redirects.yml").open("a", encoding="utf-8") as file:
        file.write("\n" + match[1].replace("并入的那一页/", "causes/credit/") + "\n")


def encoded(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    data = path.read_bytes()
    path.write_text(data.decode("utf-16" if data[:2] == b"\xff\xfe" else "gbk"), "utf-8")


def aligned(finding: Finding, root: Path, match: re.Match[str]) -> None:
    """Put an item below the dash of the one before."""
    before = (root / finding.path).read_text("utf-8").split("\n")[finding.line - 2]
    on_line(finding, root, lambda line: " " * before.index("-") + line.strip())


def merged(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join(x for x in lines if not re.match("<{7}|={7}$|>{7}", x)), "utf-8")


def moved(finding: Finding, root: Path, match: re.Match[str]) -> None:
    target = root / match[1] / Path(finding.path).name
    shutil.move(root / finding.path, target)


def joined(finding: Finding, root: Path, match: re.Match[str]) -> None:
    """Put a line behind the one before."""
    path = root / finding.path
    lines = path.read_text("utf-8").split("\n")
    lines[finding.line - 2 : finding.line] = ["".join(lines[finding.line - 2 : finding.line])]
    path.write_text("\n".join(lines), "utf-8")


def renamed(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    path.rename(path.with_name(match[1]))


def written(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    path.write_text(path.read_text("utf-8") + f"\n{match[1]}\n\n{TEXT}\n", "utf-8")


def without_page(finding: Finding, root: Path, match: re.Match[str]) -> None:
    """Delete from the dashes above, to the end or to the next ones."""
    path = root / finding.path
    lines = path.read_text("utf-8").split("\n")
    start = max(number for number, line in enumerate(lines[: finding.line]) if line == "---")
    end = lines.index("---", start + 1) + 1 if match[1] != "末尾" else len(lines)
    kept = "\n".join(lines[:start]).rstrip(), "\n".join(lines[end:]).strip()
    path.write_text("\n\n".join(kept).strip() + "\n", "utf-8")


def after_head(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{match[1]}\n", 1), "utf-8")


def unfolded(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    text = re.sub(r": >-\n((?:  .*\n)+)", lambda m: f": {''.join(m[1].split())}\n", path.read_text("utf-8"))
    path.write_text(text, "utf-8")


def without_before(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    text = path.read_text("utf-8")
    path.write_text(text[text.index("---\n") :], "utf-8")


def first_head(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    text = path.read_text("utf-8")
    path.write_text("---\n" + ("" if "---\n" in text else "title: 关于\n---\n") + text.lstrip("\n"), "utf-8")


def blank_line(finding: Finding, root: Path, match: re.Match[str]) -> None:
    on_line(finding, root, lambda line: "\n" + line)


def quoted(finding: Finding, root: Path, match: re.Match[str]) -> None:
    on_line(finding, root, lambda line: re.sub(r"^([\w-]+): +(.*)$", r'\1: "\2"', line))


def changed(change: Callable[[str, Finding, re.Match[str]], str]) -> Mend:
    return lambda finding, root, match: on_line(finding, root, lambda line: change(line, finding, match))


def navigated(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("\nnav:", f"\nnav:\n{match[1]}", 1), "utf-8")


def straightened(finding: Finding, root: Path, match: re.Match[str]) -> None:
    """Write an underlined heading with hashes."""
    path = root / finding.path
    lines = path.read_text("utf-8").split("\n")
    lines[finding.line - 1 : finding.line + 1] = [match[1]]
    path.write_text("\n".join(lines), "utf-8")


def halved(line: str, finding: Finding, match: re.Match[str]) -> str:
    return re.sub("】【|\\] \\[", "][", line.replace("【收", "[收")).replace("】", "]")


def unlike(line: str, finding: Finding, match: re.Match[str]) -> str:
    return line.replace("{id: ok", "{id: fail").replace("label: 能付", "label: 不成")


def without_foreign(line: str, finding: Finding, match: re.Match[str]) -> str:
    return re.sub(re.escape(finding.value), "", line, flags=re.IGNORECASE)


def half_spaced(line: str, finding: Finding, match: re.Match[str]) -> str:
    return ("  " if "balance" in line else "") + line.strip("\u3000")


def numbered(line: str, finding: Finding, match: re.Match[str]) -> str:
    return re.sub(r"(一、|（1）)|② ?", lambda mark: "1. " if mark[1] else "2. ", line)


def appended(text: str) -> Mend:
    return lambda finding, root, match: on_line(finding, root, lambda line: line + text)


def renamed_back(finding: Finding, root: Path, match: re.Match[str]) -> None:
    on_line(finding, root, lambda line: line.replace(finding.value, match[1], 1))


def listed(finding: Finding, root: Path, match: re.Match[str]) -> None:
    """Add what the text cites to the list in the head."""
    path = root / finding.path
    path.write_text(path.read_text("utf-8").replace("sources: [", f"sources: [{finding.value}, "), "utf-8")


def closed_head(finding: Finding, root: Path, match: re.Match[str]) -> None:
    path = root / finding.path
    lines = path.read_text("utf-8").split("\n")
    last = max(n for n, line in enumerate(lines[1:], 1) if re.match(r"(?:[a-z_]+:|  )", line))
    path.write_text("\n".join([*lines[: last + 1], "---", *lines[last + 1 :]]), "utf-8")


def in_file(finding: Finding, root: Path, old: str, new: str) -> None:
    path = root / finding.path
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def without_comment(finding: Finding, root: Path, match: re.Match[str]) -> None:
    text = (root / finding.path).read_text("utf-8")
    in_file(finding, root, text[text.index("<!--") : text.index("-->") + 3], "")


def page_written(finding: Finding, root: Path, match: re.Match[str]) -> None:
    *file, template, key = match.groups()
    sections = "".join(f"\n## 节 {{#{a}}}\n\n{TEXT}\n" for a in ("start", "known", "unknown")) if file else ""
    path = root / (file[0] if file else finding.path)
    path.write_text(f"---\ntitle: 一页\n{template}\n{key}\n---\n{sections}", "utf-8")


REMEDIES: list[tuple[str, Mend]] = [
    (r"^整个删掉；要举例", changed(without_foreign)),
    (r"^从方括号到行尾", changed(lambda line, f, m: re.sub(r"(\[.*)$", r'"\1"', line))),
    (r"是不是想写 “(.+?)”？", to(r"\1")),
    (r"cli\.py fix", fixed),
    (r"^在这一行下面加一行 (\|.*)$", changed(lambda line, f, m: f"{line}\n{m[1]}")),
    (r"^在短横后面补一个 \{$", changed(lambda line, f, m: line.replace("- ", "- {", 1))),
    (r"^以“- ”开头，和上一项对齐$", changed(lambda line, f, m: f"- {line.lstrip('-')}")),
    (r"^删掉这一行开头的记号", without_value),
    (r"^补上另一半 `", without_value),
    (r"^只留一个$", changed(lambda line, f, m: line.replace(",,", ","))),
    (r"^改成半角逗号", changed(lambda line, f, m: re.sub("[，、]", ", ", line))),
    (r"^和上一项的短横对齐", aligned),
    (r"^补上另一半 \*\*", without_value),
    (r"^删掉它：各手册一样", without_line),
    (r"redirects.yml 加一行“(.+)”", redirected),
    (r"nav 下面加一行“(.+)”", navigated),
    (r"^删掉它$|^没有用就删掉它|^删掉它，或改掉名字|^只能放文字|^这种文件只能放在|^换一个名字", removed),
    (r"^写到 \d+ 个字以上，说清收银员", to("请顾客刷新付款码，再扫一次。")),
    (r"发布时是 \S+，改回 (\S+)$", to(r"\1")),
    (r"^改回 (\S+)，或把", renamed_back),
    (r"从版本库里恢复(?:它|这一行)", restored),
    (r"移到 (docs/[\w/]+/)", moved),
    (r"另存为 UTF-8", encoded),
    (r"^两边的改动留一边", merged),
    (r"^换成真的文件", removed),
    (r"^加上一节“(.+)”", written),
    (r"^在卡片头加一行 (.+)$", after_head),
    (r"^写成“(#.+?)”，删掉下一行", straightened),
    (r"^写成“(#.+?)”", whole_line),
    (r"^写成“(.+)”", to(r"\1")),
    (r"^标题写成“(.+)”", to(r"\1")),
    (r"^统一写成“(.+?)”", to(r"\1")),
    (r"^写成 (topic: \S+)", whole_line),
    (r"^写成 (codes: \[\]|---)", whole_line),
    (r"^写成 (\.\./\S+\.md)$", to(r"\1")),
    (r"^写成 (\S+)；(?:确实不同|真的变了)", to(r"\1")),
    (r"^只留一处，删掉另一处|已经有了，只留一处|删掉(?: light )?这一行$|^删掉它：标题", without_line),
    (r"或删掉这一项|删掉这条跳转", without_line),
    (r"^在它前面空一行|^在表头前面空一行", blank_line),
    (r"^写在一行里", unfolded),
    (r"^写成 (ask/index\.html)$", to(r"\1")),
    (r"^删掉 --- 前面的几行", without_before),
    (r"从它上面的 --- 一直删到(末尾|下一个 ---)", without_page),
    (r"^第一行写三个半角短横", first_head),
    (r"^在最后一个键的下一行写 ---", closed_head),
    (r"^逗号改成全角的", changed(lambda line, f, m: line.replace(f", {f.value}", f"，{f.value}"))),
    (r"用双引号包起来", quoted),
    (r"^值用英文引号：(.+)$", to(r"\1")),
    (r"^改成半角的引号", changed(lambda line, f, m: re.sub("[“”]", '"', line))),
    (r"括号和 \^ 都用半角$", changed(lambda line, f, m: normalize("NFKC", line))),
    (r"^写成 \[\^出处的编号\]，或删掉它", to("[^channels]")),
    (r"^写成 1\. 2\. 3\.", changed(numbered)),
    (r"^成对写成（ ）", changed(lambda line, f, m: re.sub(r"\(([^()]*)\)", r"（\1）", line))),
    (r"^删掉空格：\[文字\]\(路径\)", changed(lambda line, f, m: re.sub(r"\] +\((\w+)\)", r"][\1]", line))),
    (r"^和上下的键对齐$", changed(lambda line, f, m: f"  {line.strip()}")),
    (r"^删掉多的空格，和上下的键对齐", changed(lambda line, f, m: line[1:])),
    (r"^删掉空格，各行连成一句", changed(lambda line, f, m: line.replace(" ", ""))),
    (r"^把注释整段删掉", without_comment),
    (r"^在这一行的末尾补一个半角的", appended('"')),
    (r"^末尾的 (.) 是全角的，改成半角的 (.)$", changed(lambda line, f, m: line.rstrip(m[1]) + m[2])),
    (r"^补上另一半 .，或删掉这一半", changed(lambda line, f, m: re.sub("[“”]", "", line))),
    (r"^只留下文字：(.+)", to(r"\1")),
    (r"^写成 ；，前后不空格$", changed(lambda line, f, m: re.sub(" ?; ?", "；", line))),
    (r"^写成 \[文字\](\[\w+\])$", lambda f, r, m: on_line(f, r, lambda x: x.replace(f"({f.value})", m[1]))),
    (r"^改名为(?:卡片的编号：| )(\S+)$", renamed),
    (r"^接到上一行末尾", joined),
    (r"^链接到卡片，就删掉前面的感叹号", changed(lambda line, f, m: line.replace("![", "["))),
    (r"^在冒号后面写上内容，可选：([^、]+)", changed(lambda line, f, m: f"{line} {m[1]}")),
    (r"^在冒号后面写上内容$", changed(lambda line, f, m: f"{line} 您用余额付，可以吗？")),
    (r"方括号成对", appended("]")),
    (r"^改成半角冒号", changed(lambda line, f, m: line.replace("：", ": ", 1))),
    (r"^在短横后面空一格$", changed(lambda line, f, m: line.replace("-", "- ", 1))),
    (r"^在冒号后面空一格", changed(lambda line, f, m: line.replace(":", ": ", 1))),
    (r"^缩进请用空格", changed(lambda line, f, m: line.replace("\t", "  "))),
    (r"^删掉这一行开头的空格", changed(lambda line, f, m: line.strip())),
    (r"^换成普通的半角空格", changed(half_spaced)),
    (r"在 # 前面加一个反斜杠", changed(lambda line, f, m: "\\" + line)),
    (r"^在代码后面另起一行写 (.+)$", changed(lambda line, f, m: f"{line}\n码\n{m[1]}")),
    (r"^可选：([^、]+)", to(r"\1")),
    (r"^加到卡片头的 sources 里", listed),
    (r"或从 sources 删掉", changed(lambda line, f, m: line.replace(f", {f.value}", ""))),
    (r"，或从清单删掉", without_line),
    (r"^删掉其中一个 after", changed(lambda line, f, m: "after: []")),
    (r"只写 3 到 12 个数字", to("95188")),
    (r"^日期要写成|没有这一天", to("2026-11-22")),
    (r"^写核实那一天", to("2026-11-22")),
    (r"整行删掉$|^整行删掉；可用的键", without_line),
    (r"^删掉它；只有小节标题后面", without_value),
    (r"，例如 (\d{4}-\d\d-\d\d)$", to(r"\1")),
    (r"，例如 ok、fail$", to("ok")),
    (r"^应是一个大写字母加两位以上数字，如 (C20)", to(r"\1")),
    (r"^写成 \[甲, 乙\]", changed(lambda line, f, m: line.replace(f.value, f"[{f.value}]"))),
    (r"^降为 (\w+)", to(r"\1")),
    (r"^改成现有的文件", to("index.md")),
    (r"^改成现有的编号", to("R17")),
    (r"^链接到站里的页面|^写从这个文件出发的路径", to("index.md")),
    (r"或从 cards 里删掉 (\w+)", lambda f, r, m: in_file(f, r, f"cards: [{m[1]}]", "cards: []")),
    (r"^从 cards 里删掉它", lambda f, r, m: in_file(f, r, f"cards: [{f.value}]", "cards: []")),
    (r"或从这里删掉它", without_value),
    (r"^加上 (\S+)，卡片头写 title、(template: \S+) 和 (topic: \S+)", page_written),
    (r"^加上这个文件，卡片头写 title、(template: \S+) 和 (kind: \S+)", page_written),
    (r"^写到 \d+ 个字以上", changed(lambda line, f, m: f"{line}\n\n{TEXT}")),
    (r"^方括号里写一句", changed(lambda line, f, m: line.replace("![]", "![图上是一张单子]"))),
    (r"^用半角方括号", changed(halved)),
    (r"^删掉它[；，]|；联系方式不能写$", changed(without_foreign)),
    (r"^写站里的网址，像 (causes/old-name/)", to(r"\1")),
    (r"^写站里的网址，像 causes/new-name/", to("causes/credit/")),
    (r"^改掉其中一个", changed(unlike)),
    (r"^第一句就说明，例如“(.+?)”", changed(lambda line, f, m: f"{line}\n\n{m[1]}")),
    (r"^每一项以“- ”开头", changed(lambda line, f, m: "- 信用卡")),
    (r"^每行一个“- 词”", changed(lambda line, f, m: "- 词")),
    (r"^一行一句，至少", changed(lambda line, f, m: f"还有一种问法\n{line}")),
    (r"^写一张原因卡的编号", to("C20")),
    (r"^在这一节链接一条", changed(lambda line, f, m: f"{line}\n\n先[请他们查][R17]。")),
    (r"，或整句删掉", without_value),
    (r"^下一级的条目前面空四格", changed(lambda line, f, m: f"    {line.strip()}")),
]  # fmt: skip
"""What a remedy says → what a machine does of it; the first that fits is followed."""

BY_HAND = {case["name"] for case in CASES if case.get("by_hand")}


def follow(root: Path) -> list[Finding]:
    """Follow the first remedy, look again, and so on. Return what is left when none can be followed."""
    for _ in range(MOST_ROUNDS):
        findings = check(root)[1]
        for finding in findings:
            fitting = ((re.search(words, finding.remedy), mend) for words, mend in REMEDIES)
            match, mend = next((pair for pair in fitting if pair[0]), (None, None))
            if match and mend:
                mend(finding, root, match)
                break
        else:
            return findings
    return check(root)[1]


@pytest.mark.parametrize(
    "case", [c for c in CASES if not c.get("good") and not c.get("by_hand")], ids=lambda case: case["name"]
)
def test_following_the_remedy_mends_it(case: dict, small_site: Path) -> None:
    break_it(case, small_site)
    assert follow(small_site) == []


def test_most_remedies_can_be_followed_by_a_machine() -> None:
    faults = [case for case in CASES if not case.get("good")]
    assert len(BY_HAND) < len(faults) / 3
