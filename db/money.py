"""Sums of money: integer 分 as figures (1,234.56) and in capital numerals (大寫金額), as bills have them."""

from __future__ import annotations

from db.errors import Refused

_DIGITS = "零壹貳叁肆伍陸柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "萬", "億", "兆")
_GROUP, _YUAN = 10_000, 100
LARGEST = _GROUP ** len(_GROUPS) * _YUAN - 1
"""In 分: what capital numerals are written for."""


def figures(fen: int) -> str:
    """Return a sum in 元 with thousands parted and always two decimals: ``1,234.56``."""
    yuan, rest = divmod(abs(fen), _YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def capitals(fen: int) -> str:
    """Return a sum in capital numerals, in traditional glyphs: 壹佰貳拾叁元肆角伍分, 壹佰元整, 零元整.

    By the rules for filling in bills (支付結算辦法): 零 stands once for noughts between digits, and for a missing 角
    before 分; 整 ends what has no 分. A negative sum begins with 負. Raises :class:`Refused` beyond :data:`LARGEST`.
    """
    if abs(fen) > LARGEST:
        raise Refused("金額 {amount} 元太大，不能寫成大寫。請檢查。", amount=figures(fen))
    yuan, rest = divmod(abs(fen), _YUAN)
    jiao, cent = divmod(rest, 10)
    parts = [_whole(yuan) + "元"] if yuan or not rest else []
    if jiao:
        parts.append(_DIGITS[jiao] + "角")
    elif cent and yuan:
        parts.append("零")
    parts.append(_DIGITS[cent] + "分" if cent else "整")
    return ("負" if fen < 0 else "") + "".join(parts)


def _whole(number: int) -> str:
    """Return a whole number; noughts at the end of a group of four show once where digits follow."""
    if not number:
        return "零"
    groups = []
    while number:
        number, group = divmod(number, _GROUP)
        groups.append(group)
    written, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(written)
            continue
        if written and (gap or group < _GROUP // 10):
            written += "零"
        written += _four(group) + _GROUPS[place]
        gap = False
    return written


def _four(number: int) -> str:
    """Return a number below ten thousand, without noughts at its head or end."""
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return written
