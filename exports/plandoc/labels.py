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


_OTHER = (
    "牵头领导", "牵头县领导", "牵头市领导", "牵头区领导", "责任县领导", "责任市领导", "责任区领导", "包保领导",
    "领办领导", "包抓领导", "责任领导", "分管省领导", "分管市领导", "分管州领导", "分管县领导", "分管区领导",
    "分管领导", "包联领导", "联系领导", "挂点领导", "主管领导", "督办领导", "协管领导", "市级领导", "县级领导",
    "区级领导", "责任人员", "责任人", "牵头人", "负责人", "联系人", "联络员", "联系电话", "联系方式", "启动时间",
    "开始时间", "备注", "进度安排", "主要内容", "建设内容", "实施内容", "项目内容", "年度目标", "年度任务",
    "工作进度", "推进计划", "建设规模", "资金来源", "完成标准", "考核标准", "进展情况", "存在问题", "工作目标",
    "目标任务", "工作措施", "具体措施", "主要措施", "整改措施", "整改目标", "工作要求", "工作内容", "预期效果",
    "预期目标", "成果形式", "验收标准", "评价标准", "督办单位", "监督单位", "督导单位", "考核单位", "验收单位",
    "督办部门", "监督部门", "督导部门", "考核部门", "验收部门",
)  # fmt: skip
_PERSON_OR_START = frozenset(
    word for word in _OTHER if re.search("领导|人|电话|方式|联络员|督办|监督|督导|考核|验收|启动|开始", word)
)


_GAP = "[ ]{0,2}"


def _any(words: str) -> str:
    """Return a pattern for one of several words; a heading set wide has spaces between its characters."""
    return "(?:" + "|".join(_GAP.join(word) for word in words.split()) + ")"


_BODY = _any("单位 部门 科室 处室 股室 机构 主体")
_OF_WHAT = _any("省级 市级 县级 区级 州级 整改 任务 工作 目标 项目 具体")
_ROLES = _any(
    "责任 配合 协同 协办 参与 参加 实施 落实 承办 办理 协助 支持 完成 执行 整改 推进 协作 承担 会办 联合 共同"
)
_LEADING = (
    rf"{_any('总牵头 牵头')}{_GAP}{_any('负责 责任 实施 落实')}?{_GAP}{_BODY}"
    rf"|{_any('责任牵头 主办 主责')}{_GAP}{_BODY}"
    rf"|{_any('主要责任 第一责任 首要责任')}{_GAP}{_BODY}|{_any('总牵头 牵头 主办')}"
)
_OTHERS = (
    rf"{_ROLES}(?:[/和及、与]?{_GAP}{_ROLES}){{0,2}}{_GAP}{_BODY}"
    rf"|{_any('部门分工 责任分工 任务分工 工作分工 职责分工 相关单位 相关部门 配合 协办 责任')}"
)
_WHEN = (
    rf"{_any('计划完成 拟完成 预计完成 完成 整改 办理 办结 工作 落实 推进 实施 任务 目标 销号')}{_GAP}"
    rf"{_any('时限 期限 时间 日期')}{_GAP}{_any('要求 节点')}?"
    rf"|{_any('时间')}{_GAP}{_any('要求 节点 安排 进度')}|{_any('截止')}{_GAP}{_any('日期 时间')}"
    rf"|{_any('时限')}{_any('要求')}?"
)
_ASIDE = r"(?:[ ]?\([^()\n]{1,8}\)|及责任人|及负责人|及联系人)?"
_WORD = (
    rf"(?P<other>{_any(' '.join(sorted(_OTHER, key=len, reverse=True)))})"
    rf"|(?P<lead>(?:{_OF_WHAT}{_GAP})?(?:{_LEADING}){_ASIDE})|(?P<deadline>{_WHEN})"
    rf"|(?P<co>(?:{_OF_WHAT}{_GAP})?(?:{_OTHERS}){_ASIDE})"
)
_FIRST = "".join(
    sorted(
        {*"省市县区州整任工目项具总责配协参实落承办支完执推会联共牵主第首部职相计拟预销时截", *(w[0] for w in _OTHER)}
    )
)
_LABEL = re.compile(
    rf"(?P<open>[\[【〔]?)(?=[{_FIRST}])(?P<word>{_WORD})(?P<close>[\]】〕]?)[ ]{{0,2}}"
    r"(?P<colon>:|(?<=[位门])[为是](?=[省市区县州各国乡镇]))?"
)
_WHOLE = re.compile(_WORD)


_ROLE_ORDER = tuple(Role)
MAX_VALUE = 120  # characters between two labels of a run


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
    match = _WHOLE.fullmatch(word)
    return Role(match.lastgroup) if match else None


def heading_pattern() -> str:
    """Return a pattern for all labels, which serve as headings of columns too."""
    return re.sub(r"\?P<\w+>", "?:", _WORD)


def find_labels(folded: str, start: int, end: int) -> list[Label]:
    """Return the labels in a span, each with its value up to the next label or the end of its line."""
    heads: list[tuple[Role, str, int, int]] = []
    for match in _LABEL.finditer(folded, start, end):
        word = match["word"].replace(" ", "")
        marked = bool(match["open"] and match["close"])
        role = next(role for role in _ROLE_ORDER if match[role.value])
        if not (match["colon"] or marked):
            continue
        in_run = bool(heads) and match.start() - heads[-1][3] < MAX_VALUE
        if role is Role.OTHER and not in_run and not _at_a_beginning(folded, match.start(), start):
            continue
        heads.append((role, word, match.start(), match.end()))
    found = []
    for place, (role, word, at, value_at) in enumerate(heads):
        limit = heads[place + 1][2] if place + 1 < len(heads) else end
        found.append(Label(role, word, at, value_at, _value_end(folded, value_at, limit, role)))
    return found


def _at_a_beginning(folded: str, at: int, start: int) -> bool:
    before = folded[max(start, at - 20) : at].rstrip(" \t")
    return not before or before[-1] in "\n。;;,(:"


_OVER = re.compile(
    r"抄送[:机]|附件[ ]?\d{0,2}:|[●■◆▲►◎]"
    r"|(?<=。)[\u4e00-\u9fff]{2,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日[ ]{0,4}(?:印发)?\Z"
)  # what no value goes on into


_NEXT_NUMBER = re.compile(  # of the next point, run into a date in a flat text
    r"(?<=[前底末期日月年进持])(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d))"
)


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
    else:
        number = _NEXT_NUMBER.search(folded, at, stop)
        stop = number.start() if number else stop
    over = _OVER.search(folded, at, stop)
    stop = over.start() if over else stop
    while stop > at and folded[stop - 1] in " \t\n;,":
        stop -= 1
    return stop
