"""`python -m thaita` is the command `thaita`."""

from thaita.cli import main

if __name__ == "__main__":
    main()
