"""Check reports for completeness and consistency against the rules of their year."""

from thaita.check.judge import Judged
from thaita.check.rulebook import Rulebook, own_rules, read_rules
from thaita.models.verdicts import Rule, Verdict

__all__ = ["Judged", "Rule", "Rulebook", "Verdict", "own_rules", "read_rules"]
