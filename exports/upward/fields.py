"""What a column of a superior's form may be: the fields of the ledger, and how headings are told to mean them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from db.script import fold
from exports.workbook.columns import COLUMNS

LONGEST_HEADING = 24


@dataclass(frozen=True, slots=True)
class Field:
    """A field; ``fills`` ones are written into the form, by the others its rows are known."""

    key: str
    title: str
    fills: bool


_KNOWN_BY = ("sequence", "code", "section", "text")
_FILLED = (
    *("measure", "lead", "others", "leader", "person", "contact", "deadline"),
    *("percent", "task_state", "progress", "problem", "next_step", "note", "target"),
)
_TITLES = {column.key: column.title for column in COLUMNS}
FIELDS = {key: Field(key, _TITLES[key], key in _FILLED) for key in (*_KNOWN_BY, *_FILLED)}
_EXACT = {
    fold(name).lower(): column.key
    for column in reversed(COLUMNS)
    if column.key in FIELDS
    for name in (*column.synonyms, column.title)
}
# Where no whole heading is known: the words that carry the meaning, the most telling first.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("", re.compile(r"分值|扣分|评分|得分|投资|资金|启动|开始时间|电话|县市区名称|填报单位|填报人|填报时间")),
    ("code", re.compile(r"编号|编码|代码")),
    ("sequence", re.compile(r"^(?:序号?|项次|no\.?)$")),
    ("deadline", re.compile(r"时限|期限|截止|完成时间|时间节点|完成日期")),
    ("problem", re.compile(r"问题|困难|未完成原因")),
    ("next_step", re.compile(r"下一?步|打算|解决|整改(?:措施|方案)|计划安排")),
    ("task_state", re.compile(r"状态|是否(?:办结|完成|销号)")),
    ("percent", re.compile(r"%|百分|完成率|完成比例|^(?:完成)?进度(?:\(|$)")),
    ("progress", re.compile(r"进展|进度|情况|动态|成效|落实")),
    ("lead", re.compile(r"牵头|主办|责任主体|主要责任")),
    ("others", re.compile(r"(?:责任|配合|协同|参与|协办|实施)\S{0,4}(?:单位|部门|科室)")),
    ("leader", re.compile(r"领导")),
    ("person", re.compile(r"责任人|负责人|经办")),
    ("contact", re.compile(r"联系人|联络")),
    ("measure", re.compile(r"举措|措施|做法")),
    ("note", re.compile(r"备注|说明")),
    ("section", re.compile(r"类别|分类|一级|领域|板块|专项")),
    ("text", re.compile(r"任务|要点|事项|内容|指标|要求|项目|工作")),
    ("target", re.compile(r"目标")),
)


def field_of(title: str) -> str:
    """Return the field that a heading means, empty where it says nothing known."""
    folded = fold(title).lower().strip("*:：")
    if not folded or len(folded) > LONGEST_HEADING:
        return ""
    exact = _EXACT.get(folded) or _EXACT.get(re.sub(r"\([^()]*\)$", "", folded))
    return exact or next((key for key, words in _WORDS if words.search(folded)), "")


def propose(titles: Sequence[str]) -> dict[int, str]:
    """Return the field of each column from its title, by place from 0; a field is given to one column only.

    Of two columns that both look like the task the first is its section; 責任單位 without a lead column is the
    unit in charge.
    """
    given: dict[int, str] = {}
    texts = [place for place, title in enumerate(titles) if field_of(title) == "text"]
    for place, title in enumerate(titles):
        key = field_of(title)
        if key == "text" and len(texts) > 1 and place == texts[0]:
            key = "section"
        if key and key not in given.values():
            given[place] = key
    if "lead" not in given.values():
        given = {place: "lead" if key == "others" else key for place, key in given.items()}
    return given
