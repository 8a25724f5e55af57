"""The version of the program, stored with its results."""

__version__ = "0.1.0"
