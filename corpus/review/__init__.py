"""Decisions of reviewers on extracted values: recording, validation, application and undoing."""
