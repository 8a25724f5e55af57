"""Strings to values: a small module for each kind of value, with a plain function a person can call."""
