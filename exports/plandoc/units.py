"""Names of units in a clause, label or cell: parted, spelled out where a tail is shared, collectives told apart.

Splitting keeps what belongs together: 文化和旅遊部, 有關部門和單位, 省市場監管局（省知識產權局）,
各市州、縣市區人民政府.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from db.terms import UnitRole
from exports.plandoc.fold import fold_in_place, plain
from exports.plandoc.labels import role_of

MAX_PIECE = 200  # characters between two separators; a longer one is prose
MIN_NAME, MAX_NAME = 2, 40  # characters; a longer piece is a sentence, not a name
_TAIL = re.compile(
    r"(?:[部委办厅局署院会社行室处科股所站队校馆台库关司组团企镇乡村场矿厂盟旗区]|中心|公司|集团|政府|大学|[妇残侨文科]联|工商联|科协|社科联"
    r"|街道|企业|单位|部门|机构|机关|地区|专班|支行|电力|电信|移动|联通|铁塔|烟草|邮政|消防|基地|兵团|党组|党委|军分区|地方|市州|县市|[车工电机]务段|供电段|公路段|(?:产业|科技|工业|示范|物流)园"
    r"|区县|市县|省市)(?:\([^()]{1,40}\))?\*?$"
)
_WHOLE = frozenset({"国务院", "党中央", "中央", "海关总署", "人民银行", "新疆生产建设兵团"})
_GROUP = re.compile(
    r"^(?:各|相关|有关|其他|其它|全体|所有|涉及|\d+个?(?:县|区|市|乡|镇|部门|单位))"
    r"|各(?:级|有关|相关|单位|部门|地|县|市|区|乡|镇|街|科|处|直属|成员|片区|园区|行业|分管|专班|工作组|小组|牵头|责任|配合)"
    r"|(?:有关|相关|相应|成员|直属|主管|责任|涉事|职能|业务)(?:\S{0,6})(?:单位|部门|科室|处室|机构|企业)"
    r"|(?:单位|部门|科室|处室|地区|县区|市州|区县|县市区|市县|企业)$"
    r"|^(?:省级|市级|县级|市县|县乡|地方|乡镇|街道|镇街|村级)?(?:人民政府|政府|乡镇|街道|镇街|街道办事处|村\(社区\)|乡镇\(街道\))(?:\([^()]*\))?$"
)
_BARE = frozenset(
    {
        "单位",
        "部门",
        "机构",
        "企业",
        "个人",
        "地区",
        "地方",
        "街道",
        "政府",
        "机关",
        "科室",
        "处室",
        "会",
        "局",
        "社区",
        "村",
    }
)
_EMPTY = frozenset({"", "无", "-", "--", "---", "/", "\\", "空", "暂无"})
_PLACE_WORD = re.compile(
    r"^(?:自治区|直辖市|计划单列市|设区市|[县市区州乡镇旗盟](?:[县市区州乡镇旗盟、]|\([^()]*\))*|街道|园区|开发区|片区|高新区|新区)"
    r"(?:人民政府|政府|管委会|管理委员会|办事处|纪委监委|纪委|党委|\(街道\)|\([^()]{1,14}\))*$"
)
_SHARED_TAIL = re.compile(
    r"^(?P<place>.{2,8}?)(?P<tail>(?P<kind>[市县区州盟])?(?:人民政府|政府|管委会|管理委员会|党委|市委|县委|区委"
    r"|出入境边防检查总站|边防检查总站|边检总站|边检站|海关|海事局|海警局|邮政管理局|铁路局|银保监局|证监局|分行|支行|街道办事处|片区管理局|片区))$"
)
_JOINT = re.compile(r"以及|会同|和|及|与|暨")
_PERSON = re.compile(r"^[\u4e00-\u9fff]{0,4}?(?:常务)?副?[省市县区州盟旗镇乡]长$|同志$")
_LEADING = re.compile(
    r"^(?:[,、;:。.·\s]|以下(?:任务|事项|各项)?(?:均|都)?(?:需|须|应|由)?(?=[各省市县区])"
    r"|由|会同|以及|请|其中|主要|分别|并)+(?=\S)|^(?:和|及|与)(?=[各省市县区国有相])"
)
_TRAILING = re.compile(r"(?:[,、;:。.\s]|等)+$")
_STRONG_GLUE = re.compile(
    r"(?:局|厅|委员会|办公室|中心|公司|政府|管委会|海关|集团|法院|检察院|部|委|办|处|科)(?:\([^()]{1,20}\))?(?=(省|市|区|县|州|国家|各))"
)
_NOT_A_PREFIX = re.compile(r"区域|市场|区块|县域|市政|市容|区级|市级|县级|省级|区属|市属|州级")
_ROLE_MARK = re.compile(
    r"\((?P<lead>(?:总?牵头|主办|主要负责|负总责)(?:单位|部门|负责)?)\)|\((?P<co>配合|协办|参与|协助|参加)(?:单位|部门)?\)|(?P<star>[*★※▲])"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A unit as written; ``role`` only where a mark at the name itself says so."""

    text: str
    group: bool
    role: UnitRole | None = None


@lru_cache(maxsize=8192)
def is_unit(folded: str) -> bool:
    """Tell whether a folded name can stand alone as a unit or a collective."""
    return (
        MIN_NAME <= len(folded) <= MAX_NAME and folded not in _BARE and (folded in _WHOLE or bool(_TAIL.search(folded)))
    )


@lru_cache(maxsize=8192)
def is_group(folded: str) -> bool:
    """Tell whether a folded name is a collective (省直相關單位, 各地區) and no unit."""
    return bool(_GROUP.search(re.sub(r"\([^()]*\)$", "", folded) or folded))


def split_units(text: str) -> tuple[list[str], list[str]]:
    """Return the units and the collectives of a cell or label typed by hand, as written."""
    names = read_names(text)
    return [name.text for name in names if not name.group], [name.text for name in names if name.group]


def read_names(text: str) -> list[Name]:
    """Return the names of units in a list such as 省政務局、省財政廳等省直相關單位, without repeats."""
    return list(_names_in(text))


@lru_cache(maxsize=4096)
def _names_in(text: str) -> tuple[Name, ...]:
    pieces = _pieces(text)
    pieces = _collectives_joined(pieces)
    pieces = _tails_spelled_out(pieces)
    names: dict[str, Name] = {}
    for piece in pieces:
        name = _named(piece)
        if name is not None:
            names.setdefault(fold_in_place(name.text), name)
    return tuple(names.values())


def _is_label(words: str) -> bool:
    return role_of(words) is not None and not words.startswith("相关")


def _named(piece: str) -> Name | None:
    role = None
    folded = fold_in_place(piece)
    mark = _ROLE_MARK.search(folded)
    if mark:
        role = UnitRole.CO if mark["co"] else UnitRole.LEAD
        piece = (piece[: mark.start()] + piece[mark.end() :]).strip()
    words = plain(piece)
    if (
        _PERSON.search(words)
        or words in _EMPTY
        or words in _BARE
        or _is_label(words)
        or not MIN_NAME <= len(words) <= 2 * MAX_NAME
    ):
        return None
    return Name(piece, is_group(words), role)


def _pieces(text: str) -> list[str]:
    """Split at separators outside brackets, then at 等, 和, 及 and where two names are glued."""
    found: list[str] = []
    for piece in _separated(text):
        if len(piece) > MAX_PIECE:
            continue
        for part in _at_spaces(piece):
            for named in _after_deng(part):
                for side in _at_joints(named):
                    found.extend(_glued(side))
    return [piece for piece in found if piece]


def _separated(text: str) -> list[str]:
    folded = fold_in_place(text)
    pieces, depth, at = [], 0, 0
    for i, char in enumerate(folded):
        if char in "([〔【":
            depth += 1
        elif char in ")]〕】":
            depth = max(0, depth - 1)
        elif char in "、,;/。|\n\t" and depth == 0:
            pieces.append(text[at:i])
            at = i + 1
    pieces.append(text[at:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _at_spaces(piece: str) -> list[str]:
    """Split at spaces where every part stands alone; otherwise the spaces only widen a name."""
    parts = piece.split()
    if len(parts) > 1 and all(is_unit(fold_in_place(part)) for part in parts):
        return parts
    return ["".join(parts) if not piece.isascii() else piece]


def _trimmed(piece: str) -> str:
    folded = fold_in_place(piece)
    left = _LEADING.match(folded)
    piece = piece[left.end() :] if left else piece
    right = _TRAILING.search(fold_in_place(piece))
    return piece[: right.start()] if right else piece


def _after_deng(piece: str) -> list[str]:
    """Split 體育總局等國務院相關部門 at 等 where the left side is a name."""
    piece = _trimmed(piece)
    folded = fold_in_place(piece)
    at = folded.find("等")
    while at > 0:
        if is_unit(folded[:at]):
            return [piece[:at], *_after_deng(piece[at + 1 :])]
        at = folded.find("等", at + 1)
    return [piece] if piece else []


def _at_joints(piece: str) -> list[str]:
    folded = fold_in_place(piece)
    for joint in _JOINT.finditer(folded):
        left, right = folded[: joint.start()], folded[joint.end() :]
        if _inside_brackets(folded, joint.start()):
            continue
        first = _JOINT.split(right)[0]
        if (
            _stands_alone(left)
            and first not in _BARE
            and (_stands_alone(right) or _stands_alone(first) or _is_place(right))
        ):
            return [_trimmed(piece[: joint.start()]), *_at_joints(_trimmed(piece[joint.end() :]))]
    return [piece]


def _stands_alone(folded: str) -> bool:
    return is_unit(folded) or bool(re.match(r"各.+", folded) and is_group(folded))


def _inside_brackets(folded: str, at: int) -> bool:
    return folded.count("(", 0, at) > folded.count(")", 0, at)


def _glued(piece: str) -> list[str]:
    """Split 區經濟發展局區行政審批局: a name ends and one of the same level begins with nothing between."""
    folded = fold_in_place(piece)
    for cut in _STRONG_GLUE.finditer(folded):
        left, right = folded[: cut.end()], folded[cut.end() :]
        same_level = folded.startswith(cut[1]) or cut[1] == "各" or is_group(right)
        if (
            same_level
            and len(left) >= 3  # noqa: PLR2004 - 市委市政府 is one word
            and (is_unit(right) or is_group(right))
            and not _NOT_A_PREFIX.match(right if cut[1] != "各" else "")
            and not _inside_brackets(folded, cut.end())
        ):
            return [piece[: cut.end()], *_glued(piece[cut.end() :])]
    return [piece]


def _collectives_joined(pieces: list[str]) -> list[str]:
    """Put 各市州、縣市區人民政府 together again: the second piece names no place of its own."""
    joined: list[str] = []
    for piece in pieces:
        folded = fold_in_place(piece)
        before = fold_in_place(joined[-1]) if joined else ""
        whole = re.search("政府|委$|局$", before) is not None
        own_place = _PLACE_WORD.match(folded) and not whole
        party_and = before.endswith("委") and folded in ("政府", "人民政府")
        if before.startswith("各") and len(before) < MAX_NAME and (own_place or party_and):
            joined[-1] += "、" + piece
        else:
            joined.append(piece)
    return joined


def _tails_spelled_out(pieces: list[str]) -> list[str]:
    """Spell out 長沙、岳陽、郴州市人民政府: short pieces without a tail of their own take that of the last one."""
    spelled = list(pieces)
    for place in range(len(spelled) - 2, -1, -1):
        here, after = fold_in_place(spelled[place]), fold_in_place(spelled[place + 1])
        shared = _SHARED_TAIL.match(after)
        if shared is None or not _is_place(here):
            continue
        tail = spelled[place + 1][shared.start("tail") :]
        if shared["kind"] and re.search("[市县区盟]$|..州$", here):
            tail = tail[1:]
        spelled[place] += tail
    return spelled


def _is_place(folded: str) -> bool:
    if re.search("[各等()]", folded) or len(folded) > 6:  # noqa: PLR2004 - 湘西自治州 is long already
        return False
    return not is_unit(folded) or bool(re.fullmatch(r"[\u4e00-\u9fff]{1,4}[县市区州]", folded))


def same_order(names: list[str]) -> list[str]:
    """Return names without repeats, compared folded, in their order."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(plain(name), name)
    return list(seen.values())


def name_cuts(text: str) -> list[int]:
    """Return the offsets at which two names are glued with nothing between them."""
    cuts, at = [], 0
    for piece in _separated(text):
        at = text.index(piece, at)
        parts = _glued(piece)
        for part in parts[:-1]:
            at += len(part)
            cuts.append(at)
        at += len(parts[-1])
    return cuts
