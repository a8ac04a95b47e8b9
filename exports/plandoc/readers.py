"""Files and pasted text to drafts. What a file is, its content tells; its name is only shown."""

from __future__ import annotations

import re
from pathlib import Path

from db.drafts import DocumentDraft
from db.errors import UnreadableInput
from exports.plandoc.container import FileKind, kind_of
from exports.plandoc.docx import parts_of_docx
from exports.plandoc.encoding import decode
from exports.plandoc.html import parts_of_html
from exports.plandoc.layout import Layout, from_parts, from_text
from exports.plandoc.mapped import Settled
from exports.plandoc.markdown import plain_of_markdown
from exports.plandoc.parse import parse_layout
from exports.plandoc.records import grid_of_records
from exports.plandoc.sheet import parts_of_sheet

MAX_BYTES = 60 * 1024 * 1024
_MARKUP = re.compile(
    r"\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<(?:!doctype )?html|<(?:body|table|div|p|h[1-6]|meta|head)[\s>])",
    re.IGNORECASE,
)
_RECORDS = re.compile(r"\s*(?:[\[{]|(?:const|let|var|export)\s|window\.)")


def read_plan_file(path: Path, settled: Settled | None = None) -> list[DocumentDraft]:
    """Return the documents in a file (usually one), with its name and bytes; ``settled``: how columns are read.

    Raise :class:`UnreadableInput` where the file is none of the formats read, is damaged, encrypted, empty or
    classified: one sentence that says what to do.
    """
    content = _content(path)
    draft = parse_layout(_laid_out(content, path.name), name=path.name, settled=settled)
    draft.source_name, draft.source = path.name, content
    return [draft]


def layout_of_file(path: Path) -> Layout:
    """Return what a file holds, laid out; raise what :func:`read_plan_file` raises."""
    return _laid_out(_content(path), path.name)


def _content(path: Path) -> bytes:
    name = path.name
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise UnreadableInput(_cannot_open(error), name=name) from error
    if size > MAX_BYTES:
        raise UnreadableInput(
            "「{name}」超過 {limit} MB，不像計劃文件。請另存為純文字後再導入。", name=name, limit=MAX_BYTES >> 20
        )
    return content


def _cannot_open(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "找不到「{name}」。請檢查文件名和路徑。"
    if isinstance(error, IsADirectoryError):
        return "「{name}」是文件夾，不是文件。請選擇文件。"
    return "打不開「{name}」。請檢查有沒有權限，或複製到本機再試。"


def _laid_out(content: bytes, name: str) -> Layout:
    kind = kind_of(content, name=name)
    if kind is FileKind.DOCX:
        layout = from_parts(parts_of_docx(content, name=name))
    elif kind is FileKind.SHEET:
        layout = from_parts(parts_of_sheet(content, name=name))
    else:
        text = decode(content, name=name)
        layout = text_layout(text, markdown=name.lower().endswith((".md", ".markdown")))
    if not layout.text.strip():
        raise UnreadableInput(
            "「{name}」裏沒有可讀的文字，可能是掃描圖片。請取得電子版原件，或識別文字後粘貼進來。", name=name
        )
    return layout


def is_markup(text: str) -> bool:
    """Tell whether a text is a page's markup."""
    return _MARKUP.match(text[:2000]) is not None


def text_layout(text: str, *, markdown: bool = False) -> Layout:
    """Lay out decoded text, which may be a web page or a list of records."""
    if is_markup(text):
        return from_parts(parts_of_html(text))
    records = grid_of_records(text) if _RECORDS.match(text) else None
    if records is not None:
        return from_parts([records])
    return from_text(plain_of_markdown(text) if markdown else text)


def read_pasted(text: str, settled: Settled | None = None) -> list[DocumentDraft]:
    """Return the documents in pasted text: prose, a table from a sheet or a page, or a page's markup."""
    if not text.strip():
        raise UnreadableInput("沒有粘貼文字。請先複製通知或表格的內容。")
    draft = parse_layout(text_layout(text), settled=settled)
    draft.source = text.encode("utf-8", errors="surrogatepass")
    return [draft]
