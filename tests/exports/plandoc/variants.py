"""Forms in which the text of one notice reaches a clerk: mapped, flattened, broken, as a page."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from opencc import OpenCC

_HALF_WIDTH = str.maketrans("，（）：；？！〔〕", ",():;?![]")
WIDTH = 32  # characters


@cache
def _s2t() -> OpenCC:
    return OpenCC("s2t")


def traditional(text: str) -> str:
    """Mapped to traditional characters, with half-width punctuation."""
    return str(_s2t().convert(text)).translate(_HALF_WIDTH)


def flattened(text: str) -> str:
    """Without line breaks, tabs and spaces."""
    return re.sub(r"\s+", "", text)


def broken_lines(text: str) -> str:
    """Broken at a fixed width, paragraphs indented; rows of tables stay."""
    lines = []
    for line in text.split("\n"):
        if "\t" in line or len(line.strip()) <= WIDTH:
            lines.append(line if "\t" in line else "    " + line.strip())
        else:
            paragraph = "　　" + line.strip()
            lines += [paragraph[at : at + WIDTH] for at in range(0, len(paragraph), WIDTH)]
    return "\n".join(lines)


def web_page(text: str) -> str:
    """As a page: paragraphs, and runs of rows as tables."""
    pieces = []
    for is_row, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        if is_row:
            rows = ("".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in lines)
            pieces.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            pieces += [f"<p>{line}</p>" for line in lines if line.strip()]
    return "<html><body>" + "\n".join(pieces) + "</body></html>"


def spaced(text: str) -> str:
    """With a blank line behind every line."""
    return text.replace("\n", "\n\n")


def indented(text: str) -> str:
    """With every paragraph indented by two characters."""
    return "\n".join(line if "\t" in line else "　　" + line for line in text.split("\n"))
