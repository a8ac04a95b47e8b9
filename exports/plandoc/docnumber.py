"""Document numbers (發文字號) such as 湘政辦發〔2022〕16號: the own one of a head, and those a text cites."""

from __future__ import annotations

import re

NUMBER_CORE = r"[〔\[(【]\s?(?:19|20)\d\d\s?(?:年)?[〕\])】]\s?(?:第\s?)?\d{1,4}\s?号"
CITED = re.compile(rf"[\u4e00-\u9fff×X]{{1,12}}\s?{NUMBER_CORE}")
LABELLED_NUMBER = re.compile(
    rf"(?:发文字号|文件编号|发文号|文件号|文号|字号|编号)\s?[\])】]?\s?:?[\s|]*([\u4e00-\u9fff×X]{{1,12}}\s?{NUMBER_CORE})"
)
_BEFORE_NUMBER = re.compile(
    r".*(?:通知|意见|决定|办法|方案|要点|规定|细则|公告|批复|报告|分解表|清单|计划|网站|门户网|字号|文号|办公室|办公厅|人民政府|委员会|文件|来源|日报|分工|台账|措施)"
)


def word_offset(number: str) -> int:
    """Return where the issuing word of a number begins when other words run into it."""
    word = re.match(r"[\u4e00-\u9fff×X]+", number)
    cut = _BEFORE_NUMBER.match(word[0]) if word else None
    return cut.end() if cut and word and cut.end() < len(word[0]) else 0
