"""Agencies' own reports beside lists of official results, for a terminal, a browser and programs."""
