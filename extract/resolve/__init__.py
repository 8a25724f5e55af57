"""Resolution of candidates to records with provenance and flags, and the list of unread text."""
