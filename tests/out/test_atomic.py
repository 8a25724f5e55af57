"""A folder is replaced completely or not at all, even if the process is killed at any step."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from thaita.out.atomic import exchange, whole_folder

KILLED_AT = """
import os, pathlib, shutil, signal, sys
from thaita.out import atomic

names, step, exchanging, target = ("mkdir", "rename", "rmtree", "unlink"), *sys.argv[1:]
left = int(step)

def counted(call):
    def maybe_killed(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **kwargs)
    return maybe_killed

for name in ("mkdir", "rename", "unlink"):
    setattr(pathlib.Path, name, counted(getattr(pathlib.Path, name)))
shutil.rmtree = counted(shutil.rmtree)
atomic.exchange = counted(atomic.exchange if exchanging == "yes" else lambda *_: False)
with atomic.whole_folder(pathlib.Path(target), lambda _: None) as folder:
    (folder / "new.txt").write_text("new")
print("done")
"""


def steps(target: Path, exchanging: str, step: int) -> bool:
    """Replace a folder in a process that kills itself before a step; return whether the process finished."""
    line = [sys.executable, "-c", KILLED_AT, str(step), exchanging, str(target)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode == 0


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("exchanging", ["yes", "no"])
def test_a_kill_at_any_step_leaves_the_old_folder_or_the_new_one(tmp_path, exchanging):
    seen, whole, step = [], False, 0
    while not whole:
        step += 1
        place = tmp_path / str(step)
        (place / "dataset").mkdir(parents=True)
        (place / "dataset" / "old.txt").write_text("old")
        whole = steps(place / "dataset", exchanging, step)
        if exchanging == "yes":  # there is no moment without a dataset
            assert names(place / "dataset") in (["old.txt"], ["new.txt"])
        with pytest.raises(ZeroDivisionError), whole_folder(place / "dataset", lambda _: None):
            raise ZeroDivisionError  # the next run puts right what the last one left, whatever becomes of itself
        assert names(place) == ["dataset"]
        seen += names(place / "dataset")
    assert step > 3
    assert seen == sorted(seen, reverse=True)  # old until one step, new from then on
    assert set(seen) == {"old.txt", "new.txt"}


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is a call of Linux")
def test_two_folders_are_swapped_in_one_step(tmp_path):
    for name in ("one", "ชุดข้อมูล"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not exchange(tmp_path / "one", tmp_path / "ชุดข้อมูล"):
        pytest.skip("this file system exchanges no folders")
    assert names(tmp_path / "one") == ["ชุดข้อมูล"]
    assert not exchange(tmp_path / "one", tmp_path / "none")
    assert os.listdir(tmp_path / "ชุดข้อมูล") == ["one"]  # noqa: PTH208
