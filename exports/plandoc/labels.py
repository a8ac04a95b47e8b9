"""Labels (牽頭單位：… 配合單位：… 完成時限：…) in brackets, on lines of their own or inside a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a label's or a column's value is."""

    LEAD = "lead"
    CO = "co"
    DEADLINE = "deadline"
    OTHER = "other"


_WORDS: dict[Role, tuple[str, ...]] = {
    Role.LEAD: (
        "牵头责任单位", "牵头单位", "牵头部门", "牵头处室", "牵头科室", "牵头股室", "主要责任单位", "第一责任单位",
        "主责单位", "主责部门", "主办单位", "主办部门", "主办科室", "主办", "总牵头", "牵头",
    ),
    Role.CO: (
        "配合/责任单位", "责任/配合单位", "配合责任单位", "协同责任单位", "协同配合单位", "协同单位", "协办单位",
        "协办部门", "协办科室", "协办", "责任单位", "责任部门", "责任科室", "责任处室", "责任股室", "责任主体",
        "配合单位", "配合部门", "配合科室", "配合处室", "参与单位", "参加单位", "参加部门", "参与部门", "实施单位",
        "实施主体", "落实单位", "承办单位", "承办部门", "办理部门", "办理单位", "协助单位", "支持单位", "完成单位",
        "执行单位", "整改单位", "推进单位", "协作单位", "责任机构", "配合",
    ),
    Role.DEADLINE: (
        "完成时限要求", "完成时限", "完成时间", "完成期限", "完成日期", "时限要求", "时间要求", "时间节点",
        "时间安排", "时间进度", "整改时限", "整改期限", "办理时限", "办结时限", "截止日期", "截止时间", "工作时限",
        "落实时限", "推进时限", "实施时限", "任务时限", "时限",
    ),
    Role.OTHER: (
        "牵头领导", "责任领导", "分管县领导", "分管市领导", "分管区领导", "分管领导", "包联领导", "联系领导",
        "挂点领导", "主管领导", "督办领导", "协管领导", "责任人员", "责任人", "牵头人", "负责人", "联系人", "联络员",
        "联系电话", "联系方式", "启动时间", "开始时间", "备注", "工作目标", "目标任务", "工作措施", "具体措施",
        "主要措施", "整改措施", "整改目标", "工作要求", "工作内容", "预期效果", "预期目标", "成果形式", "验收标准",
        "评价标准", "督办单位", "监督单位", "督导单位", "考核单位",
    ),
}  # fmt: skip
_ROLE_OF = {word: role for role, words in _WORDS.items() for word in words}
_PERSON_OR_START = frozenset(
    word for word in _WORDS[Role.OTHER] if re.search("领导|人|电话|方式|联络员|督办|监督|督导|考核|启动|开始", word)
)
_ANY = "|".join(r"[ ]{0,2}".join(map(re.escape, word)) for word in sorted(_ROLE_OF, key=len, reverse=True))
_LABEL = re.compile(rf"(?P<open>[\[【〔]?)(?P<word>{_ANY})(?P<close>[\]】〕]?)[ ]{{0,2}}(?P<colon>:)?")


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its value; ``start`` is where the label begins."""

    role: Role
    word: str
    start: int
    value_start: int
    value_end: int

    @property
    def about_people(self) -> bool:
        """Tell whether the value is a person, a supervisor or a start: nothing of the unit clause."""
        return self.word in _PERSON_OR_START


def role_of(word: str) -> Role | None:
    """Return the role of a label or heading that says exactly this (folded, without spaces)."""
    return _ROLE_OF.get(word)


def heading_words() -> frozenset[str]:
    """Return all labels, which serve as headings of columns too."""
    return frozenset(_ROLE_OF)


def find_labels(folded: str, start: int, end: int) -> list[Label]:
    """Return the labels in a span, each with its value up to the next label or the end of its line."""
    heads: list[tuple[Role, str, int, int]] = []
    for match in _LABEL.finditer(folded, start, end):
        word = match["word"].replace(" ", "")
        marked = bool(match["open"] and match["close"])
        if not (match["colon"] or marked):
            continue
        if _ROLE_OF[word] is Role.OTHER and not _at_a_beginning(folded, match.start(), start):
            continue
        heads.append((_ROLE_OF[word], word, match.start(), match.end()))
    found = []
    for place, (role, word, at, value_at) in enumerate(heads):
        limit = heads[place + 1][2] if place + 1 < len(heads) else end
        found.append(Label(role, word, at, value_at, _value_end(folded, value_at, limit, role)))
    return found


def _at_a_beginning(folded: str, at: int, start: int) -> bool:
    before = folded[max(start, at - 20) : at].rstrip(" \t")
    return not before or before[-1] in "\n。;;,(:"


def _value_end(folded: str, at: int, limit: int, role: Role) -> int:
    """A value ends with its line; a line that is empty or breaks off behind 、 goes on in the next."""
    stop = folded.find("\n", at, limit)
    while stop != -1 and (
        not folded[at:stop].strip() or (role is not Role.DEADLINE and folded[at:stop].rstrip()[-1] in "、,")
    ):
        stop = folded.find("\n", stop + 1, limit)
    stop = limit if stop == -1 else stop
    if role in (Role.LEAD, Role.CO):
        full = folded.find("。", at, stop)
        stop = full if full != -1 and full > at else stop
    while stop > at and folded[stop - 1] in " \t\n;,":
        stop -= 1
    return stop
