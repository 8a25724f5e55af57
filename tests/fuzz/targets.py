"""All fuzz targets by name."""

from __future__ import annotations

from fuzz.datasets import DATASETS
from fuzz.normalizers import NORMALIZERS
from fuzz.readers import READERS, Target

TARGETS: dict[str, Target] = {target.name: target for target in (*READERS, *NORMALIZERS, *DATASETS)}
"""Every target by its name."""
