"""Say what kind of statement a result's number makes: form, unit, setting, split, direction, whose it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extractors.claim_cues import others_claim
from extractors.clauses import Item, Place, View
from extractors.form_cues import around, behind, cues, said_form, said_relative
from extractors.linear import score
from extractors.metric_directions import is_better_higher, is_share
from extractors.numbers import Number, normalize, plain
from extractors.owners import owners
from extractors.parallel import runs
from extractors.records import Result
from extractors.result_features import Groups
from extractors.settings import Settings
from extractors.word_kinds import word_kinds

__all__ = ["FORMS", "choose_forms", "describe"]

FORMS = ("absolute", "gain", "reduction", "ratio")
_REACH = 120  # characters before a number in which it is looked for whose it is
_TIES = frozenset({"by", "for", "from", "of", "with"})  # words that tie a number to the name behind it
_LAST = frozenset({"and", "or", "&", "/"})  # what stands before the last member of a list
_REACHES = re.compile(r"(?:achiev|attain|obtain|reach|scor|yield)(?:e|es|ed|s)?|gets?|got", re.IGNORECASE)
_WORDS = 24  # words before a number in which it is looked for whose it is
_ENTITIES = 200  # entities among which a proposed method is looked for: no number has one of the others


def choose_forms(view: View, groups: Groups, features: Mapping[int, list[str]],
                 models: Mapping[str, Any]) -> dict[int, str]:
    """Choose the form of each number that has features: absolute, gain, reduction or ratio.

    It is "none" where the words say that a number is no result. A list has one form: of 335 lists of like numbers in
    labelled papers, none has two. So has a run of them (`parallel.py`).
    """
    lists: dict[tuple[int, int, str, bool], list[int]] = {}
    for sentence in range(len(groups)):
        for at, group in enumerate(runs(view, groups, sentence)):
            for ref in (view.items[sentence][position].ref for position in group):
                if ref in features:
                    number = view.numbers[ref]
                    lists.setdefault((sentence, at, number.unit_class, number.signed), []).append(ref)
    forms = ((refs, _form_of(view, refs, features, models)) for refs in lists.values())
    return {ref: form for refs, form in forms for ref in refs}


def _form_of(view: View, refs: Sequence[int], features: Mapping[int, list[str]], models: Mapping[str, Any]) -> str:
    """Choose the form of like numbers of a list: what a cue says, else what the weights say of all of them."""
    number = view.numbers[refs[0]]
    if number.unit_class == "times":
        return "ratio"
    changed = any(_said_change(view, ref) for ref in refs)
    unsaid = {None, "absolute"} if changed or number.signed else {None}
    said = [form for form in (said_form(view, ref) for ref in refs) if form not in unsaid]
    if said:
        return said[0] or "absolute"
    plain_unit = number.unit_class in ("none", "percent", "points")
    if not plain_unit and not number.signed and not any(_changes(view, ref) for ref in refs):
        return "absolute"
    forms = FORMS[1:] if changed else FORMS
    return max(forms, key=lambda form: (sum(score(models[form], features[ref]) for ref in refs), -forms.index(form)))


def _changes(view: View, ref: int) -> bool:
    """Say whether the words beside a number speak of a change: more, less, by, up to a gain."""
    place = view.number_places[ref]
    items = view.items[place.sentence]
    near = items[max(0, place.position - 6):place.position + 6]
    return any(word_kinds(i.word) & {"win", "change"} for i in near)


def _said_change(view: View, ref: int) -> bool:
    """Say whether the words before or after a number, or the list that it is in, call it a change: no score then."""
    text, at = around(view, ref)
    after = behind(view, ref)
    return any(pattern.search(text, 0, at) for _, pattern in cues("change")) or any(
        pattern.search(after) for _, pattern in cues("changed"))


def _cued(field: str, text: str) -> bool:
    """Say whether a cue of a field stands in a text."""
    return any(pattern.search(text) for _, pattern in cues(field))


def _unit(view: View, ref: int) -> str | None:
    number = view.numbers[ref]
    if number.unit is None and re.match(r"\s+(?:[\w@-]+\s+){0,2}(?:points?|pts)\b", behind(view, ref)[:24]):
        return "points"
    return number.unit


def _relative(view: View, ref: int, form: str, unit: str | None) -> bool | None:
    if form not in ("gain", "reduction"):
        return None
    return False if unit == "points" else said_relative(view, ref)


def _whose(view: View, ref: int, form: str, method: str | None) -> tuple[str | None, str]:
    """Give the method of a number and whether the number is the paper's own or cited.

    What the paper proposes holds no number of others': "FooNet beats the previous best of 83.1%" gives none, and no
    score that it is compared with: "81.2%, compared with 80.4% for BarNet" gives BarNet. (Of 21 such scores in labelled
    papers none was the proposed method's.)
    """
    number, place = view.numbers[ref], view.number_places[ref]
    lead = view.text[max(view.sentences[place.sentence][0], number.start - 2 * _REACH):number.start]
    tied = form == "absolute" and ref in owners(view)
    single = form == "absolute" and len(number.values) == 1
    record = single and _cued("record", lead[-_REACH:])
    beside = (method is None or form == "absolute") and _cued("role", lead[-40:])
    named = _named_before(view, place)
    passive = bool(named) and all(view.entities[ref].role != "proposed" for ref in named)
    if not (record or beside or others_claim(lead, passive=passive)):
        return method if tied else _baseline_subject(view, place) or method, "own"
    if tied or (method and not any(e.name == method and e.role == "proposed" for e in view.entities[:_ENTITIES])):
        return method, "cited"
    others = {view.entities[ref].name for ref in _holder(view, place) or named
              if view.entities[ref].role != "proposed"}
    return others.pop() if len(others) == 1 and not record else None, "cited"


def _holder(view: View, place: Place) -> list[int]:
    """Give the method that a word ties to a number from behind: `80.4% for BarNet`."""
    after = view.items[place.sentence][place.position + 1:place.position + 3]
    return [after[1].ref] if len(after) == 2 and after[0].word in _TIES and after[1].kind == "Method" else []


def _baseline_subject(view: View, place: Place) -> str | None:
    """Give the baseline that alone stands before the verb of a number: `BarNet achieves 85.1%`."""
    before = _before(view, place)
    last = max((at for at, item in enumerate(before) if item.kind == "Method"), default=len(before))
    listed = any(item.word in _LAST for item in before[last - 1:last])
    if listed or not any(_REACHES.fullmatch(item.word) for item in before[last + 1:last + 2]):
        return None
    entity = view.entities[before[last].ref]
    return entity.name if entity.role == "baseline" else None


def _named_before(view: View, place: Place) -> list[int]:
    """Give the methods that stand before a number in its sentence."""
    return [item.ref for item in _before(view, place) if item.kind == "Method"]


def _before(view: View, place: Place) -> Sequence[Item]:
    """Give what stands before a number in its sentence, as far as it is looked for whose it is."""
    return view.items[place.sentence][max(0, place.position - _WORDS):place.position]


def _normalized(number: Number, metric: str | None) -> str | None:
    return normalize(number.values[0], number.unit_class, share=metric is not None and is_share(metric))


def describe(view: View, ref: int, form: str, slots: Mapping[str, str | None], directions: Mapping[str, bool], *,
             rule: str, confidence: float, where: Settings) -> Result:
    """Make the result of a number with its slots' names."""
    number = view.numbers[ref]
    unit = _unit(view, ref)
    single = len(number.values) == 1
    scored = form == "absolute" and single
    metric = slots.get("metric")
    method, role = _whose(view, ref, form, slots.get("method"))
    return Result(
        value=number.text, form=form, start=number.start, end=number.end, rule=rule, confidence=confidence,
        method=method, dataset=slots.get("dataset"), task=slots.get("task"), metric=metric,
        baseline=slots.get("baseline"), split=where.split, setting=where.setting,
        number=plain(number.values[0]) if single else None,
        normalized=_normalized(number, metric) if scored else None, unit=unit,
        relative=_relative(view, ref, form, unit),
        higher_is_better=is_better_higher(metric, directions) if metric else None, role=role)
