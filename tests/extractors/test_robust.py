"""Whatever the text: no crash, offsets that hold, and work that grows as the text does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy as np
import pytest

from extractors import extract
from extractors.candidates import find_candidates
from extractors.decide import merge_forms
from extractors.records import Paper, Record, record_from_json, record_to_json
from extractors.tagger import Tagged
from extractors.text import read_text

SENTENCE = ("We propose QuillNet (QN), a sparse router that outperforms ResNet-50 by 2.3% on the ImageNet dataset. "
            "Code: https://github.com/quill/net. ")


def _holds(record: Record) -> bool:
    """Say whether every offset of a record gives its text, and the record survives JSON."""
    text = record.paper.text
    spans = [(m.start, m.end, m.text) for e in record.entities for m in e.mentions]
    spans += [(r.start, r.end, r.value) for r in record.results]
    return all(text[start:end] == said for start, end, said in spans) and (
        record_from_json(record_to_json(record)) == record)


@pytest.mark.parametrize("abstract", [
    "!?.,;:()[]{}<>/\\|@#$%^&*-_=+~`'\"" * 100,
    "אנחנו מציעים את QuillNet, רשת לסיווג תמונות על ImageNet עם דיוק של 81.2%.",
    "\u202eנקרא הפוך QuillNet\u202c على ImageNet بدقة 81.2%. " * 50,
    "\U0001f600\U0001f469\u200d\U0001f52c QuillNet\ufe0f \U0001f680 reaches 81.2% on ImageNet \U0001f389. " * 50,
    "".join(map(chr, range(32))) * 20 + "We propose QuillNet\x00 on ImageNet\x7f\x1b[31m.",
    "\ud800 lone \udfff surrogates near ImageNet.".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "Q" * 10_000, "QuillNet" * 1250, "-" * 10_000, "Aa1-" * 2500, "9" * 10_000, "9." * 5000, "\u0301" * 10_000,
    "We reach " + "9" * 400 + "% accuracy, 1e999 FLOPs, 0." + "0" * 400 + "1 loss, -0.0%, 1,,2,,3 and ∞ on ImageNet.",
    "accuracy of 99999999999999999999% over 0/0, 1/0, 100-0, 1-1-1-1, NaN, +-3%, 5 ± 7, 10^{9999} on ImageNet",
    "(" * 2000 + "QuillNet" + ")" * 2000, "\\textbf{" * 1000 + "x" + "}" * 1000, "A, B and " * 1000, "\n" * 10_000,
    " ".join(f"Q{n}Net" for n in range(1500)),
    "QuillNet reaches " + ", ".join(f"{n}.5% accuracy on Set{n}" for n in range(500)) + ".",
    "QuillNet reaches an accuracy of 1e400, 1E+400%, -1e-400, 0x1F, NaN%, inf% and Infinity on ImageNet.",
    "يحقق QuillNet دقة ٨١٫٢٪ و٩٥٪ على ImageNet، ۸۱٫۲٪, ८१.२%, ８１．２％, ²³, ①② and Ⅻ accuracy.",
    "((QuillNet) [ImageNet (81.2%] accuracy)) }{ ⟩⟨ “QuillNet” ‘ImageNet’ «81.2%",
    "QN (QuillNet (QN) (QuillNet)) (QN " * 200,
], ids=lambda text: repr(text[:12]))
def test_odd_text(abstract: str) -> None:
    assert _holds(extract(Paper("x", "QuillNet", abstract)))
    assert _holds(extract(Paper("x", abstract[:2000], "")))


@pytest.mark.parametrize(("abstract", "name"), [
    ("Q" * 10_000 + " reaches 81.2% top-1 accuracy on ImageNet.", "ImageNet"),
    ("\x00\x01We evaluate on\x02 the ImageNet dataset.", "ImageNet"),
    ("\U0001f600 We evaluate on the ImageNet dataset \U0001f680.", "ImageNet"),
    ("שלום. We evaluate on the ImageNet dataset. שלום", "ImageNet"),
])
def test_what_stands_beside_odd_text_is_found(abstract: str, name: str) -> None:
    record = extract(Paper("x", "A Study", abstract))
    found = {e.name: e for e in record.entities}
    assert name in found
    assert _holds(record)


@pytest.mark.parametrize(("said", "values"), [
    ("1e400", []), ("٨١٫٢٪", []), ("NaN%", []), ("９９％", []), ("81.2%", ["81.2%"]), ("[[(81.2%", ["81.2%"]),
    ("\u202b81.2%\u202c", ["81.2%"]),
])
def test_only_plain_numbers_are_results(said: str, values: list[str]) -> None:
    record = extract(Paper("x", "QuillNet", f"We propose QuillNet, which reaches {said} accuracy on ImageNet."))
    assert [r.value for r in record.results] == values
    assert _holds(record)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["!?.,;:()[]{}<>/|@#$%^&*-_=+~`'", "٨١٫٢٪ דיוק \U0001f600 ", "\x00\x1b((", "x"])
def test_a_megabyte_of_nothing(piece: str) -> None:
    assert _holds(extract(Paper("x", "QuillNet", piece * (1_000_000 // len(piece)))))


@pytest.mark.slow
def test_a_megabyte() -> None:
    record = extract(Paper("x", "QuillNet", (SENTENCE * (1_000_000 // len(SENTENCE) + 1))[:1_000_000]))
    assert {"QuillNet", "ImageNet", "ResNet-50"} <= {e.name for e in record.entities}
    assert _holds(record)


def _calls(work: Callable[[], object]) -> int:
    """Count the calls that work makes, of Python and of C functions alike: the same on any machine."""
    count = 0

    def see(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def _distinct(number: int) -> str:
    return f"We propose Quill{number}Net, which reaches {number}.5% accuracy on Zorb{number}Set (Z{number}S). "


@pytest.mark.parametrize("make", [
    lambda n: SENTENCE * n, lambda n: "!? " * 30 * n, lambda n: "((" * 40 * n, lambda n: "QuillNet " * 20 * n,
    lambda n: "".join(map(_distinct, range(n))), lambda n: "12.5% " * 20 * n, lambda n: "x" * 100 * n,
    lambda n: "A, B and C; " * 10 * n, lambda n: "\\textbf{x} " * 10 * n, lambda n: "٨١٫٢٪ דיוק QuillNet " * 5 * n,
    lambda n: "\U0001f600\x00\x1b QuillNet " * 5 * n, lambda n: "1e400 NaN ٣٤ " * 5 * n,
    lambda n: "".join(f"Alpha Beta{k} (AB{k}) " for k in range(3 * n)),
    lambda n: "QuillNet reaches " + "".join(f"{k % 90}.5% accuracy on ImageNet, " for k in range(5 * n)),
    lambda n: "Unlike QuillNet, ResNet and BERT, prior work reports that it fails to beat 12.5%, " * n,
    lambda n: "on CIFAR-10/100 we proposeFooNet " * 4 * n, lambda n: "A-1" + "/2" * 40 * n,
], ids=["sentences", "punctuation", "brackets", "one name", "many names", "numbers", "one token", "lists", "latex",
        "right to left", "emoji and control", "odd numbers", "short forms", "numbers in one sentence", "claims",
        "versions and glued words", "one chain"])
def test_twice_the_text_is_twice_the_work(make: Callable[[int], str]) -> None:
    def work(size: int) -> int:
        return _calls(lambda: extract(Paper("x", "T", make(size))))

    work(10)  # loads what is loaded once
    extract(Paper("x", "T", make(120)))  # and meets the words
    assert work(120) < 2.2 * work(60)


def _lines(work: Callable[[], object]) -> int:
    """Count the lines that work runs: sees loops that call nothing."""
    count = 0

    def see(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return see

    before = sys.gettrace()
    sys.settrace(see)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", ["Alpha Beta{n} (AB{n}). ", "Alpha Beta (AB), AB (Alpha Bet{n}). "])
def test_merging_short_and_long_forms_is_linear(piece: str) -> None:
    def work(size: int) -> int:
        text = read_text("T\n" + "".join(piece.format(n=n) for n in range(size)), 1)
        found = find_candidates(text, {})
        assert len(found.pairs) >= size
        return _lines(lambda: merge_forms(text, found))

    work(1)
    assert work(400) < 2.2 * work(200)


def test_a_tag_over_half_a_text_is_no_name() -> None:
    text = read_text("T\n" + "Alpha Beta and " * 100, 1)
    tagged = Tagged(((1, 290, "Method:named", 3.0), (295, 297, "Method:named", 3.0)), np.zeros((0, 0), np.float32))
    assert list(find_candidates(text, {}, tagged).tags) == [(295, 297)]
