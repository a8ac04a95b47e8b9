"""The looks of cells: fonts as GB/T 9704 asks of offices, thin rules, grey bands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle

# A workbook names one font; where it is not installed the office program takes its own fallback. 仿宋 and 黑体 come
# with Windows, WPS and the domestic systems under these names, whatever script the text is in.
BODY_FONT = "仿宋"
HEAD_FONT = "黑体"
TITLE_FONT = "方正小标宋简体"
USUAL_FONT = "宋体"
USUAL_SIZE = 11
_PIXELS_A_DIGIT = 8
_PIXELS_BESIDE = 5
_POINTS_A_PIXEL = 0.75
_LONGEST_AS_TEXT = 255
TALLEST = 409.0
"""Points a row can be high in Excel; beyond it text would be cut off."""
TEXT = "@"
GENERAL = "General"
WHOLE = "0"
DAY = 'yyyy"年"m"月"d"日"'

TITLE = "臺賬標題"
INFO = "臺賬說明"
INFO_RIGHT = "臺賬說明右"
HEAD = "臺賬表頭"
BAND_PLAN = "臺賬計劃"
BAND_SECTION = "臺賬章節"


def text_look(text: str) -> str:
    """Return the number format of a text: older Excel shows one of more than 255 signs formatted as text as #####."""
    return TEXT if len(text) <= _LONGEST_AS_TEXT else GENERAL


def body_style(*, centred: bool, number_format: str) -> str:
    """Return the name of the style of body cells."""
    kind = {TEXT: "文本", GENERAL: "長文本", WHOLE: "數字", DAY: "日期"}[number_format]
    return f"臺賬{kind}{'居中' if centred else ''}"


def new_workbook(*, size: float) -> Workbook:
    """Return a workbook with the named styles, the body set in ``size`` points. Cells refer to them by name."""
    import openpyxl
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    workbook = openpyxl.Workbook()
    # Widths of columns count in digits of the workbook's own font. openpyxl's is missing on domestic systems, where
    # whatever stands for it made columns a fifth wider and the print as much smaller; it offers no other way in.
    usual = Font(name=USUAL_FONT, size=USUAL_SIZE)
    inside: Any = workbook
    inside._fonts = IndexedList([usual])  # noqa: SLF001
    inside._named_styles["Normal"].font = usual  # noqa: SLF001
    for style in _styles(size):
        workbook.add_named_style(style)
    return workbook


def column_characters(points: float) -> float:
    """Return a column's width in points as Excel counts it: in digits of the workbook's own font."""
    return round((points / _POINTS_A_PIXEL - _PIXELS_BESIDE) / _PIXELS_A_DIGIT, 2)


def _styles(size: float) -> list[NamedStyle]:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    line = Side(style="thin", color="FF000000")
    ruled = Border(left=line, right=line, top=line, bottom=line)

    def style(name: str, font: Font, horizontal: str, *, shade: str = "", rule: bool = True) -> NamedStyle:
        made = NamedStyle(name=name, font=font)
        made.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        if rule:
            made.border = ruled
        if shade:
            made.fill = PatternFill("solid", start_color=shade, end_color=shade)
        return made

    body = Font(name=BODY_FONT, size=size)
    head = Font(name=HEAD_FONT, size=size)
    styles = [
        style(TITLE, Font(name=TITLE_FONT, size=title_size(size)), "center", rule=False),
        style(INFO, Font(name=BODY_FONT, size=size + 1), "left", rule=False),
        style(INFO_RIGHT, Font(name=BODY_FONT, size=size + 1), "right", rule=False),
        style(HEAD, head, "center", shade="FFD9D9D9"),
        style(BAND_PLAN, Font(name=HEAD_FONT, size=size + 1), "left", shade="FFDDEBF7"),
        style(BAND_SECTION, head, "left", shade="FFF2F2F2"),
    ]
    for number_format in (TEXT, GENERAL, WHOLE, DAY):
        for centred in (False, True):
            made = style(
                body_style(centred=centred, number_format=number_format), body, "center" if centred else "left"
            )
            made.number_format = number_format
            styles.append(made)
    return styles


def title_size(size: float) -> float:
    """Return the size of the title above a body of ``size`` points: 22 points (2號) where there is room."""
    return min(22.0, round(size * 2))
