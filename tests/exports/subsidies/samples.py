"""Lists of policies as offices make them: two rows of headings, merged cells, totals and notes; made-up figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

DATA = Path(__file__).parents[2] / "data" / "subsidies"
Rows = Sequence[Sequence[object]]

COUNTY: Rows = (
    ("清江縣2026年惠民惠農財政補貼政策清單",),
    ("填報單位：縣財政局",),
    ("序號", "補貼項目", "主管部門", "政策級次", "政策依據文件及文號", "補貼對象",
     "補助標準", "", "", "", "", "申領流程", "發放方式", "發放時間", "咨詢電話", "備註"),
    ("", "", "", "", "", "", "合計", "中央", "省級", "市級", "縣級", "", "", "", "", ""),
    (1, "耕地地力保護補貼", "縣農業農村局", "中央", "清財農〔2026〕3號、清農發[2026]12號", "種地農民",
     "124.9788302元/畝", "100元/畝", "24.9788302元/畝", "0元/畝", "0元/畝", "村組登記", "一卡通", "6月底前",
     "0799-6220001", ""),
    (2, "種糧大戶補貼", "", "縣級", "清農發〔2025〕8號", "種植50畝以上的農戶",
     80, 50, 20, 5, 10, "", "", "", "0799-62200020799-6220003", "試行"),
    ("序號", "補貼項目", "主管部門", "政策級次", "政策依據文件及文號", "補貼對象",
     "補助標準", "", "", "", "", "申領流程", "發放方式", "發放時間", "咨詢電話", "備註"),
    ("", "", "", "", "", "", "合計", "中央", "省級", "市級", "縣級", "", "", "", "", ""),
    (3, "高齡老人生活補貼", "縣民政局", "省級", "清民發〔2023〕21號", "80—89周歲",
     "50元/月", "", "", "", "", "", "", "", "0799-6220012", ""),
    ("", "", "", "", "", "90周歲以上", "100元/月", "", "", "", "", "", "", "", "", ""),
    ("合計", "", "", "", "", "", 12345, "", "", "", "", "", "", "", "", ""),
    ("註：標準如有調整，以最新文件為準。",),
)  # fmt: skip
COUNTY_MERGED = ("A1:P1", "A2:P2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:K3", "L3:L4", "M3:M4",
                 "N3:N4", "O3:O4", "P3:P4", "C5:C6", "A9:A10", "B9:B10", "C9:C10", "A12:P12")  # fmt: skip

PROVINCE: Rows = (
    ("一级项目名称", "二级项目名称", "四字简称", "项目主管部门", "项目级次", "补贴标准（元/亩）", "补贴对象",
     "政策咨询电话", "联系人职务"),
    ("农业生产发展", "耕地地力保护", "地力补贴", "县农业农村局", "中央", 67, "种地农民", "0799-6220001", "科长"),
    ("", "耕地轮作", "轮作补贴", "县农业农村局", "省级", "据实测算", "承包农户", "6220002", ""),
    ("困难群众救助", "", "困难救助", "县民政局", "省级", "见文件", "困难群众", "12345", ""),
    ("", "", "", "", "", "", "无名的对象", "", ""),
)  # fmt: skip
PROVINCE_MERGED = ("A2:A3",)


def workbook(path: Path, rows: Rows, merged: Iterable[str] = (), *, sheet: str = "目錄") -> Path:
    """Write rows as a workbook of one sheet."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append([None if cell == "" else cell for cell in row])
    for cells in merged:
        page.merge_cells(cells)
    book.save(path)
    return path


def county(folder: Path) -> Path:
    """A list with standards by level."""
    return workbook(folder / "清單.xlsx", COUNTY, COUNTY_MERGED)


def province(folder: Path) -> Path:
    """A list with two levels of names, in simplified characters."""
    return workbook(folder / "省表.xlsx", PROVINCE, PROVINCE_MERGED)
