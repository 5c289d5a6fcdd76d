"""Raw values to the schema, and the schema's complaints to findings an editor understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kb.content.findings import Finding, near
from kb.content.kinds import ALL
from kb.content.schema import WANTED
from kb.content.strict_yaml import HAN, Marks, Path, Value

M = TypeVar("M", bound=BaseModel)

RULE = "schema"

EMPTIED = "没有写内容"
BROKEN_OFF = "前面的半角逗号把这句话断开了", "逗号改成全角的“，”，或把整句用双引号包起来"
GLUED = re.compile(r"([a-z_]+):(.+)")
"""A key and its value, which are one key without the space between them."""
NO_SLUG = "只能用小写字母、数字和短横"

PROBLEMS: dict[str, tuple[str, str]] = {
    "missing": ("缺少这个键", "请补上，照同类的写"),
    "string_type": ("这里要写一句话或一个词", "不要写成列表或多行"),
    "string_too_short": ("不能是空的", "请写上内容"),
    "string_too_long": ("太长了", "最多 {max_length} 个字，请删短"),
    "tuple_type": ("这里要写成列表", "写成 [甲, 乙]，或每行一个“- 甲”"),
    "too_short": ("写得太少", "至少要 {min_length} 个；这个键可以不写的，就整行删掉"),
    "too_long": ("写得太多", "最多 {max_length} 个"),
    "dict_type": ("这里要写成“键: 值”", "照样例改写"),
    "model_type": ("这里要写成“键: 值”", "照样例改写"),
    "int_parsing": ("要写成整数", "例如 2024"),
    "bool_parsing": ("要写成 true 或 false", "照样例改写"),
    "greater_than_equal": ("数太小", "不能小于 {ge}"),
    "less_than_equal": ("数太大", "不能大于 {le}"),
}
"""Pydantic error type → problem and remedy; ``{…}`` is filled from the error's context."""

SHAPES = {
    r"^[0-9]{3,12}$": "只写 3 到 12 个数字，不要空格和短横",
    r"^[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._-]+)*$": "写完整的域名，小写，像 example.cn，可以带路径，没有 https://",
    r"^https?://[^\s<>\"']+$": "写完整的网址，以 https:// 开头；没有就不写 url",
    r"^[0-9a-f]{64}$": "写这个文件的 SHA-256：64 个小写的十六进制数字",
    r"^[a-z0-9/-]+\.html$": "写 overrides/ 下面的模板，例如 listing.html",
    r"^[^\r\n]+$": "只写一行",
}
"""Pattern of the schema → what is wanted."""


def validate(model: type[M], value: Value, marks: Marks, file: str) -> M | list[Finding]:
    """Return the typed form of ``value``, or every fault in it."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        return list(_findings(error, model, value, marks, file))


def _findings(
    error: ValidationError, model: type[BaseModel], value: Value, marks: Marks, file: str
) -> Iterator[Finding]:
    faults: dict[Path, ErrorDetails] = {}
    for fault in error.errors(include_url=False):
        path = _yaml_path(fault["loc"], value, fault["type"] in ("missing", "extra_forbidden"))
        if path not in faults or fault["type"] in ("too_short", "too_long"):
            faults[path] = fault  # a union complains once for each of its members
    extra = [
        GLUED.sub(r"\1", str(path[-1]))
        for path, fault in faults.items()
        if fault["type"] == "extra_forbidden"
    ]
    missing: dict[Path, list[str]] = {}
    for path, fault in faults.items():
        if fault["type"] == "missing" and path and not near(str(path[-1]), extra):
            missing.setdefault(path[:-1], []).append(str(path[-1]))
    for parent, keys in missing.items():
        problem, remedy = PROBLEMS["missing"]
        yield Finding(file, *marks.find(parent), RULE, "、".join(keys), problem, remedy)
    for path, fault in faults.items():
        if fault["type"] == "missing" and path:
            continue  # named above, or there and misspelt
        if any(other[: len(path)] == path and other != path for other in faults):
            continue  # a list is "too short" only because an entry of it is wrong
        shown = (
            str(path[-1]) if fault["type"] in ("missing", "extra_forbidden") and path else _shown(value, path)
        )
        if fault.get("input") in ("", None) and path and fault["type"] not in ("missing", "extra_forbidden"):
            shown, (problem, remedy) = str(path[-1]), _emptied(fault, model, path)
        else:
            problem, remedy = _words(fault, model, path, value)
        if fault["type"] == "extra_forbidden" and fault["input"] in ("", None) and HAN.search(shown):
            problem, remedy = BROKEN_OFF
        if glued := GLUED.fullmatch(str(path[-1])) if path else None:
            shown, problem, remedy = glued[0], "冒号后面没有空格", f"写成“{glued[1]}: {glued[2]}”"
        yield Finding(file, *marks.find(path), RULE, shown, problem, remedy)


def _yaml_path(loc: tuple[str | int, ...], value: Value, keep_last: bool) -> Path:
    """Return the part of ``loc`` that walks through ``value``: unions add names of their own."""
    path: list[str | int] = []
    current: Any = value
    for index, step in enumerate(loc):
        if isinstance(current, dict) and step in current:
            current = current[step]
        elif isinstance(current, list) and isinstance(step, int) and step < len(current):
            current = current[step]
        elif not (keep_last and index == len(loc) - 1):
            continue
        path.append(step)
    return tuple(path)


def _shown(value: Value, path: Path) -> str:
    for step in path:
        value = value[step]  # type: ignore[index]
    return value if isinstance(value, str) else str(path[-1]) if path else "---"


def _emptied(fault: ErrorDetails, model: type[BaseModel], path: Path) -> tuple[str, str]:
    """Return what to do about a key without a value: what may stand there, or that the line may go."""
    if fault["type"] == "literal_error":
        return EMPTIED, f"可选：{'、'.join(_expected(fault))}"
    field = model.model_fields.get(str(path[-1])) if len(path) == 1 else None
    free = field is not None and not field.is_required() and path[-1] not in WANTED
    return EMPTIED, "在冒号后面写上内容，或整行删掉" if free else "在冒号后面写上内容"


def _expected(fault: ErrorDetails) -> list[str]:
    words: str = fault.get("ctx", {})["expected"]
    return words.replace("'", "").replace(" or ", ", ").split(", ")


def _words(fault: ErrorDetails, model: type[BaseModel], path: Path, value: Value) -> tuple[str, str]:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        there = value if isinstance(value, dict) else {}
        known = [key for key in model.model_fields if key not in there] if len(path) == 1 else []
        hint = near(str(path[-1]), known) or (f"是不是想写 “{known[0]}”？" if len(known) == 1 else "")
        return "没有这个键", hint or (f"整行删掉；可用的键：{'、'.join(known)}" if known else "请删掉")
    if kind == "literal_error":
        expected = _expected(fault)
        hint = near(str(fault["input"]), expected)
        return "不在可选的值里", hint or f"可选：{'、'.join(expected)}"
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        if pattern.startswith("^[a-z0-9]"):
            return NO_SLUG, "例如 credit-disabled"
        if pattern in SHAPES:
            return "写法不对", SHAPES[pattern]
        if pattern.startswith("^[A-Z]["):
            return "编号写法不对", f"应是一个大写字母加两位以上数字，如 {ALL[0].letter}20"
        return "写法不对", "只写一行，照样例改写"
    if kind == "value_error":
        return "写法不对", str(context["error"])
    problem, remedy = PROBLEMS.get(kind, ("写法不对", "照样例改写"))
    return problem, remedy.format(**context)
