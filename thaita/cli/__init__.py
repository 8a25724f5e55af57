"""The command `thaita`: one module for each command."""
