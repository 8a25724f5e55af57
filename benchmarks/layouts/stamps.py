"""The stamp of the registry on a scanned letter: a frame at the head of the first page, filled in by hand."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageFont

FONT = "Garuda.ttf"
SHARE = 0.3
"""Share of scans that are stamped."""
WIDTH, HEIGHT = 360, 170
"""Size of the frame in dots."""
MARGIN = 20
INK = 95
MONTHS = ("ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.")


def stamp(page: Image.Image, random: Random) -> None:
    """Stamp a grey page at its upper right corner, in the margin."""
    font = ImageFont.truetype(FONT, 26)
    lines = (
        f"เลขที่รับ  {random.randint(100, 9999)}",
        f"วันที่  {random.randint(1, 28)} {random.choice(MONTHS)}",
        f"เวลา  {random.randint(8, 16):02}.{random.randint(0, 59):02} น.",
    )
    mark = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(mark)
    draw.rectangle((2, 2, WIDTH - 3, HEIGHT - 3), outline=INK, width=3)
    for at, line in enumerate(lines):
        draw.text((18, 12 + 48 * at), line, fill=INK, font=font)
    mark = mark.rotate(random.uniform(-3, 3), Image.Resampling.BICUBIC, fillcolor=255)
    page.paste(mark, (page.width - WIDTH - MARGIN, MARGIN))
