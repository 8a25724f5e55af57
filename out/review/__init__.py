"""The review page: every extracted value beside its source."""
