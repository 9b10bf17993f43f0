"""Lay an evaluation out as rows of cells, for a terminal, JSON or the docs."""

from __future__ import annotations

from collections.abc import Mapping

from kg.evaluation.scores import Count, Report

__all__ = ["error_rows", "rule_rows", "score_rows"]


def score_rows(report: Report) -> list[dict[str, object]]:
    """Give a row a kind of statement with precision, recall and F1, then the accuracies."""
    rows: list[dict[str, object]] = [
        {"row": name, "precision": round(c.precision, 4), "recall": round(c.recall, 4), "f1": round(c.f1, 4),
         "found": c.found, "wrong": c.wrong, "missed": c.missed} for name, c in report.rows.items()]
    return rows + [{"row": name, "accuracy": round(sum(right) / len(right), 4), "of": len(right)}
                   for name, right in report.accuracies.items()]


def error_rows(report: Report, row: str) -> list[dict[str, object]]:
    """Give what was missed and wrong in one row; raises KeyError for a row that there is not."""
    if row not in report.rows:
        raise KeyError(row)
    return [{"kind": kind, "paper": paper, "what": what} for kind, paper, what in report.errors[row]]


def rule_rows(counts: Mapping[tuple[str, str], Count], *, least: int = 1) -> list[dict[str, object]]:
    """Give a row a rule that fired `least` times: how often, right, wrong, and its precision."""
    kept = [(kind, rule, c) for (kind, rule), c in counts.items() if c.found + c.wrong >= least]
    return [{"type": kind, "rule": rule, "fired": c.found + c.wrong, "right": c.found, "wrong": c.wrong,
             "precision": round(c.precision, 3)}
            for kind, rule, c in sorted(kept, key=lambda k: (k[0], -(k[2].found + k[2].wrong), k[1]))]
