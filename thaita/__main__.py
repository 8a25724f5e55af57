"""Run the command `thaita` as `python -m thaita`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Python puts the current folder first, and an archive may contain a `pydantic.py`
    if not sys.flags.safe_path and sys.path and Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    from thaita.cli.main import main

    main()
