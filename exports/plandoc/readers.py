"""Files and pasted text to drafts: the format is told by the content, the name only decides ties."""

from __future__ import annotations

from pathlib import Path

from db.drafts import DocumentDraft
from exports.plandoc.encoding import decode
from exports.plandoc.html import parts_of_html
from exports.plandoc.layout import from_parts, from_text
from exports.plandoc.parse import parse_layout


def read_plan_file(path: Path) -> list[DocumentDraft]:
    content = path.read_bytes()
    text = decode(content, name=path.name)
    if "<html" in text[:500].lower():
        layout = from_parts(parts_of_html(text))
    else:
        layout = from_text(text)
    d = parse_layout(layout, name=path.name)
    d.source_name, d.source = path.name, content
    return [d]
