"""Score records against labelled papers, a row a kind of statement, and count what each rule got right."""

from kg.evaluation.rules import rule_counts
from kg.evaluation.scores import Report, evaluate
from kg.evaluation.tables import error_rows, rule_rows, score_rows

__all__ = ["Report", "error_rows", "evaluate", "rule_counts", "rule_rows", "score_rows"]
