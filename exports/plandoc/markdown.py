"""Markdown to plain paragraphs: the marks of headings, lists and emphasis are left out, tables stay."""

from __future__ import annotations

import re

_LINE_MARK = re.compile(r"^[ ]{0,3}(?:#{1,6}[ \t]+|>[ ]?|[-*+][ ]+(?=\S))+", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)([^*_`\n]{1,500}?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:https?|mailto|#|/|\.)[^()\s]{0,500}\)")
_RULE = re.compile(r"^[ ]{0,3}(?:-{3,}|\*{3,}|_{3,})[ ]*$", re.MULTILINE)


def plain_of_markdown(text: str) -> str:
    """Return the text without Markdown's marks, line for line."""
    text = _RULE.sub("", text)
    text = _LINE_MARK.sub("", text)
    text = _LINK.sub(r"\1", text)
    return _EMPHASIS.sub(r"\2", text)
