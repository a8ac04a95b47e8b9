"""Bytes of unknown origin to text: UTF-8, UTF-16, GB 18030, Big5."""

from __future__ import annotations

import codecs

from db.errors import UnreadableInput

# The most frequent characters of official papers, in both scripts: the right decoding is full of them.
_FREQUENT = frozenset(
    "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地于於出就分對对成會会可主發发年動动同工也能下過过子說说産产種种面而方後后多定行學学法"
    "所民得經经十三之進进着等部度家電电力裏里如水化高自二理起小物現现實实加量都兩两體体制機机當当使點点從从業业本去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间樣样與与"
    "關关各重新線线內内數数正心反你明看原又麼么利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公無无系軍军很情者最立代想已通並并提直題题程展五果料象員员革位入常文總总次品式活設设及管特件"
    "省市縣县區区局辦办責责任務务牽牵頭头單单推服"
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LEAST_LIKENESS = 0.2  # of a text; Chinese prose has 1 to 2, plain ASCII 0.5, noise next to nothing
_SAMPLE = 20_000  # bytes that decide between encodings; the whole is decoded once


def decode(content: bytes, *, name: str) -> str:
    r"""Return the text of a plain-text file with ``\n`` line ends; raise :class:`UnreadableInput` where it is none."""
    if not content.strip(b" \t\r\n\x00"):
        raise UnreadableInput("「{name}」是空文件，沒有文字。請重新取得原件。", name=name)
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return _decoded(content, codec, name)
    best = max(_candidates(content), key=lambda pair: pair[0], default=None)
    if best is None or best[0] < LEAST_LIKENESS:
        if _is_utf8(content):
            return _decoded(content, "utf-8", name)
        raise UnreadableInput(
            "「{name}」不是文本文件，或者編碼已損壞，讀不出文字。請用 WPS 打開後另存為 .docx 或 UTF-8 文本。", name=name
        )
    return _decoded(content, best[1], name)


def _is_utf8(content: bytes) -> bool:
    """Tell whether the bytes keep to the rules of UTF-8 all through, which noise and other encodings do not."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(char >= " " or char in "\t\n\r\f\x0b" for char in text)


def _decoded(content: bytes, codec: str, name: str) -> str:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        if codec not in {"gb18030", "utf-8"}:
            raise UnreadableInput(
                "「{name}」的文字編碼不完整（第 {place} 字節），讀不出來。請重新取得原件。",
                name=name,
                place=error.start + 1,
            ) from error
        text = content.decode(codec, errors="replace")  # the damaged runs are shown for review
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _candidates(content: bytes) -> list[tuple[float, str]]:
    sample = content[:_SAMPLE]
    found = []
    for codec in ("utf-8", "gb18030", "big5", "cp950", "utf-16-le", "utf-16-be"):
        score = _score(sample[: len(sample) & ~1] if codec.startswith("utf-16") else sample, codec)
        found.append((score, codec))
    return found


def _score(sample: bytes, codec: str) -> float:
    """Return how much like Chinese prose or plain ASCII the sample reads: 0 is nothing like it."""
    text = codecs.getincrementaldecoder(codec)(errors="replace").decode(sample)
    if not text:
        return 0.0
    bad = sum(char == "\ufffd" or (char < " " and char not in "\t\n\r\f\x0b") for char in text)
    if bad > len(text) * 0.02:
        return 0.0
    good = sum(char in _FREQUENT for char in text)
    plain = sum(char.isascii() for char in text)
    weight = 1.02 if codec == "utf-8" else 1.0  # plain ASCII reads the same in all of them
    return weight * (good * 3 + plain * 0.5 + (len(text) - good - plain) * 0.1 - bad * 5) / len(text)
