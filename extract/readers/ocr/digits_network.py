"""The neural network of the digit recognizer in NumPy: convolutions over a line, one output for two columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

THAI = "๐๑๒๓๔๕๖๗๘๙"
LETTER = "\ufffd"
"""The label of any run of characters outside numbers: letters, brackets."""

ALPHABET = THAI + "0123456789" + ".,%-/" + LETTER
"""The characters of the network's outputs 1, 2 …; output 0 is the CTC blank."""

EDGE = 8
"""Columns of paper added to the right of every line, as in training."""

POOLED = ("conv2", "conv4")
"""Layers after which the maximum of each two rows is kept."""

CONVOLUTIONS = ("conv2", "conv3", "conv4", "conv5")
CONTEXT = (("context1", 1), ("context2", 3))


@dataclass(frozen=True, slots=True)
class Network:
    """The trained weights, and the calibration maps from scores to probabilities.

    `line_map` and `character_map` are points of increasing functions, as rows (score, probability).
    """

    weights: Mapping[str, Array]
    line_map: Array
    character_map: Array

    def __call__(self, line: Array) -> Array:
        """Return log probabilities, (columns / 2, characters + 1), for a line (32, columns) of ink 0..1."""
        data = np.pad(line, ((0, 0), (0, EDGE + line.shape[1] % 2)))[:, :, None]
        data = relu(self.convolve("conv1", data, pad_rows=2, stride=2))
        for name in CONVOLUTIONS:
            data = relu(self.convolve(name, data, pad_rows=1))
            if name in POOLED:
                data = np.maximum(data[0::2], data[1::2])
        data = relu(self.convolve("collapse", data))
        for name, dilation in CONTEXT:
            data = data + relu(self.convolve(name, data, dilation=dilation))
        return log_softmax(data[0] @ self.weights["out.weight"] + self.weights["out.bias"])

    def convolve(
        self, name: str, data: Array, pad_rows: int = 0, dilation: int = 1, stride: int = 1
    ) -> Array:
        """Return the convolution of (rows, columns, channels); columns are padded so that none is lost."""
        kernel = self.weights[name + ".weight"]  # (rows, columns, channels in, channels out)
        high, wide, channels, answers = kernel.shape
        margin = dilation * (wide // 2)
        filled = np.pad(data, ((pad_rows, pad_rows), (margin, margin), (0, 0)))
        height, width = data.shape[0] + 2 * pad_rows - high + 1, data.shape[1]
        rows, columns = -(-height // stride), -(-width // stride)
        patches = np.empty((rows, columns, high * wide, channels), dtype=np.float32)
        for row in range(high):
            for column in range(wide):
                start = column * dilation
                part = filled[row : row + height : stride, start : start + width : stride]
                patches[:, :, row * wide + column] = part
        flat = patches.reshape(rows * columns, -1) @ kernel.reshape(-1, answers)
        return np.asarray(flat + self.weights[name + ".bias"]).reshape(rows, columns, answers)


def relu(data: Array) -> Array:
    """Return the data with negative values set to 0."""
    return np.maximum(data, np.float32(0))


def log_softmax(data: Array) -> Array:
    """Return the log softmax of each row."""
    raised = data - data.max(axis=1, keepdims=True)
    return np.asarray(raised - np.log(np.exp(raised).sum(axis=1, keepdims=True)))


@cache
def trained_network() -> Network:
    """Return the network that ships with the program, loaded once."""
    with files("thaita.extract.readers.ocr.data").joinpath("digits.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        arrays = {name: np.asarray(stored[name], dtype=np.float32) for name in stored.files}
    return Network(arrays, arrays.pop("line_map"), arrays.pop("character_map"))
