"""Mutations of a text: misplaced words, reordered marks, other encodings, very long runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from support.damage import KINDS, damage

from fuzz import byte_moves

_SPLINTERS = (
    "\t", "|", "  ", "<table>", "</table>", "<td>", "</td>", "<tr>", "<td colspan=999999>", "<td rowspan=-1>", '"', "\n", "\r", "\f",
    "<br>", "**", "&amp;", "&#1114112;", "&#xD800;", "&#0;", "๑.", "(1)", "[", "{", "คะแนน", "90.00", "๙๐.๐", "1e999", "จุดแข็ง:",
    "ผู้รับผิดชอบ", "ระยะเวลา", "ตัวชี้วัดที่ 10", "2568", "๓๑ ก.พ. ๒๕๖๘", "ตุลาคม - กันยายน", "☑ ดำเนินการ", "E๑๑", "IIT", "ระดับ AA",
    "ำ", "\u0e48", "\u0e33\u0e48", "\ufffd", "\u200b", "\ufeff", "\x00", "\uf700", "\uf0fc", "\U000f0000", "\u2028", "\x1c", "\x85",
    "\u0660", "²", "½", "㊿", "\u202e", "\u0301",
)  # fmt: skip
_RUNS = ("\t", " ", "ก", "่", "ำ", "1", "๑", ".", "|", "<td>", "<table>", "ก\t", "ก  ", "ก|", "(", "1.", "ก\n", "\n", "\u200b", "ฯ", "E1 ", "2568 ",
         "กำ ", "ตัวชี้วัดที่ 1 ", "อำเภอ", "๑ ต.ค. ๖๗ - ", "☑", "กก", "เเ", "-", "&#1;", "<td colspan=99>")  # fmt: skip
_CODECS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "tis-620",
    "cp874",
    "iso8859_11",
    "latin-1",
    "utf-7",
)
_THAI = tuple(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))))

TextMove = Callable[[str, Random], str]


def splinter(text: str, dice: Random) -> str:
    """Insert words and symbols of reports at random positions."""
    for _ in range(dice.randint(1, 15)):
        at = dice.randint(0, len(text))
        text = text[:at] + dice.choice(_SPLINTERS) * dice.choice((1, 1, 1, 5)) + text[at:]
    return text


def move_lines(text: str, dice: Random) -> str:
    """Drop, double, swap or glue lines."""
    lines = text.split("\n")
    for _ in range(dice.randint(1, 12)):
        i, j = dice.randrange(len(lines)), dice.randrange(len(lines))
        step = dice.choice(("drop", "double", "swap", "glue", "break"))
        if step == "drop" and len(lines) > 2:
            del lines[i]
        elif step == "double":
            lines.insert(j, lines[i])
        elif step == "swap":
            lines[i], lines[j] = lines[j], lines[i]
        elif step == "glue":
            lines[i : i + 2] = ["".join(lines[i : i + 2])]
        else:
            at = dice.randint(0, len(lines[i]))
            lines[i : i + 1] = [lines[i][:at], lines[i][at:]]
    return "\n".join(lines)


def shuffle_letters(text: str, dice: Random) -> str:
    """Put the letters of a few places into another order: marks before what they stand on, and so on."""
    chars = list(text)
    for _ in range(dice.randint(1, 20)):
        at = dice.randint(0, len(chars))
        part = chars[at : at + dice.randint(2, 6)]
        dice.shuffle(part)
        chars[at : at + len(part)] = part
    return "".join(chars)


def other_letters(text: str, dice: Random) -> str:
    """Put other Thai letters, or any letter of any script, in place of some."""
    chars = list(text)
    for _ in range(dice.randint(1, 20) if chars else 0):
        other = dice.choice(_THAI) if dice.random() < 0.8 else chr(dice.randrange(0x20000))
        chars[dice.randrange(len(chars))] = other
    return "".join(chars)


def endless(text: str, dice: Random) -> str:
    """Repeat a sign or word thousands of times."""
    at = dice.randint(0, len(text))
    piece = dice.choice(_RUNS)
    return text[:at] + piece * (dice.choice((100, 1000, 5000)) // len(piece)) + text[at:]


def damaged(text: str, dice: Random) -> str:
    """Damage the text as real documents are, far above the usual rate."""
    return damage(text, dice.choice(tuple(KINDS)), dice.choice((100, 3000, 100_000)), dice)


MOVES: tuple[TextMove, ...] = (
    splinter,
    splinter,
    move_lines,
    shuffle_letters,
    other_letters,
    endless,
    damaged,
)


def change(text: str, dice: Random) -> str:
    """Return a text after one to three mutations."""
    for _ in range(dice.randint(1, 3)):
        text = dice.choice(MOVES)(text, dice)
    return text


def mutate(data: bytes, dice: Random, seeds: Sequence[bytes]) -> bytes:
    """Return a text file with its words, its encoding or its bytes changed."""
    if dice.random() < 0.7:
        text = change(data.decode("utf-8", "replace"), dice)
        codec = dice.choice(_CODECS) if dice.random() < 0.25 else "utf-8"
        data = text.encode(
            codec, "surrogatepass" if codec.startswith(("utf-8", "utf-16", "utf-32")) else "replace"
        )
    if dice.random() < 0.4:
        data = byte_moves.mutate(data, dice, seeds)
    return data[: byte_moves.LARGEST]
