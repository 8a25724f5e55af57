"""Output: datasets, the site, the review page, and verdicts."""
