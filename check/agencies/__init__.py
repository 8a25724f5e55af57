"""The register of agencies: every name in a dataset belongs to one agency, or is refused with its candidates."""
