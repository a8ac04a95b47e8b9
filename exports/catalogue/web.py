"""The catalogue as an HTML table to paste into a web site: no script, no style sheet, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from exports.catalogue.content import Catalogue

_HEAD = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
"""
_FOOT = "\n</body>\n</html>\n"


def table_html(catalogue: Catalogue) -> str:
    """Return the table alone, as a web site's editor takes it."""
    titles = [catalogue.words.fixed("序號"), *(heading.title for heading in catalogue.headings)]
    left, right = catalogue.particulars
    rows = (_row("td", [str(number), *texts]) for number, texts in enumerate(catalogue.rows, start=1))
    return "\n".join(
        [
            '<table border="1" cellspacing="0" cellpadding="4">',
            f"<caption>{_text(catalogue.title)}<br>{_text(left)}　{_text(right)}</caption>",
            f"<thead>\n{_row('th', titles)}\n</thead>",
            "<tbody>",
            *rows,
            "</tbody>",
            "</table>",
        ]
    )


def page_html(catalogue: Catalogue, *, lang: str) -> str:
    """Return a whole page around the table; ``lang`` is a language tag such as ``zh-Hans``."""
    return _HEAD.format(lang=escape(lang), title=_text(catalogue.title)) + table_html(catalogue) + _FOOT


def _row(kind: str, texts: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{kind}>{_text(text)}</{kind}>" for text in texts) + "</tr>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
