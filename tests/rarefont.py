"""Makes ``resources/fonts/RareMing.woff``: the signs of GB 18030 that our other fonts lack, out of Hanazono.

Run from the project's folder: ``python -m tests.rarefont HanaMinB.ttf HanaMinA.ttf`` with the files of Debian's package
``fonts-hanazono`` (20170904). The same files give the same font. What is left out is what paper does not show: hints,
and every other step of the grid of outlines (512 to the em are 1,600 to the inch at 22 points).
"""

from __future__ import annotations

import math
import struct
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from db.shipped import shipped
from exports.pdf.truetype import Font, assemble, packed

NAME, OLD_EM, EM = "RareMing", 1024, 512
OFF = 2.0  # units of the old em: a hundredth of a millimetre at 16 points
OURS = ("NotoSerifSC_400Regular", "NotoSansSC_400Regular")
WANTED = (
    *(range(0x20000, 0x2A6E0), range(0x2A700, 0x2EBF0)),  # extensions B to F
    *(range(0xF900, 0xFB00), range(0x2F800, 0x2FA20)),  # compatible forms
    *(range(0x2000, 0x2C00), range(0x2E80, 0xA000), range(0xFE10, 0xFE70), range(0xFF01, 0xFFF0)),
)
_ON, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32
Point = tuple[int, int, bool]
"""A point of a contour: x, y, and whether the line goes through it."""


def contours(outline: bytes) -> list[list[Point]]:
    """Return the contours of a glyph that is not composed."""
    count = struct.unpack_from(">h", outline)[0]
    if count < 0:
        raise ValueError("a composed glyph")
    ends = struct.unpack_from(f">{count}H", outline, 10)
    at = 10 + 2 * count
    at += 2 + int(struct.unpack_from(">H", outline, at)[0])
    flags: list[int] = []
    while len(flags) < ends[-1] + 1:
        flag = outline[at]
        again = outline[at + 1] if flag & _REPEAT else 0
        flags += [flag] * (1 + again)
        at += 2 if flag & _REPEAT else 1
    xs, at = _steps(outline, at, flags, _SHORT_X, _SAME_X)
    ys, _ = _steps(outline, at, flags, _SHORT_Y, _SAME_Y)
    points = [(x, y, bool(flag & _ON)) for x, y, flag in zip(xs, ys, flags, strict=True)]
    return [points[start:end] for start, end in pairwise([0, *(end + 1 for end in ends)])]


def _steps(outline: bytes, at: int, flags: Sequence[int], short: int, same: int) -> tuple[list[int], int]:
    found, value = [], 0
    for flag in flags:
        if flag & short:
            value += outline[at] if flag & same else -outline[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", outline, at)[0]
            at += 2
        found.append(value)
    return found, at


def coarse(contour: Sequence[Point]) -> list[Point]:
    """Return a contour on the new grid, with just the points it takes to stay within ``OFF`` of the old line.

    Most of Hanazono's outlines are polygons; their curves are many short lines.
    """
    kept = contour
    if all(on for *_, on in contour):
        turn = max(range(len(contour)), key=lambda at: math.dist(contour[at][:2], contour[0][:2]))
        kept = [*_corners(contour[: turn + 1])[:-1], *_corners([*contour[turn:], contour[0]])[:-1]]
    points = [(round(x * EM / OLD_EM), round(y * EM / OLD_EM), on) for x, y, on in kept]
    found = [point for point, before in zip(points, [points[-1], *points], strict=False) if point != before]
    return found if len(found) > 2 else []


def _corners(line: Sequence[Point]) -> list[Point]:
    """Return the points of a line that all others lie within ``OFF`` of (Douglas and Peucker)."""
    if len(line) < 3:
        return list(line)
    (ax, ay, _), (bx, by, _) = line[0], line[-1]
    long = math.hypot(bx - ax, by - ay) or 1.0
    far = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long for x, y, _ in line]
    most = max(range(1, len(line) - 1), key=far.__getitem__)
    if far[most] <= OFF:
        return [line[0], line[-1]]
    return [*_corners(line[: most + 1])[:-1], *_corners(line[most:])]


def outline_of(shapes: Sequence[Sequence[Point]]) -> bytes:
    """Return the outline of a glyph as a font stores it; empty for one that shows nothing."""
    points = [point for shape in shapes for point in shape]
    if not points:
        return b""
    xs, ys = [x for x, *_ in points], [y for _, y, _ in points]
    ends = [-1]
    for shape in shapes:
        ends.append(ends[-1] + len(shape))
    dx, dy = _packed(xs, _SHORT_X, _SAME_X), _packed(ys, _SHORT_Y, _SAME_Y)
    flags = [_ON * on | fx | fy for (*_, on), (fx, _), (fy, _) in zip(points, dx, dy, strict=True)]
    head = struct.pack(">5h", len(shapes), min(xs), min(ys), max(xs), max(ys))
    head += struct.pack(f">{len(shapes)}HH", *ends[1:], 0)
    return head + bytes(_repeated(flags)) + b"".join(part for _, part in dx) + b"".join(part for _, part in dy)


def _packed(values: Sequence[int], short: int, same: int) -> list[tuple[int, bytes]]:
    found = []
    for last, value in pairwise([0, *values]):
        step = value - last
        if step == 0:
            found.append((same, b""))
        elif abs(step) < 256:
            found.append((short | (same if step > 0 else 0), bytes([abs(step)])))
        else:
            found.append((0, struct.pack(">h", step)))
    return found


def _repeated(flags: Sequence[int]) -> Iterator[int]:
    at = 0
    while at < len(flags):
        again = 0
        while at + again + 1 < len(flags) and flags[at + again + 1] == flags[at] and again < 255:
            again += 1
        yield from (flags[at] | _REPEAT, again) if again else (flags[at],)
        at += again + 1


def character_map(codes: Sequence[int]) -> bytes:
    """Return a ``cmap`` that gives the codes the glyphs 1, 2, 3 …"""
    groups: list[list[int]] = []
    for glyph, code in enumerate(codes, start=1):
        if groups and groups[-1][1] + 1 == code:
            groups[-1][1] = code
        else:
            groups.append([code, code, glyph])
    table = struct.pack(">HHLLL", 12, 0, 16 + 12 * len(groups), 0, len(groups))
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table + b"".join(struct.pack(">3L", *group) for group in groups)


def names() -> bytes:
    """Return a ``name`` table."""
    licence = "Made from Hanazono (GlyphWiki Project); see HANAZONO.txt"
    texts = {0: licence, 1: NAME, 2: "Regular", 3: NAME, 4: NAME, 5: "Version 1.0", 6: NAME, 13: licence}
    coded = [(kind, text.encode("utf-16-be")) for kind, text in texts.items()]
    records, start = b"", 0
    for kind, text in coded:
        records += struct.pack(">6H", 3, 1, 0x409, kind, len(text), start)
        start += len(text)
    return struct.pack(">3H", 0, len(coded), 6 + len(records)) + records + b"".join(text for _, text in coded)


def build(sources: Sequence[Font]) -> bytes:
    """Return the font: of each wanted sign that ours lack the glyph of the first source that has it."""
    ours = [Font(shipped("fonts", f"{name}.ttf")) for name in OURS]
    had = set().union(*(font.glyphs for font in ours))
    found = {
        code: next((font for font in sources if code in font.glyphs), None)
        for wanted in sorted(WANTED, key=min)
        for code in wanted
        if code not in had
    }
    codes = {code: font for code, font in found.items() if font}
    outlines, advances = [b""], [EM]
    for code, font in codes.items():
        glyph = font.glyphs[code]
        shapes = map(coarse, contours(font.outline(glyph))) if font.outline(glyph) else ()
        outlines.append(outline_of([shape for shape in shapes if shape]))
        advances.append(round(font.width(glyph) * EM / 1000))
    return packed(assemble(_tables(sources[0], list(codes), outlines, advances)))


def _tables(source: Font, codes: list[int], outlines: list[bytes], advances: list[int]) -> dict[str, bytes]:
    places, glyf = [0], bytearray()
    for outline in outlines:
        glyf += outline + bytes(-len(outline) % 2)
        places.append(len(glyf))
    boxes = [struct.unpack_from(">4h", outline, 2) for outline in outlines if outline]
    box = [pick(side) for pick, side in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)]
    head, hhea = bytearray(source.table("head")), bytearray(source.table("hhea"))
    struct.pack_into(">HH", head, 16, 0b11, EM)
    struct.pack_into(">4h", head, 36, *box)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">3h", hhea, 4, round(0.88 * EM), -round(0.12 * EM), 0)
    struct.pack_into(">H", hhea, 34, len(outlines))
    sides = [struct.unpack_from(">h", outline, 2)[0] if outline else 0 for outline in outlines]
    metrics = b"".join(struct.pack(">Hh", *pair) for pair in zip(advances, sides, strict=True))
    most = (
        max(_counts(outline) for outline in outlines if outline),
        max(struct.unpack_from(">h", outline)[0] for outline in outlines if outline),
    )
    maxp = struct.pack(">LH13H", 0x10000, len(outlines), *most, 0, 0, 2, *[0] * 8)
    return {
        "OS/2": source.table("OS/2"),
        "cmap": character_map(codes),
        "glyf": bytes(glyf),
        "head": bytes(head),
        "hhea": bytes(hhea),
        "hmtx": metrics,
        "loca": struct.pack(f">{len(places)}L", *places),
        "maxp": maxp,
        "name": names(),
        "post": struct.pack(">LLhhL4L", 0x30000, 0, -50, 25, 0, 0, 0, 0, 0),
    }


def _counts(outline: bytes) -> int:
    shapes = struct.unpack_from(">h", outline)[0]
    return int(struct.unpack_from(">H", outline, 8 + 2 * shapes)[0]) + 1


def main(paths: Sequence[str]) -> None:
    """Make the font and say what it holds."""
    content = build([Font(Path(path)) for path in paths])
    target = shipped("fonts", f"{NAME}.woff")
    target.write_bytes(content)
    print(f"{target.name}: {len(Font(target).glyphs):,} signs, {len(content):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
