"""Coverage-guided fuzzing: python tests/fuzz TARGET [FOLDER] [LIBFUZZER OPTION …].

FOLDER stores the corpus, which a later run continues; inputs that break an invariant are stored beside it as
FOLDER-crash-…. Without FOLDER a run starts from the seeds. `python tests/fuzz --list` lists the targets;
`python tests/fuzz TARGET INPUT …` checks the given files and stops. Needs `pip install -e '.[fuzz]'`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from random import Random

TESTS = Path(__file__).resolve().parents[1]
sys.path[0] = str(TESTS)  # run as a folder, python looks for modules in the folder itself
MOST = 2000
"""Maximum number of seeds for a run."""


def main(arguments: list[str]) -> int:
    """Fuzz one target until it fails or is stopped; return the exit status."""
    import atheris

    with atheris.instrument_imports(include=["thaita"]):
        from fuzz.targets import TARGETS
    if not arguments or arguments[0] not in TARGETS:
        print("\n".join(TARGETS) if arguments == ["--list"] else __doc__)
        return 0 if arguments == ["--list"] else 2
    target, rest = TARGETS[arguments[0]], arguments[1:]
    paths = [Path(one) for one in rest if not one.startswith("-")]
    if paths and all(path.is_file() for path in paths):
        print(*(f"{path}: {target.check(path.read_bytes())}" for path in paths), sep="\n")
        return 0
    options = [one for one in rest if one.startswith("-")]

    def one_input(data: bytes) -> None:
        target.check(data)

    def changed(data: bytes, most: int, seed: int) -> bytes:
        dice = Random(seed)
        plain = atheris.Mutate(data, most) if dice.random() < 0.3 else b""
        return (plain or target.mutate(data, dice, target.seeds()))[:most]

    with tempfile.TemporaryDirectory() as name:
        seeds = Path(name)
        for i, data in enumerate(sorted(set(target.seeds()))[:MOST]):
            (seeds / f"{i}").write_bytes(data)
        for folder in paths[:1]:
            folder.mkdir(parents=True, exist_ok=True)
            options.append(f"-artifact_prefix={folder}-")
        os.environ.setdefault("THAITA_CACHE", str(seeds.parent / "thaita-fuzz-cache"))
        atheris.Setup(
            [sys.argv[0], *options, *map(str, paths[:1]), str(seeds)], one_input, custom_mutator=changed
        )
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
