"""Train the digit recognizer and write its weights, `extract/readers/ocr/data/digits.npz`.

usage: DIGIT_FONTS=FOLDER OMP_WAIT_POLICY=PASSIVE python benchmarks/train_digits.py [--lines N]
       [--epochs N] [--seed N] [--out FILE]

Needs PyTorch (CPU) beside thaita's own dependencies and fonttools, and the fonts that `digits_lines.py`
names. Lines are drawn in the training families and scanned, a CRNN is trained on them with CTC, and
the maps from its scores to probabilities are fitted on the calibration families. The same seed, fonts
and machine give the same weights.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass
from difflib import SequenceMatcher
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np
import torch
from digits_lines import CALIBRATION, LIBERATION, TEST, Face, families, font_folder, label, line, scan_line
from digits_scan import Scan
from torch import nn
from torch.nn import functional

from thaita.extract.readers.ocr.digits import best_path
from thaita.extract.readers.ocr.digits_image import HEIGHT, views
from thaita.extract.readers.ocr.digits_network import (
    ALPHABET,
    CONTEXT,
    CONVOLUTIONS,
    EDGE,
    HALVED,
    LETTER,
    Network,
)

OUT = Path(__file__).parent.parent / "extract/readers/ocr/data/digits.npz"
OFTEN = {
    "sarabun": 4,
    "Norasi": 2,
    "Garuda": 2,
    "bai-jamjuree": 2,
    "LiberationSans": 0.5,
    "LiberationSerif": 0.5,
}
"""How many times more often than others a family is drawn: the usual fonts of offices."""


WIDEST = 112
"""Channels of the last layers."""


@dataclass(frozen=True)
class Sample:
    """A line: its views as bytes (0 paper, 255 ink) and its text."""

    views: tuple[np.ndarray, ...]
    text: str


class Crnn(nn.Module):
    """The network of `digits_network`, with batch normalization, for training."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.ModuleDict({"conv1": _block(1, 16, (5, 5), (2, 2), stride=2)})
        widths = {"conv2": (16, 32), "conv3": (32, 64), "conv4": (64, 64), "conv5": (64, 80)}
        self.blocks.update({name: _block(*pair, (3, 3), (1, 1)) for name, pair in widths.items()})
        self.blocks["collapse"] = _block(80, WIDEST, (4, 3), (0, 1))
        for name, dilation in CONTEXT:
            self.blocks[name] = _block(WIDEST, WIDEST, (1, 3), (0, dilation), (1, dilation))
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(WIDEST, len(ALPHABET) + 1)

    def forward(self, data: torch.Tensor) -> torch.Tensor:
        """Return raw outputs, (columns / 2, lines, labels), of lines (lines, 1, 32, columns)."""
        for name in ("conv1", *CONVOLUTIONS, "collapse"):
            data = self.blocks[name](data)
            if name in HALVED:
                data = functional.max_pool2d(data, (2, 1))
        for name, _ in CONTEXT:
            data = data + self.blocks[name](data)
        return self.out(self.drop(data[:, :, 0].permute(2, 0, 1)))

    def exported(self) -> dict[str, np.ndarray]:
        """Return the weights in the format of `Network`, with batch normalization folded in."""
        arrays = {"out.weight": self.out.weight.T, "out.bias": self.out.bias}
        for name, (conv, norm, _) in self.blocks.items():
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            arrays[name + ".weight"] = (conv.weight * scale[:, None, None, None]).permute(2, 3, 1, 0)
            arrays[name + ".bias"] = norm.bias - norm.running_mean * scale
        return {name: array.detach().numpy().astype(np.float16) for name, array in arrays.items()}


def _block(
    before: int,
    after: int,
    size: tuple[int, int],
    pad: tuple[int, int],
    dilation: tuple[int, int] = (1, 1),
    stride: int = 1,
) -> nn.Sequential:
    conv = nn.Conv2d(before, after, size, padding=pad, dilation=dilation, stride=stride, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(after), nn.ReLU())


def samples(job: tuple[list[str], int, int]) -> list[Sample]:
    """Return a number of lines of the named families, drawn with a given seed."""
    names, count, seed = job
    rng = random.Random(seed)
    installed = {name: faces for name, faces in families(font_folder(), quiet=True).items() if name in names}
    weights = [OFTEN.get(name, 1) for name in installed]
    made = []
    while len(made) < count:
        face: Face = rng.choice(installed[rng.choices(list(installed), weights)[0]])
        thai = rng.random() < 0.6 and face.family not in LIBERATION
        pieces = line(rng, thai) if face.family not in LIBERATION else line(rng, False)[:1]
        pieces = pieces if face.family not in LIBERATION or all(number for _, number in pieces) else []
        scan = Scan(rng.choice((150, 200, 200, 250, 300, 300)), rng.random() ** 1.4)
        smallest = 11 if scan.dpi > 180 else 12
        found = views(scan_line(pieces, face, rng.uniform(smallest, 19), scan, rng), scan.dpi)
        if found and found[0].shape[1] <= 700:
            made.append(Sample(tuple((view * 255).astype(np.uint8) for view in found), label(pieces, LETTER)))
    return made


def drawn_lines(names: list[str], count: int, seed: int) -> list[Sample]:
    """Return lines of the named families, drawn on all processors."""
    part = 1000
    jobs = [(names, part, seed * 1_000_003 + index) for index in range(-(-count // part))]
    with Pool() as pool:
        return [sample for made in pool.imap(samples, jobs) for sample in made][:count]


def augmented(view: np.ndarray, rng: random.Random) -> np.ndarray:
    """Return a view slightly shifted, stretched, faded or with grain."""
    across, down = rng.uniform(0.85, 1.18), rng.uniform(0.92, 1.08)
    width = max(8, round(view.shape[1] * across))
    shift = rng.uniform(-1.5, 1.5) + HEIGHT / 2 * (1 - down)
    matrix = np.array([[across, rng.uniform(-0.08, 0.08), 0], [0, down, shift]], dtype=np.float32)
    matrix[0, 2] = -matrix[0, 1] * HEIGHT / 2
    moved = cv2.warpAffine(view, matrix, (width, HEIGHT)).astype(np.float32) / 255
    return np.clip(moved, 0, 1) ** rng.uniform(0.75, 1.35)


def batches(lines: list[Sample], size: int, rng: random.Random) -> list[list[Sample]]:
    """Return the lines in batches of similar width, in random order."""
    order = sorted(lines, key=lambda sample: sample.views[0].shape[1] * rng.uniform(0.9, 1.1))
    parts = [order[at : at + size] for at in range(0, len(order), size)]
    rng.shuffle(parts)
    return parts


def loss_of(model: Crnn, batch: list[Sample], rng: random.Random) -> torch.Tensor:
    """Return the CTC loss of a batch, each line in one of its views, augmented."""
    inks = [augmented(rng.choice(sample.views), rng) for sample in batch]
    widths = [ink.shape[1] + EDGE + ink.shape[1] % 2 for ink in inks]
    # Few widths: PyTorch prepares each shape separately.
    data = torch.zeros(len(inks), 1, HEIGHT, -(-max(widths) // 32) * 32)
    for row, ink in zip(data, inks, strict=True):
        row[0, :, : ink.shape[1]] = torch.from_numpy(ink)
    targets = torch.tensor([ALPHABET.index(c) + 1 for sample in batch for c in sample.text], dtype=torch.long)
    lengths = torch.tensor([len(sample.text) for sample in batch])
    steps = torch.tensor([width // 2 for width in widths])
    with torch.autocast("cpu", torch.bfloat16):
        answers = model(data.contiguous(memory_format=torch.channels_last))
    return functional.ctc_loss(answers.float().log_softmax(2), targets, steps, lengths, zero_infinity=True)


def train(lines: list[Sample], epochs: int, rng: random.Random) -> Crnn:
    """Return a network trained on the lines."""
    model, size = Crnn().to(memory_format=torch.channels_last), 48
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-2)
    steps = epochs * -(-len(lines) // size)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2.5e-3, total_steps=steps, pct_start=0.12)
    begun, mean = time.time(), 3.0
    for epoch in range(epochs):
        for number, batch in enumerate(batches(lines, size, rng)):
            optimiser.zero_grad()
            loss = loss_of(model, batch, rng)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            plan.step()
            mean = 0.99 * mean + 0.01 * loss.item()
            if number % 200 == 0:
                print(f"epoch {epoch} batch {number} loss {mean:.4f} {time.time() - begun:.0f} s", flush=True)
    return model.eval()


def isotonic_points(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return points (score, probability) of the best-fitting increasing function (isotonic regression)."""
    order = np.argsort(scores)
    blocks: list[list[float]] = []
    for part in np.array_split(order, max(2, len(order) // 60)):
        # One right and one wrong case are added, so that no probability is 0 or 1.
        blocks.append([float(scores[part].mean()), float(right[part].sum()) + 0.2, len(part) + 0.4])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            late, early = blocks.pop(), blocks.pop()
            total = early[2] + late[2]
            middle = (early[0] * early[2] + late[0] * late[2]) / total
            blocks.append([middle, early[1] + late[1], total])
    return np.array([[score for score, _, _ in blocks], [hits / total for _, hits, total in blocks]])


def calibrated(arrays: dict[str, np.ndarray], lines: list[Sample]) -> dict[str, np.ndarray]:
    """Return the maps from scores to probabilities, fitted on lines outside the training set."""
    empty = np.zeros((2, 1), dtype=np.float32)
    network = Network({name: array.astype(np.float32) for name, array in arrays.items()}, empty, empty)
    scores, right, peaks, fits = [], [], [], []
    for sample in lines:
        labels, score, clear = best_path([network(view.astype(np.float32) / 255) for view in sample.views])
        text = "".join(ALPHABET[number - 1] for number in labels)
        scores.append(score)
        right.append(text == sample.text)
        same = SequenceMatcher(None, text, sample.text, autojunk=False).get_matching_blocks()
        known = {at for block in same for at in range(block.a, block.a + block.size)}
        peaks += clear
        fits += [at in known for at in range(len(text))]
    print(f"calibration lines {len(lines)}: right {np.mean(right):.4f}, characters {np.mean(fits):.4f}")
    return {
        "line_map": isotonic_points(np.array(scores), np.array(right)).astype(np.float32),
        "character_map": isotonic_points(np.array(peaks), np.array(fits)).astype(np.float32),
    }


def main() -> None:
    """Train, calibrate and write the network."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=60_000)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    held = {*TEST, *CALIBRATION}
    names = [name for name in families(font_folder()) if name not in held]
    begun = time.time()
    lines = drawn_lines(names, options.lines, options.seed)
    print(f"{len(lines)} lines of {len(names)} families drawn in {time.time() - begun:.0f} s", flush=True)
    arrays = train(lines, options.epochs, random.Random(options.seed)).exported()
    arrays |= calibrated(arrays, drawn_lines(CALIBRATION, 6_000, options.seed + 1))
    with options.out.open("wb") as file:
        np.savez_compressed(file, **arrays)
    print(f"{options.out}: {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
