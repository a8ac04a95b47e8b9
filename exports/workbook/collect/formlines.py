"""Lines that belong to a form and to no task, such as 附件2, （加蓋公章）, 填報人：…, 備註：…, told with the file."""

from __future__ import annotations

import re

_WHO = r"(?:填报|填表|制表|审核|复核|经办|联系|负责|签发|报送|统计)?(?:单位|部门)?(?:负责|分管)?"
_LABEL = rf"(?:单位)?{_WHO}(?:人|领导|日期|时间|电话|方式)(?:\(签[字章名]\))?:"
_FORM_LINE = re.compile(rf"附[件表]?\d{{0,3}}:?|\(?(?:加?盖)?(?:单位)?(?:公|印)?章\)?:?|(?:{_LABEL}[^:。；;]{{0,16}})+")
_NOTE = re.compile(r"(?:备注|说明|填表说明|附注|注)\d?[:.、]")
_LONGEST = 80


def is_form_line(folded: str) -> bool:
    """Tell whether a folded text is a line of the form itself or a note on it, not a report on a task."""
    return len(folded) <= _LONGEST and (_FORM_LINE.fullmatch(folded) or _NOTE.match(folded)) is not None
