"""Count what was found, wrong and missed, row by row, and how often role, type and kind were right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.evaluation.matching import Item, fold_url, fold_value, group_of, pair

__all__ = ["Count", "Report", "evaluate"]

GROUPS = {"Method": "Method (all)", "Data": "Dataset+Benchmark", "Metric": "Metric", "Task": "Task"}
RESULT_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Result value", ()), ("Result +metric", ("metric",)), ("Result +metric+dataset", ("metric", "dataset")),
    ("Result +metric+dataset+method", ("metric", "dataset", "method")))
_SILENT: Mapping[str, Sequence[Any]] = {"entities": (), "repos": (), "results": (), "relations": ()}


@dataclass(slots=True)
class Count:
    """Found, wrong and missed of one row."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Give the share of what was said that is right, 0 where nothing was said."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Give the share of what there is that was found, 0 where there is nothing."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Report:
    """The rows of an evaluation, and what lies behind them."""

    rows: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    accuracies: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))

    def tally(self, row: str, paper: str, found: Iterable[Any], wrong: Iterable[Any], missed: Iterable[Any]) -> None:
        """Add one paper's outcome to a row."""
        count = self.rows[row]
        said = {"missed": sorted(map(str, missed)), "wrong": sorted(map(str, wrong))}
        count.found += len(list(found))
        count.wrong += len(said["wrong"])
        count.missed += len(said["missed"])
        self.errors[row] += [(kind, paper, what) for kind, names in said.items() for what in names]


def evaluate(gold: Mapping[str, Item], predicted: Mapping[str, Item]) -> Report:
    """Score predicted records against labelled papers, both by paper id, as JSON objects."""
    report = Report()
    for paper, labelled in gold.items():
        said = predicted.get(paper, _SILENT)
        names = _entities(report, paper, labelled["entities"], said["entities"])
        _repositories(report, paper, labelled["repos"], said["repos"])
        _relations(report, paper, labelled["relations"], said["relations"], names)
        _results(report, paper, labelled["results"], said["results"], names)
    return report


def _entities(report: Report, paper: str, gold: Sequence[Item], said: Sequence[Item]) -> dict[str, str]:
    """Tally all entity rows; gives predicted name → labelled name of what matched."""
    names: dict[str, str] = {}
    for group, row in GROUPS.items():
        of_gold, of_said = ([e for e in side if group_of(e) == group] for side in (gold, said))
        pairs = _tally_pairs(report, row, paper, of_gold, of_said)
        names.update({theirs["name"]: ours["name"] for ours, theirs in pairs})
        _accuracies(report, group, [p for p in pairs if not p[0].get("optional")])
        if group == "Method":
            _method_rows(report, paper, of_gold, of_said, pairs)
    return names


def _tally_pairs(report: Report, row: str, paper: str, gold: Sequence[Item],
                 said: Sequence[Item]) -> list[tuple[Item, Item]]:
    pairs = pair(gold, said)
    of_gold, of_said = {id(g) for g, _ in pairs}, {id(s) for _, s in pairs}
    report.tally(row, paper, {g["name"] for g, _ in pairs if not g.get("optional")},
                 {s["name"] for s in said if id(s) not in of_said},
                 {g["name"] for g in gold if id(g) not in of_gold and not g.get("optional")})
    return pairs


def _accuracies(report: Report, group: str, pairs: Iterable[tuple[Item, Item]]) -> None:
    for gold, said in pairs:
        report.accuracies[f"{group} role acc"].append(gold.get("role") == said.get("role"))
        if group == "Data":
            report.accuracies["Data type acc"].append(gold["type"] == said["type"])
        if group == "Method":
            report.accuracies["Method kind acc"].append(gold.get("kind") == said.get("kind"))


def _method_rows(report: Report, paper: str, gold: Sequence[Item], said: Sequence[Item],
                 pairs: Iterable[tuple[Item, Item]]) -> None:
    """Tally named, term and proposed methods apart; what matched one of the other kind counts in neither row."""
    partner = {id(a): b for a, b in pairs} | {id(b): a for a, b in pairs}

    def of_kind(side: Sequence[Item], kind: str) -> list[Item]:
        return [e for e in side if e.get("kind") == kind and partner.get(id(e), e).get("kind") == kind]

    def proposed(side: Sequence[Item]) -> list[Item]:
        kept = (e for e in side if e.get("role") == "proposed" and e.get("kind") == "named")
        return [e for e in kept if (partner.get(id(e), e).get("role"), partner.get(id(e), e).get("kind"))
                != ("proposed", "term")]

    for kind in ("named", "term"):
        _tally_pairs(report, f"Method ({kind})", paper, of_kind(gold, kind), of_kind(said, kind))
    _tally_pairs(report, "Method (proposed)", paper, proposed(gold), proposed(said))


def _repositories(report: Report, paper: str, gold: Sequence[Item], said: Sequence[Item]) -> None:
    of_gold, of_said = ({fold_url(r["url"]): r for r in side} for side in (gold, said))
    both = of_gold.keys() & of_said.keys()
    missed = {url for url in of_gold.keys() - both if not of_gold[url].get("optional")}
    report.tally("Repo URL", paper, both, of_said.keys() - both, missed)
    for url in both:
        report.accuracies["Repo kind acc"].append(of_gold[url]["kind"] == of_said[url]["kind"])


def _relations(report: Report, paper: str, gold: Sequence[Item], said: Sequence[Item],
               names: Mapping[str, str]) -> None:
    def triple(relation: Item) -> tuple[str, str, str]:
        return relation["head"], relation["rel"], relation["tail"]

    need = {triple(r) for r in gold if not r.get("optional")}
    optional = {triple(r) for r in gold if r.get("optional")}
    got = {(names.get(h, f"?{h}"), rel, names.get(t, f"?{t}")) for h, rel, t in map(triple, said)} - optional
    report.tally("Relation", paper, need & got, got - need, need - got)
    for rel in sorted({rel for _, rel, _ in need | got}):
        ours, theirs = ({t for t in side if t[1] == rel} for side in (need, got))
        report.tally(f"  {rel}", paper, ours & theirs, theirs - ours, ours - theirs)


def _results(report: Report, paper: str, gold: Sequence[Item], said: Sequence[Item],
             names: Mapping[str, str]) -> None:
    optional = {fold_value(str(r["value"])) for r in gold if r.get("optional")}
    for row, slots in RESULT_ROWS:
        need = {(fold_value(str(r["value"])), *(r.get(slot) for slot in slots))
                for r in gold if not r.get("optional")}
        got = {(fold_value(str(r["value"])), *(names.get(r[slot], "?") if r.get(slot) else None for slot in slots))
               for r in said}
        got = {r for r in got if r in need or r[0] not in optional}
        report.tally(row, paper, need & got, got - need, need - got)
