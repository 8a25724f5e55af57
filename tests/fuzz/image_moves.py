"""Mutations of an image: false sizes, duplicated and missing chunks, changed bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from fuzz import byte_moves

_SIZES = (0, 1, 2, 100, 5_000, 9_000, 70_000, 2**31 - 1, 2**32 - 1)
DPI = (200, 200)
"""Resolution of a small image; without one, it would be taken for a whole page and enlarged."""


def small(mode: str = "L", size: tuple[int, int] = (160, 90)) -> Image.Image:
    """Return a small picture of lines, boxes and strokes in a mode."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for y in range(12, size[1] - 8, 18):
        for x in range(8, size[0] - 12, 11):
            draw.rectangle((x, y, x + (x * y) % 8, y + (x + y) % 11), fill=0)
    draw.rectangle((2, 2, size[0] - 3, size[1] - 3), outline=0)
    draw.line((size[0] // 2, 2, size[0] // 2, size[1] - 3), fill=0)
    return image.convert("L").point(lambda v: v * 256, "I") if mode == "I;16" else image.convert(mode)


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    """Return a picture as a file."""
    out = BytesIO()
    image.save(out, form, **{"dpi": DPI, **more})  # type: ignore[arg-type]
    return out.getvalue()


def turned(orientation: int) -> bytes:
    """Return a JPEG whose EXIF data say how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(small("RGB"), "JPEG", exif=exif.tobytes())


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG, its checksum right."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the chunks of a PNG by kind, as far as they go."""
    found, at = [], 8
    while at + 8 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += size + 12
    return found


def png_moves(data: bytes, dice: Random) -> bytes:
    """Change the header, the order and the number of a PNG's chunks, checksums kept right."""
    found = chunks(data)
    for _ in range(dice.randint(1, 3)):
        i = dice.randrange(len(found)) if found else 0
        step = dice.choice(("size", "size", "kind", "double", "drop", "bytes", "text", "animate"))
        if step == "size" and found and found[0][0] == b"IHDR":
            width, height, rest = found[0][1][:4], found[0][1][4:8], found[0][1][8:]
            sizes = [dice.choice((side, struct.pack(">I", dice.choice(_SIZES)))) for side in (width, height)]
            found[0] = (b"IHDR", b"".join(sizes) + rest)
        elif step == "kind" and found and found[0][0] == b"IHDR":
            kind = bytes(
                (dice.choice((1, 2, 4, 8, 16, 3)), dice.choice((0, 2, 3, 4, 6, 7)), 0, 0, dice.choice((0, 1)))
            )
            found[0] = (b"IHDR", found[0][1][:8] + kind)
        elif step == "double" and found:
            found.insert(i, found[i])
        elif step == "drop" and len(found) > 1:
            del found[i]
        elif step == "bytes" and found:
            found[i] = (found[i][0], dice.choice(byte_moves.MOVES)(found[i][1], dice))
        elif step == "text":
            found.insert(1, (b"zTXt", b"a\x00\x00" + zlib.compress(bytes(dice.choice((10, 3_000_000))))))
        else:
            found.insert(1, (b"acTL", struct.pack(">II", dice.choice((0, 1, 5, 2**31 - 1)), 0)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in found)


def tiff_moves(data: bytes, dice: Random) -> bytes:
    """Change entries of a TIFF's first directory: sizes, counts, kinds, places."""
    order = "<" if data[:2] == b"II" else ">"
    changed = bytearray(data)
    try:
        (place,) = struct.unpack_from(order + "I", data, 4)
        (count,) = struct.unpack_from(order + "H", data, place)
        for _ in range(dice.randint(1, 3)):
            entry = place + 2 + 12 * dice.randrange(count)
            field, form = dice.choice(((0, "H"), (2, "H"), (4, "I"), (8, "I"), (8, "I"), (8, "H")))
            values = (dice.choice(_SIZES), dice.randrange(2**16), place)
            struct.pack_into(
                order + form,
                changed,
                entry + field,
                dice.choice(values) & (0xFFFF if form == "H" else 0xFFFFFFFF),
            )
        if dice.random() < 0.3:  # the next directory: itself, or nowhere
            struct.pack_into(
                order + "I", changed, place + 2 + 12 * count, dice.choice((place, len(data) - 2, 2**31))
            )
    except (struct.error, ValueError):
        return byte_moves.flip(data, dice)
    return bytes(changed)


def mutate(data: bytes, dice: Random, seeds: Sequence[bytes]) -> bytes:
    """Return a picture with its structure or its bytes changed."""
    if dice.random() < 0.7:
        if data.startswith(b"\x89PNG"):
            data = png_moves(data, dice)
        elif data.startswith((b"II", b"MM")):
            data = tiff_moves(data, dice)
        else:
            data = byte_moves.flip(data, dice)
    if dice.random() < 0.5:
        data = byte_moves.mutate(data, dice, seeds)
    return data[: byte_moves.LARGEST]
