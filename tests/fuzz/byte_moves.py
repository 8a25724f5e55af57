"""Mutations of the bytes of any file: flip, truncate, duplicate, delete, insert and splice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

Move = Callable[[bytes, Random], bytes]
Mutate = Callable[[bytes, Random, Sequence[bytes]], bytes]

LARGEST = 500_000
"""Maximum size of a mutated file in bytes; a larger one is truncated, so that its size does not dominate its time."""
_TOKENS = (
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\n",
    b"\t",
    b" ",
    b"-1",
    b"99999999999",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x00",
)


def flip(data: bytes, dice: Random) -> bytes:
    """Change up to 16 bytes."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 16) if changed else 0):
        at = dice.randrange(len(changed))
        changed[at] = dice.choice((changed[at] ^ 1 << dice.randrange(8), dice.randrange(256)))
    return bytes(changed)


def cut(data: bytes, dice: Random) -> bytes:
    """Keep the beginning or the end."""
    at = dice.randint(0, len(data))
    return data[:at] if dice.random() < 0.7 else data[at:]


def lose(data: bytes, dice: Random) -> bytes:
    """Delete a block."""
    start, end = block(data, dice)
    return data[:start] + data[end:]


def double(data: bytes, dice: Random) -> bytes:
    """Repeat a block."""
    start, end = block(data, dice)
    return data[:start] + data[start:end] * dice.choice((2, 2, 3, 20)) + data[end:]


def insert(data: bytes, dice: Random) -> bytes:
    """Insert a few bytes."""
    at = dice.randint(0, len(data))
    return data[:at] + dice.choice(_TOKENS) * dice.choice((1, 1, 2, 50)) + data[at:]


def splice(data: bytes, other: bytes, dice: Random) -> bytes:
    """Return the beginning of one file with the end of another, or with a block of it inserted."""
    start, end = block(other, dice)
    at = dice.randint(0, len(data))
    return data[:at] + (other[start:] if dice.random() < 0.5 else other[start:end] + data[at:])


def block(data: bytes, dice: Random) -> tuple[int, int]:
    """Return a range of the file, short more often than long."""
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.choice((1, 4, 16, 64, 512, 4096)))


MOVES: tuple[Move, ...] = (flip, flip, cut, lose, double, insert)


def mutate(data: bytes, dice: Random, seeds: Sequence[bytes]) -> bytes:
    """Return a file after one to three mutations of its bytes."""
    for _ in range(dice.randint(1, 3)):
        if dice.random() < 0.2:
            data = splice(data, dice.choice(seeds), dice)
        else:
            data = dice.choice(MOVES)(data, dice)
    return data[:LARGEST]
