"""The reviewer's page: every value beside its source."""
