"""Classification and handling marks: classified papers are refused, 內部 and 不予公開 only warned about."""

from __future__ import annotations

import re

from db.errors import UnreadableInput
from exports.plandoc.layout import Layout

HEAD = 3000  # characters in which a mark at the head may stand
_CLASSIFIED = re.compile(
    r"(?:^|\n|[(\[【\s:])\s*(?P<mark>绝密|机密|秘密)\s*(?:[★☆*※]|(?:\d{1,2}\s*(?:年|个月)|长期)?\s*[)\]】]?\s*(?:\n|\t|$))"
)
_LEVEL = re.compile(r"密\s*级\s*[::]?\s*(?P<mark>绝密|机密|秘密)")
_INTERNAL = (
    r"内部(?:资料|文件|材料|使用|参考|情况|传阅)?"
    r"(?:[,、 ]?\s{0,4}(?:注意保存|不得外传|妥善保管|严禁外传|请勿外传))?"
)
_HANDLING = re.compile(
    rf"(?:^|\n|\t)[ ]{{0,40}}[(\[【]?[ ]{{0,4}}(?P<mark>{_INTERNAL}|(?:此件)?(?:不予公开|不公开))"
    r"[ ]{0,4}[)\]】]?[ ]{0,40}(?=\n|\t|$)"
    r"|\((?P<piece>此件(?:不予公开|不公开|内部[^()]{0,10}))\)"
)


def refuse_classified(layout: Layout, name: str) -> None:
    """Raise :class:`UnreadableInput` where the paper is marked 秘密, 機密 or 絕密."""
    head = layout.folded[:HEAD]
    found = _CLASSIFIED.search(head) or _LEVEL.search(head) or re.match(r"(?P<mark>绝密|机密|秘密)[★☆]", head)
    if found is not None:
        raise UnreadableInput(
            "「{name}」標有「{mark}」，屬於涉密文件，本程序不處理涉密文件。請按保密規定在涉密設備上辦理。",
            name=name or "粘貼的文字",
            mark=layout.text[found.start("mark") : found.end("mark")],
        )


def handling_mark(layout: Layout) -> str:
    """Return the handling mark of the paper (內部資料, 此件不予公開), empty where there is none."""
    found = _HANDLING.search(layout.folded)
    if found is None:
        return ""
    group = "mark" if found["mark"] else "piece"
    return layout.text[found.start(group) : found.end(group)].strip()
